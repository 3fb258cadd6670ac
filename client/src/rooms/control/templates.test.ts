import { describe, expect, test } from 'vitest'
import { blank, composed, missing, toggled } from './templates'

describe('an inject being written', () => {
  const voices = { media: { en: 'The media', ja: '報道' } }

  test('says what is still missing', () => {
    expect(missing({ ...blank('en'), to: [], voice: '' }, voices)).toEqual(['to', 'sender', 'title', 'text'])
    expect(missing({ ...blank('en'), title: 'A', text: 'B' }, voices)).toEqual([])
  })

  test('takes a voice’s name in its own language, and a confidence only for intelligence', () => {
    const draft = { ...blank('ja'), title: ' A ', text: ' B ' }
    expect(composed(draft, voices)).toMatchObject({ sender: '報道', title: 'A', text: 'B', confidence: null, to: ['all'] })
    expect(composed({ ...draft, method: 'intelligence' }, voices)).toMatchObject({ confidence: 'moderate' })
  })

  test('goes to all in public, or to those named', () => {
    expect(toggled(['all'], 'tokyo')).toEqual(['tokyo'])
    expect(toggled(['tokyo'], 'seoul')).toEqual(['tokyo', 'seoul'])
    expect(toggled(['tokyo', 'seoul'], 'tokyo')).toEqual(['seoul'])
    expect(toggled(['tokyo'], 'tokyo.leader')).toEqual(['tokyo.leader'])
    expect(toggled(['tokyo.leader'], 'tokyo')).toEqual(['tokyo'])
    expect(toggled(['tokyo'], 'all')).toEqual(['all'])
  })
})
