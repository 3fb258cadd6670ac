import { expect, test } from 'vitest'
import type { TrackSeen, View } from '../../protocol'
import { rem } from './measure'
import { leaves } from './tracks'

function track(id: string, more: Partial<TrackSeen> = {}): TrackSeen {
  return { id, word: { en: 'low' }, value: 30, visible: 'public', min: 0, max: 100, ...more } as TrackSeen
}

const shown = (tracks: readonly TrackSeen[]) =>
  leaves({ tracks, game: { ladder: [{}, {}, {}], ladder_track: 'rungs' } } as unknown as View).map((leaf) => leaf.tracks.map(({ id }) => id))

test('only what is public and has a word stands on the board, the ladder aside', () => {
  const all = [
    track('coord'),
    track('hidden', { visible: 'hidden' }),
    track('own', { visible: 'own' }),
    track('minutes', { word: null }),
    track('rungs', { max: 2 }),
    track('estimate', { value: null }),
  ]
  expect(shown(all)).toEqual([['coord']])
})

test('what belongs together stays together, nine at most', () => {
  const trust = Array.from({ length: 6 }, (_, i) => track(`trust.${i}`))
  const crisis = Array.from({ length: 4 }, (_, i) => track(`nk.${i}`))
  expect(shown([...trust, ...crisis, track('coord')]).map((ids) => ids.length)).toEqual([7, 4])
  expect(shown(Array.from({ length: 11 }, (_, i) => track(`nk.${i}`))).map((ids) => ids.length)).toEqual([9, 2])
})

test('the picture fills the screen; a small one is scrolled', () => {
  expect(rem(1920, 1080)).toBe(16)
  expect(rem(3840, 2160)).toBe(32)
  expect(rem(1280, 1024)).toBeCloseTo(10.67, 2)
  expect(rem(390, 844)).toBeUndefined()
})
