import { describe, expect, test } from 'vitest'
import { line, received } from './sample'
import { improvised, linesOf, readings, releasedAs, type Moment } from './sheet'

const minute = 60_000
const playing: Moment = { phase: 'play', turn: 2, opened: 100 * minute, at: 105 * minute }

function place(seen: ReturnType<typeof line>, moment: Moment = playing): string | undefined {
  return linesOf([seen], moment)[0]?.place
}

describe('the run sheet', () => {
  test('puts what is due within a minute under now, and what has just fired itself is not late yet', () => {
    const due = (at: number) => line('A', { turn: 2, due: at })
    expect(place(due(playing.at + 59_000))).toBe('now')
    expect(place(due(playing.at - 2_000))).toBe('now')
    expect(place(due(playing.at + 61_000))).toBe('next')
    expect(place(due(playing.at - 60_000))).toBe('overdue')
  })

  test('works out when a line to be released by hand was planned, and calls it overdue at once', () => {
    const hand = line('A', { trigger: 'hand', turn: 2, minute: 4 })
    const [found] = linesOf([hand], playing)
    expect(found).toMatchObject({ place: 'overdue', due: 104 * minute })
    expect(place(line('A', { trigger: 'hand', turn: 2, minute: 5 }))).toBe('now')
  })

  test('keeps what was armed and overtaken by the end of its turn before control', () => {
    expect(place(line('A', { trigger: 'conditional', turn: 1, armed: true }))).toBe('overdue')
    expect(place(line('A', { trigger: 'conditional', turn: 1, armed: false }))).toBe('gone')
  })

  test('puts what a process will send out among what comes, and never calls it late for a moment', () => {
    const found = (due: number | null) => place(line('A', { trigger: 'hand', turn: null, due }))
    expect(found(playing.at + 30 * minute)).toBe('next')
    expect(found(playing.at - 2_000)).toBe('now')
    expect(found(null)).toBe('hand')
  })

  test('keeps apart what is in the hand, on a condition, and on hold', () => {
    expect(place(line('A', { trigger: 'hand', turn: null }))).toBe('hand')
    expect(place(line('A', { trigger: 'request', turn: null }))).toBe('hand')
    expect(place(line('A', { sensitive: true, off: true }))).toBe('hold')
    expect(place(line('A', { trigger: 'chained', turn: null, links: [{ inject: 'B', answered: false, made: false }] }))).toBe('if')
    expect(place(line('A', { trigger: 'conditional', turn: 3, armed: null }))).toBe('if')
    expect(place(line('A', { trigger: 'conditional', turn: 2, armed: false }))).toBe('if')
    expect(place(line('A', { trigger: 'conditional', turn: 2, armed: true, due: playing.at + 3 * minute }))).toBe('next')
    expect(place(line('A', { status: 'held', turn: 2, due: 0 }))).toBe('hold')
  })

  test('puts a condition of a turn after the next one among what comes later, and of a past one among what was not used', () => {
    expect(place(line('A', { trigger: 'conditional', turn: 4 }))).toBe('later')
    expect(place(line('A', { trigger: 'conditional', turn: 1, armed: false }))).toBe('gone')
  })

  test('calls overdue what a turn was closed before, and nothing once the game is over', () => {
    const missed = line('A', { turn: 2, minute: 15 })
    expect(place(missed, { ...playing, phase: 'adjudication' })).toBe('overdue')
    expect(place(missed, { ...playing, phase: 'ended' })).toBe('gone')
  })

  test('shows the next three and leaves the rest for later, in order of time', () => {
    const sheet = [line('D', { turn: 4 }), line('C', { turn: 3, minute: 1 }), line('B', { turn: 3 }), line('A', { turn: 2, due: 110 * minute, minute: 10 })]
    expect(linesOf(sheet, playing).map(({ seen, place }) => [seen.inject, place])).toEqual([
      ['A', 'next'],
      ['B', 'next'],
      ['C', 'next'],
      ['D', 'later'],
    ])
  })

  test('has the first turn ahead of it before the start', () => {
    expect(place(line('A', { turn: 1 }), { phase: 'lobby', turn: 0, opened: 0, at: 0 })).toBe('next')
  })

  test('lists what was released newest first', () => {
    const sheet = ['A', 'B'].map((name) => line(name, { status: 'released' }))
    expect(linesOf(sheet, playing).map(({ seen }) => seen.inject)).toEqual(['B', 'A'])
  })
})

describe('reading', () => {
  test('is told for each capital that was addressed, by its seats', () => {
    const mark = { read: false, recalled: null, readers: ['tokyo.leader', 'seoul.foreign'], owed: {} }
    expect(readings(['all'], mark)).toEqual([
      { to: 'washington', readers: [] },
      { to: 'tokyo', readers: ['tokyo.leader'] },
      { to: 'seoul', readers: ['seoul.foreign'] },
    ])
    expect(readings(['tokyo.leader'], undefined)).toEqual([{ to: 'tokyo.leader', readers: [] }])
  })

  test('finds the latest release of an inject, and what was written on the spot', () => {
    const inbox = [received('i1', { inject: 'A' }), received('i2'), received('i3', { inject: 'A' }), received('i4')]
    expect(releasedAs('A', inbox)?.id).toBe('i3')
    expect(improvised(inbox).map(({ id }) => id)).toEqual(['i4', 'i2'])
  })
})
