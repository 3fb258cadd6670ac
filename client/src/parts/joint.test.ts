import { expect, test } from 'vitest'
import { jointText } from './joint'

const standard = { en: 'We share what we see.', ja: '見たものを共有する。' }

test('the standard text of a joint action is in every language, in whichever it was proposed', () => {
  expect(jointText('見たものを共有する。\n', standard)).toBe(standard)
})

test('a text of one’s own stays as it was written', () => {
  expect(jointText('We share some of it.', standard)).toBe('We share some of it.')
  expect(jointText('We share some of it.', null)).toBe('We share some of it.')
})
