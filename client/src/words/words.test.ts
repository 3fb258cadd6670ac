import { expect, test } from 'vitest'
import en from './en'
import ja from './ja'
import ko from './ko'
import { fill, plain, preferred, say, t, words } from './words.svelte'

test('a phrase in the language that was chosen', async () => {
  expect(t('time.turn', { n: 3 })).toBe('Turn 3')
  await words.choose('ja')
  expect(t('time.turn', { n: 3 })).toBe('第3ターン')
  expect(document.documentElement.lang).toBe('ja')
  expect(preferred()).toBe('ja')
})

test('plurals follow the language', () => {
  const phrase = '{n, plural, one[# order] other[# orders]} for {who}'
  expect(fill(phrase, 'en', { n: 1, who: 'Tokyo' })).toBe('1 order for Tokyo')
  expect(fill(phrase, 'en', { n: 1200, who: 'Tokyo' })).toBe('1,200 orders for Tokyo')
})

test('quotation marks are not doubled', () => {
  expect(fill('“{words}”', 'en', { words: '“Wait.”' })).toBe('“Wait.”')
  expect(fill('“{words}”', 'en', { words: 'They say “wait”' })).toBe('“They say ‘wait’”')
  expect(fill('「{words}」', 'ja', { words: '「待て」と言う' })).toBe('「『待て』と言う」')
  expect(fill('{words}', 'en', { words: '“Wait.”' })).toBe('“Wait.”')
})

test('values are not read as phrases', () => {
  expect(fill('{who}', 'en', { who: '{n}$&' })).toBe('{n}$&')
})

test('every language has every phrase, with the same slots', () => {
  const slots = (phrase: string) => [...new Set([...phrase.matchAll(/\{(\w+)/g)].map((m) => m[1]))].sort()
  for (const other of [ja, ko]) {
    expect(Object.keys(other).sort()).toEqual(Object.keys(en).sort())
    for (const [key, phrase] of Object.entries(en))
      expect([key, slots(other[key as keyof typeof en])]).toEqual([key, slots(phrase)])
  }
})

test('a text is said in the reader’s language, else in English, else as it is', async () => {
  await words.choose('ko')
  expect(say({ en: 'Warning', ko: '경보' })).toEqual({ words: '경보', language: 'ko' })
  expect(say({ en: 'Warning', ja: '警報' })).toEqual({ words: 'Warning', language: 'en' })
  expect(say({ ja: '警報' })).toEqual({ words: '警報', language: 'ja' })
  expect(plain('as typed')).toBe('as typed')
  expect(plain({})).toBe('')
})
