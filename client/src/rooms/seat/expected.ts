import type { CommandType, DecisionSeen, ProposalSeen, View } from '../../protocol'
import type { Place } from './place'

/** What is expected of a seat now. `waiting`: others wait for it. */
export interface Expected {
  readonly what:
    | 'stop'
    | 'lobby'
    | 'observe'
    | 'flash'
    | 'decide'
    | 'decided'
    | 'advise.decision'
    | 'stand'
    | 'advise.stand'
    | 'read'
    | 'late'
    | 'orders'
    | 'advise'
    | 'done'
    | 'ready'
    | 'adjudication'
    | 'results'
    | 'readout'
    | 'ended'
  readonly waiting: boolean
  readonly place?: Place
  readonly decision?: DecisionSeen
  readonly proposal?: ProposalSeen
}

/** What the view alone does not tell. */
export interface Counts {
  /** Injects not opened, and whether one of them is a flash. */
  readonly unopened: number
  readonly flash: boolean
  /** Results not looked at yet. */
  readonly results: number
  /** Whether the turn's time is up. */
  readonly over: boolean
  /** Whether anything can be sent at all. */
  readonly live: boolean
}

/** The one thing to do next, the most pressing first. */
export function expected(view: View, counts: Counts): Expected {
  const { phase } = view.now
  if (view.now.banner !== null) return { what: 'stop', waiting: false }
  if (phase === 'ended') return { what: 'ended', waiting: false, place: { kind: 'end' } }
  if (phase === 'lobby') return { what: 'lobby', waiting: false, place: { kind: 'brief' } }
  if (view.me.team === 'observer' || view.budget === null) return { what: 'observe', waiting: false }
  if (phase === 'readout') {
    const unseen = counts.results > 0
    return { what: unseen ? 'results' : 'readout', waiting: unseen && counts.live, place: { kind: 'results' } }
  }
  if (phase === 'adjudication') return { what: 'adjudication', waiting: false }
  return playing(view, counts)
}

function playing(view: View, counts: Counts): Expected {
  const may = (type: CommandType) => counts.live && view.can.includes(type)
  if (counts.over) return { what: 'late', waiting: false }
  if (counts.flash) return { what: 'flash', waiting: counts.live, place: { kind: 'inbox' } }

  const decision = ours(view)
  if (decision && decision.chosen === null)
    return may('Choose')
      ? { what: 'decide', waiting: true, place: { kind: 'orders' }, decision }
      : { what: 'advise.decision', waiting: false, place: { kind: 'orders' }, decision }

  const proposal = unanswered(view)[0]
  if (proposal)
    return may('ConsentJoint')
      ? { what: 'stand', waiting: true, place: { kind: 'table' }, proposal }
      : { what: 'advise.stand', waiting: false, place: { kind: 'table' }, proposal }

  if (counts.unopened > 0) return { what: 'read', waiting: counts.live, place: { kind: 'inbox' } }
  if (decision) return { what: 'decided', waiting: false, place: { kind: 'orders' }, decision }
  if (view.budget?.ready) return { what: 'ready', waiting: false }
  if ((view.budget?.orders_left ?? 0) <= 0) return { what: 'done', waiting: false, place: { kind: 'orders' } }
  return { what: may('CommitOrder') ? 'orders' : 'advise', waiting: false, place: { kind: 'orders' } }
}

/** The decision that this seat's capital has in this turn. */
export function ours(view: View): DecisionSeen | undefined {
  return view.decisions.find(({ team }) => team === view.me.eyes)
}

/** The open proposals to which this seat's capital has not answered. */
export function unanswered(view: View): ProposalSeen[] {
  return view.table.filter(
    (proposal) =>
      proposal.status === 'open' &&
      Object.entries(proposal.stands).some(([team, { stand }]) => team === view.me.team && stand === 'open'),
  )
}
