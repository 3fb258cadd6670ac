import { expect, test } from 'vitest'
import { game, track } from '../review/fixture'
import { commandOf, needs } from '../parallel/room'
import { compareAddress, roomsIn } from '../lines/address'
import { placesOn, sideBySide, stepPath, trackSteps, turnStarts } from './compare'
import type { View } from '../../protocol'

const minute = 60_000
const clock = (elapsed: number, opened: number) => ({ running: false, why: '', elapsed: elapsed * minute, since: null, rate: 1000, opened: opened * minute, deadline: (opened + 10) * minute, automatic: false })
const rest = { plan: [], sheet: [], finish: null }

function played(end: number, second: object = {}) {
  return game(
    { view: { ...rest, clock: clock(0, 0) } },
    { view: { clock: clock(5, 0), tracks: [track('coord', 50)] } },
    { view: { clock: clock(14, 12), tracks: [track('coord', end)] }, turn: 2, ...second },
  )
}

test('rooms that were slower stand at the same place by turn, and not by time', () => {
  const entries = played(60)
  expect(placesOn('turn', entries)).toEqual([0, 0.5, 1.2])
  expect(placesOn('time', entries)).toEqual([0, 5, 14])
  expect(turnStarts(entries, placesOn('time', entries))).toEqual([
    { turn: 1, place: 0 },
    { turn: 2, place: 14 },
  ])
})

test('a track is its steps along the axis', () => {
  const entries = played(60)
  const steps = trackSteps(entries, placesOn('turn', entries)).get('coord') ?? []
  expect(steps).toEqual([
    { place: 0, value: 40 },
    { place: 0.5, value: 50 },
    { place: 1.2, value: 60 },
  ])
  expect(stepPath(steps, 2, (n) => n * 10, (n) => n)).toBe('M0 40H5V50H12V60H20')
})

test('what went otherwise is told from what went alike', () => {
  const call = { item: 'US-01', kind: 'action', teams: ['washington'], name: { en: 'Call' }, option: null, turn: 1 } as const
  const one = played(60, { results: [{ ...call, grade: 'ok' as const }] })
  const two = played(60, { results: [{ ...call, grade: 'ok' as const }, { ...call, grade: 'bad' as const }] })
  const rows = sideBySide([one, two])
  expect(rows.map(({ kind, facts, differs }) => [kind, facts.map((fact) => fact?.grade), differs])).toEqual([
    ['order', ['ok', 'ok'], false],
    ['order', [undefined, 'bad'], true],
  ])
})

test('a clause that was agreed stands among the clauses alone, with the turn it was agreed in', () => {
  const words = { id: 'call', name: { en: 'Who answers' }, options: [{ id: 'fleet', name: { en: 'The fleet' } }] }
  const clause = (agreed: string | null) => ({ ...rest, clock: clock(14, 12), plan: [{ ...words, agreed }] })
  const agreed = { item: 'call', kind: 'joint', teams: ['washington'], name: words.name, option: { en: 'The fleet' }, turn: 0, grade: null } as const
  const one = played(60, { view: clause('fleet'), results: [agreed] })
  const two = played(60, { view: clause(null) })
  expect(sideBySide([one, two]).map(({ kind, facts }) => [kind, ...facts])).toEqual([
    ['clause', { turn: 0, text: { en: 'The fleet' } }, { status: 'open' }],
  ])
})

test('an address names rooms and lines', () => {
  const rooms = [{ game: 'g1', line: 'l2' }, { game: 'g3', line: undefined }]
  expect(roomsIn(compareAddress(rooms).replace('/compare', ''))).toEqual(rooms)
})

const room = (more: object): View =>
  ({ now: { phase: 'play', banner: null, away: null }, clock: { ...clock(2, 0), running: true, since: 0 }, can: ['PauseClock', 'EndTurn'], requests: [], desk: [], me: { team: 'control' }, roster: { seats: [] }, health: [{ ready: true }], ...more }) as unknown as View

test('what needs no thought is accepted in all rooms, and what does is left to each', () => {
  const judging = (...thought: boolean[]) =>
    room({ now: { phase: 'adjudication', banner: null, away: null }, can: ['AcceptResults', 'ReleaseResults'], desk: thought.map((each) => ({ settled: false, thought: each })) })
  expect(commandOf('accept', judging(true, false), 5)).toEqual({ type: 'AcceptResults', subjects: null })
  expect(commandOf('accept', judging(true), 5)).toBeUndefined()
  expect(commandOf('results', judging(false), 5)).toBeUndefined()
})

test('a stroke reaches the rooms that take it now', () => {
  expect(commandOf('pause', room({}), 1)).toEqual({ type: 'PauseClock', why: '' })
  expect(commandOf('resume', room({}), 1)).toBeUndefined()
  expect(commandOf('start', room({}), 1)).toBeUndefined()
  expect(commandOf('end', room({ now: { phase: 'play', banner: 'Fire' } }), 1)).toBeUndefined()
})

test('results are released in one stroke only where each has been judged', () => {
  const at = (...settled: boolean[]) => room({ can: ['ReleaseResults'], desk: settled.map((each) => ({ settled: each })) })
  expect(commandOf('results', at(true, true), 1)).toEqual({ type: 'ReleaseResults' })
  expect(commandOf('results', at(), 1)).toEqual({ type: 'ReleaseResults' })
  expect(commandOf('results', at(true, false), 1)).toBeUndefined()
  expect(commandOf('open', room({ can: ['OpenTurn'] }), 1)).toEqual({ type: 'OpenTurn' })
})

test('what needs control is told, worst first', () => {
  const view = room({ requests: [{ seat: 'tokyo.leader', answer: null }, { seat: 'tokyo.leader', answer: 'Yes' }] })
  expect(needs(view, 0)).toEqual([
    { need: 'asked', n: 1 },
    { need: 'ready', n: 1 },
  ])
  expect(needs(view, 20 * minute).map(({ need }) => need)).toContain('late')
})
