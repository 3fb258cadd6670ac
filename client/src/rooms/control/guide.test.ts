import { describe, expect, test } from 'vitest'
import type { View } from '../../protocol'
import { nextStep } from './guide'
import { health, line, proposal, result, view } from './sample'
import { linesOf, momentOf } from './sheet'

const minute = 60_000

function step(some: Partial<View> = {}, { now = minute, online = [] as readonly string[] } = {}) {
  const seen = view(some)
  return nextStep({ view: seen, online, lines: linesOf(seen.sheet, momentOf(seen, now)), now })
}

const phase = (phase: View['now']['phase'], more: Partial<View['now']> = {}): Partial<View> => ({
  now: { ...view().now, phase, ...more },
})
const allReady = (['washington', 'tokyo', 'seoul'] as const).map((team) => health(team, { ready: true }))

describe('the guide', () => {
  test('puts a real emergency before everything', () => {
    expect(step(phase('play', { banner: '' }))).toMatchObject({ say: 'emergency', act: 'clear' })
  })

  test('counts arrivals before the start and names capitals without anybody', () => {
    expect(step(phase('lobby'), { online: ['tokyo.leader', 'control.lead'] })).toMatchObject({
      say: 'arrive',
      here: 1,
      seats: 4,
      without: ['washington', 'seoul'],
    })
  })

  test('tells before the start for which capital nobody could decide, unless a bot covers it', () => {
    const gaps = (online: readonly string[], some: Partial<View> = {}) => {
      const next = step({ ...phase('lobby'), ...some }, { online })
      return next.say === 'arrive' ? next.undecided.map(({ team, present }) => [team, present.map(({ seat }) => seat)]) : undefined
    }
    const leaders = ['washington.leader', 'seoul.leader']
    expect(gaps([...leaders, 'tokyo.foreign'])).toEqual([['tokyo', ['tokyo.foreign']]])
    expect(gaps([...leaders, 'tokyo.leader'])).toEqual([])
    const { seats } = view().roster
    const roster = { seats: seats.map((seat) => (seat.seat === 'tokyo.foreign' ? { ...seat, person: 'b' } : seat)), people: { b: 'Bot (Tokyo)' } }
    expect(gaps([...leaders, 'tokyo.foreign'], { roster })).toEqual([])
  })

  test('resumes a clock that stands still, and says so when the server was away', () => {
    const still = { ...view().clock, running: false, since: null }
    expect(step({ clock: still })).toMatchObject({ say: 'paused', act: 'resume' })
    expect(step({ clock: still, ...phase('play', { away: { since: 0, ms: 5000 } }) })).toMatchObject({ say: 'away', ms: 5000 })
  })

  test('does not wait for an answer to a request to decide that has been granted', () => {
    const plea = { id: 'q', seat: 'tokyo.foreign', question: '決定権をForeign ministerにお移しください。', at: 0, answer: null, to_all: false, inject: null }
    const decides = (authority: string) => [health('washington'), health('tokyo', { authority }), health('seoul')]
    expect(step({ requests: [plea], health: decides('tokyo.leader') })).toMatchObject({ say: 'asked', n: 1 })
    expect(step({ requests: [plea], health: decides('tokyo.foreign') })).toMatchObject({ say: 'playing' })
    expect(step({ requests: [{ ...plea, question: 'May we?' }], health: decides('tokyo.foreign') })).toMatchObject({ say: 'asked' })
  })

  test('does not call the turn over for a capital that is paused, or has back the time that it was', () => {
    const late = { now: 21 * minute }
    const others = [health('washington'), health('seoul')]
    expect(step({ health: [...others, health('tokyo', { held: true })] }, late)).toMatchObject({ say: 'grace', teams: ['tokyo'], held: true })
    expect(step({ health: [...others, health('tokyo', { due: 25 * minute })] }, late)).toMatchObject({ say: 'grace', teams: ['tokyo'], held: false })
    expect(step({ health: [...others, health('tokyo', { due: 25 * minute, ready: true })] }, late)).toMatchObject({ say: 'expired' })
    expect(step({ health: [...others, health('tokyo', { due: 25 * minute })] }, { now: 26 * minute })).toMatchObject({ say: 'expired' })
  })

  test('brings up an overdue inject first, then the deadline, then requests, then readiness', () => {
    const requests = [{ id: 'q', seat: 'tokyo.leader', question: '?', at: 0, answer: null, to_all: false, inject: null }]
    const sheet = [line('M', { trigger: 'hand', turn: 1, minute: 1 })]
    const late = { now: 21 * minute }
    expect(step({ sheet, requests, health: allReady }, late)).toMatchObject({ say: 'overdue', act: 'release' })
    expect(step({ requests, health: allReady }, late)).toMatchObject({ say: 'expired', act: 'endTurn' })
    expect(step({ requests, health: allReady })).toMatchObject({ say: 'asked', act: 'answer', n: 1 })
    expect(step({ health: allReady })).toMatchObject({ say: 'ready', act: 'endTurn' })
  })

  test('does not advise ending the turn while a proposal is open or an inject is close', () => {
    const sheet = [line('M', { turn: 1, minute: 3, due: 3 * minute })]
    expect(step({ sheet, health: allReady })).toMatchObject({ say: 'almost', act: undefined, next: { seen: { inject: 'M' } } })
    expect(step({ table: [proposal('p', { status: 'open' })], health: allReady })).toMatchObject({ say: 'almost', open: 1, next: undefined })
    const later = [line('M', { turn: 1, minute: 9, due: 9 * minute })]
    expect(step({ sheet: later, table: [proposal('p', { status: 'agreed' })], health: allReady })).toMatchObject({ say: 'ready' })
  })

  test('asks for nothing while capitals are at work, and says what comes next', () => {
    const sheet = [line('M', { turn: 1, minute: 4, due: 4 * minute })]
    expect(step({ sheet, health: [health('washington', { ready: true }), health('tokyo')] })).toMatchObject({
      say: 'playing',
      act: undefined,
      busy: ['tokyo'],
      next: { seen: { inject: 'M' } },
    })
  })

  test('names the capitals whose response is overdue, and nobody before it is', () => {
    const asked = { due: 5 * minute, at: null, text: '', seat: null }
    const owed = { tokyo: asked, seoul: { ...asked, at: 4 * minute, text: 'We did.', seat: 'seoul.leader' } }
    const inject_marks = { i: { read: false, recalled: null, readers: [], owed } }
    expect(step({ inject_marks }, { now: 4 * minute })).toMatchObject({ say: 'playing', owing: [] })
    expect(step({ inject_marks }, { now: 6 * minute })).toMatchObject({ say: 'playing', owing: ['tokyo'] })
  })

  test('takes the desk in three strokes: accept, judge, release', () => {
    const easy = result('a')
    const hard = result('b', { thought: true })
    const done = (each: typeof easy) => ({ ...each, settled: true })
    expect(step({ ...phase('adjudication'), desk: [hard, easy] })).toMatchObject({ say: 'easy', n: 1, hard: 1 })
    expect(step({ ...phase('adjudication'), desk: [hard, done(easy)] })).toMatchObject({ say: 'judge', result: { subject: 'b' } })
    expect(step({ ...phase('adjudication'), desk: [done(hard), done(easy)], forecast: { moves: [], end: 'war', name: { en: 'War' } } })).toMatchObject({
      say: 'settled',
      act: 'releaseResults',
      end: { en: 'War' },
    })
  })

  test('opens the next turn, or ends the game after the last', () => {
    expect(step(phase('readout'))).toMatchObject({ say: 'readout', turn: 2 })
    expect(step(phase('readout', { turn: 2 }))).toMatchObject({ say: 'last', act: 'endGame' })
    expect(step(phase('ended'))).toMatchObject({ act: 'openReview' })
    expect(step(phase('ended', { review: true }))).toMatchObject({ act: 'review' })
  })
})
