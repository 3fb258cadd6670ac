import { expect, test } from 'vitest'
import { keep, kept } from './drafts'

test('what was begun is there after a reload, and nothing of it once it is sent', () => {
  keep('g:tokyo.leader', { note: 'We think', order: ' ' })
  expect(kept('g:tokyo.leader')).toEqual({ note: 'We think' })
  expect(kept('g:seoul.leader')).toEqual({})
  keep('g:tokyo.leader', { note: '' })
  expect(kept('g:tokyo.leader')).toEqual({})
})
