import { expect, test } from 'vitest'
import type { TrackSeen, View } from '../protocol'
import { words } from '../words/words.svelte'
import { ladderTrack, standing } from './track'

const game = { ladder: [{ en: 'Calm' }, { en: 'Launch', ja: '発射' }], ladder_track: 'rungs' }
const nothing = { id: 'minutes', word: null, unit: null, value: null, low: null, high: null }

test('a track’s own word comes before its figures', () => {
  expect(standing({ ...nothing, word: { en: 'strained' }, value: 34 }, game)).toMatchObject({ word: { en: 'strained' }, value: 34, told: false })
})

test('without a word of its own it is figures with their unit, or a rung of the ladder', async () => {
  const word = (more: Partial<TrackSeen>) => standing({ ...nothing, ...more }, game).word
  expect(word({ value: 8, unit: { en: 'turns' } })).toBe('8 turns')
  expect(word({ value: 1, unit: { en: 'turns' } })).toBe('1 turn')
  expect(word({ value: 1, unit: { en: 'percent' } })).toBe('1 percent')
  expect(word({ low: 6, high: 9, unit: { en: 'turns' } })).toBe('6–9 turns')
  expect(word({ id: 'rungs', value: 1 })).toBe('1 Launch')
  expect(word({ value: 8 })).toBe('8')
  expect(word({})).toBeUndefined()
  await words.choose('ja')
  expect(word({ id: 'rungs', value: 1 })).toBe('1 発射')
  expect(word({ value: 1, unit: { en: 'turns', ja: '分' } })).toBe('1 分')
})

test('the ladder’s track is the one that the scenario names', () => {
  const tracks = [{ id: 'coord' }, { id: 'rungs' }] as TrackSeen[]
  const view = (ladder_track: string | null) => ({ game: { ladder_track }, tracks }) as unknown as View
  expect(ladderTrack(view('rungs'))?.id).toBe('rungs')
  expect(ladderTrack(view('hidden'))).toBeUndefined()
  expect(ladderTrack(view(null))).toBeUndefined()
})
