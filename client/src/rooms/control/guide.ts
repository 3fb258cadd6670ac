import type { CommandType, DeskSeen, RequestSeen, Text, View } from '../../protocol'
import { left } from '../../game/clock'
import { pending } from '../../parts/requests'
import { momentOf, overdue, type Line } from './sheet'
import { covered, undecided, type Undecided } from './undecided'

/** The one thing to do next: which sentence says it, with what in it, and what the button does. */
export type Step =
  | { readonly say: 'emergency'; readonly act: 'clear' }
  | { readonly say: 'arrive'; readonly act: 'start'; readonly here: number; readonly seats: number; readonly without: readonly string[]; readonly undecided: readonly Undecided[] }
  | { readonly say: 'away'; readonly act: 'resume'; readonly ms: number }
  | { readonly say: 'paused'; readonly act: 'resume' }
  | { readonly say: 'overdue'; readonly act: 'release'; readonly line: Line }
  | { readonly say: 'asked'; readonly act: 'answer'; readonly request: RequestSeen; readonly n: number }
  | { readonly say: 'ready'; readonly act: 'endTurn' }
  | { readonly say: 'almost'; readonly act: undefined; readonly open: number; readonly next: Line | undefined }
  | { readonly say: 'expired'; readonly act: 'endTurn' }
  | { readonly say: 'grace'; readonly act: undefined; readonly teams: readonly string[]; readonly held: boolean }
  | { readonly say: 'playing'; readonly act: undefined; readonly busy: readonly string[]; readonly owing: readonly string[]; readonly next: Line | undefined }
  | { readonly say: 'easy'; readonly act: 'accept'; readonly n: number; readonly hard: number }
  | { readonly say: 'judge'; readonly act: 'judge'; readonly result: DeskSeen; readonly n: number }
  | { readonly say: 'settled'; readonly act: 'releaseResults'; readonly n: number; readonly end: Text | null }
  | { readonly say: 'readout'; readonly act: 'openTurn'; readonly turn: number }
  | { readonly say: 'last'; readonly act: 'endGame' }
  | { readonly say: 'ended'; readonly act: 'openReview' }
  | { readonly say: 'review'; readonly act: 'review' }

/** What a step's button does. */
export type Act = NonNullable<Step['act']>

/** The command that each act ends in, so that a seat without the right is not offered it. */
export const needed: Partial<Record<Act, CommandType>> = {
  clear: 'ClearEmergency',
  start: 'StartGame',
  resume: 'ResumeClock',
  release: 'ReleaseInject',
  answer: 'AnswerRequest',
  endTurn: 'EndTurn',
  accept: 'AcceptResults',
  judge: 'AmendResult',
  releaseResults: 'ReleaseResults',
  openTurn: 'OpenTurn',
  endGame: 'EndGame',
  openReview: 'OpenReview',
}

interface Known {
  readonly view: View
  readonly online: readonly string[]
  readonly lines: readonly Line[]
  readonly now: number
}

/** An inject that is due this soon, in exercise ms, is worth waiting for. */
const soon = 2 * 60_000

/** What the facilitator does next. */
export function nextStep({ view, online, lines, now }: Known): Step {
  if (view.now.banner !== null) return { say: 'emergency', act: 'clear' }
  switch (view.now.phase) {
    case 'lobby':
      return arriving(view, online)
    case 'play':
      return playing(view, lines, now)
    case 'adjudication':
      return judging(view)
    case 'readout':
      return view.now.turn >= view.game.turns
        ? { say: 'last', act: 'endGame' }
        : { say: 'readout', act: 'openTurn', turn: view.now.turn + 1 }
    case 'ended':
      return view.now.review ? { say: 'review', act: 'review' } : { say: 'ended', act: 'openReview' }
  }
}

function arriving(view: View, online: readonly string[]): Step {
  const seats = view.roster.seats.filter((seat) => view.health.some(({ team }) => team === seat.team))
  const here = seats.filter((seat) => online.includes(seat.seat))
  const without = view.health.map(({ team }) => team).filter((team) => !here.some((seat) => seat.team === team))
  const gaps = undecided(view, online).filter(({ team }) => !covered(team, view.roster, online))
  return { say: 'arrive', act: 'start', here: here.length, seats: seats.length, without, undecided: gaps }
}

function playing(view: View, lines: readonly Line[], now: number): Step {
  if (view.now.away) return { say: 'away', act: 'resume', ms: view.now.away.ms }
  if (!view.clock.running) return { say: 'paused', act: 'resume' }
  const late = lines.find((line) => line.place === 'overdue')
  if (late) return { say: 'overdue', act: 'release', line: late }
  if (left(view.clock, view.clock.deadline, now) <= 0) return expired(view, now)
  const asked = pending(view)
  if (asked[0]) return { say: 'asked', act: 'answer', request: asked[0], n: asked.length }
  const { at } = momentOf(view, now)
  const owing = new Set(Object.values(view.inject_marks).flatMap((mark) => overdue(mark, at)))
  const busy = view.health.filter((each) => !each.ready).map(({ team }) => team)
  const next = lines.find((line) => line.due !== null && (line.place === 'now' || line.place === 'next'))
  if (busy.length === 0) {
    const close = next?.due != null && next.due - at <= soon ? next : undefined
    const open = view.table.filter((proposal) => proposal.status === 'open').length
    return open > 0 || close ? { say: 'almost', act: undefined, open, next: close } : { say: 'ready', act: 'endTurn' }
  }
  return { say: 'playing', act: undefined, busy, owing: [...owing], next }
}

/** The turn is due: its end, unless a capital is paused or has back the time that it was. */
function expired(view: View, now: number): Step {
  const held = view.health.filter((each) => each.held)
  const back = view.health.filter((each) => !each.ready && left(view.clock, each.due, now) > 0)
  const waits = held.length > 0 ? held : back
  if (waits.length === 0) return { say: 'expired', act: 'endTurn' }
  return { say: 'grace', act: undefined, teams: waits.map(({ team }) => team), held: held.length > 0 }
}

function judging(view: View): Step {
  const open = view.desk.filter((result) => !result.settled)
  const hard = open.filter((result) => result.thought)
  const easy = open.length - hard.length
  if (easy > 0) return { say: 'easy', act: 'accept', n: easy, hard: hard.length }
  if (hard[0]) return { say: 'judge', act: 'judge', result: hard[0], n: hard.length }
  return { say: 'settled', act: 'releaseResults', n: view.desk.length, end: view.forecast?.name ?? null }
}
