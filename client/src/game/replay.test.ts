import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ReviewLine } from '../protocol'
import { Replay } from './replay.svelte'

function line(seq: number): ReviewLine {
  const frame = {
    view: { now: { turn: seq } },
    feeds: { inbox: { from: seq - 1, items: [`item ${seq}`] } },
  }
  return { seq, at: seq * 1000, turn: 1, phase: 'play', type: 'Tick', seat: '', frame: frame as never }
}

const lines = Array.from({ length: 300 }, (_, i) => line(i + 1))

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('going to an entry by any way shows the same', () => {
  const replay = new Replay()
  replay.take(lines)
  for (const place of [0, 299, 150, 64, 63, 128, 5]) {
    replay.goTo(place)
    expect(replay.view?.now.turn).toBe(place + 1)
    expect(replay.feeds.inbox?.items).toHaveLength(place + 1)
    expect(replay.now()).toBe((place + 1) * 1000)
  }
})

test('other eyes keep the place', () => {
  const replay = new Replay()
  replay.take(lines)
  replay.goTo(149)
  replay.take(lines.filter((each) => each.seq % 2 === 0))
  expect(replay.line?.seq).toBe(150)
})

test('plays at its speed and stops at the end', () => {
  const replay = new Replay()
  replay.take(lines)
  replay.goTo(290)
  replay.speed = 4
  replay.play()
  vi.advanceTimersByTime(1000)
  expect(replay.place).toBe(294)
  vi.advanceTimersByTime(10_000)
  expect(replay.place).toBe(299)
  expect(replay.playing).toBe(false)
})

test('a long silence is not sat through', () => {
  const replay = new Replay()
  replay.take([line(1), { ...line(2), at: 90_000_000 }])
  replay.play()
  vi.advanceTimersByTime(4000)
  expect(replay.place).toBe(1)
})

test('an empty game has nothing to show and nothing to play', () => {
  const replay = new Replay()
  replay.take([])
  replay.play()
  expect(replay.view).toBeUndefined()
  expect(replay.playing).toBe(false)
})
