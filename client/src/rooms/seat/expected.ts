import type { ArgumentSeen, CommandType, DecisionSeen, ProposalSeen, View } from '../../protocol'
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
    | 'respond'
    | 'vote'
    | 'hear'
    | 'read'
    | 'plan'
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
  /** The inject to which a response is owed, or the case on which one is asked or heard. */
  readonly subject?: string
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

/** The one thing to do next: what others wait for, the most pressing first, or else what there is to do. */
export function expected(view: View, counts: Counts): Expected {
  return waits(view, counts)[0] ?? meanwhile(view, counts)
}

/** Everything that waits on this seat, the most pressing first. */
export function waits(view: View, counts: Counts): Expected[] {
  const { phase, banner } = view.now
  if (!counts.live || banner !== null || phase === 'ended' || bystands(view)) return []
  const may = (type: CommandType) => view.can.includes(type)
  const inbox = { kind: 'inbox' } as const
  const read: Expected[] = counts.unopened > 0 ? [{ what: 'read', waiting: true, place: inbox }] : []
  const owed = (may('AnswerInject') ? owing(view) : []).map((subject) => ({ what: 'respond', waiting: true, place: inbox, subject }) as const)
  if (phase === 'adjudication') return [...polled(view), ...owed, ...read]
  if (phase === 'readout' && counts.results > 0) return [{ what: 'results', waiting: true, place: { kind: 'results' } }, ...owed, ...read]
  if (phase !== 'play') return [...owed, ...read]
  // That time is up is said first, whatever is left.
  if (counts.over) return []
  const decision = ours(view)
  const decides = decision?.chosen === null && may('Choose')
  return [
    ...(counts.flash ? [{ what: 'flash', waiting: true, place: inbox } as const] : []),
    ...(decides ? [{ what: 'decide', waiting: true, place: { kind: 'orders' }, decision } as const] : []),
    ...(may('ConsentJoint') ? unanswered(view) : []).map(
      (proposal) => ({ what: 'stand', waiting: true, place: { kind: 'table' }, proposal }) as const,
    ),
    ...owed,
    // A flash is read first, and then the rest with it.
    ...(counts.flash ? [] : read),
  ]
}

/** What tells one thing that waits from another. */
export function nameOf({ what, decision, proposal, subject }: Expected): string {
  return [what, decision?.id, subject, proposal && `${proposal.id}/${proposal.version}`].filter(Boolean).join('/')
}

/** The injects that this seat's capital has read and still owes a response to, the soonest due first. */
function owing(view: View): string[] {
  const { team } = view.me
  return Object.entries(view.inject_marks)
    .filter(([, { read, recalled }]) => read && recalled === null)
    .flatMap(([id, { owed }]) => Object.entries(owed).map(([by, { at, due }]) => ({ id, due, open: by === team && at === null })))
    .filter(({ open }) => open)
    .sort((a, b) => a.due - b.due)
    .map(({ id }) => id)
}

/** The cases on which control asks this seat's capital how they came out, and has no answer yet. */
function polled(view: View): Expected[] {
  if (!view.can.includes('CastVote')) return []
  return view.arguments
    .filter(({ asked, votes }) => asked.some((team) => team === view.me.team && votes[team] === undefined))
    .map(({ id }) => ({ what: 'vote', waiting: true, place: { kind: 'orders' }, subject: id }))
}

/** The arguments of others to which this seat's capital may still add a reason, and has added none. */
export function unheard(view: View): ArgumentSeen[] {
  const { team } = view.me
  if (!view.can.includes('AddPoint')) return []
  return view.arguments.filter(
    ({ open, teams, points, asked }) =>
      open && ![...teams, ...asked].some((each) => each === team) && !points.some((point) => point.team === team),
  )
}

function hearing(view: View): Expected | undefined {
  const first = unheard(view)[0]
  return first && { what: 'hear', waiting: false, place: { kind: 'orders' }, subject: first.id }
}

/** Whether a seat only watches. */
function bystands(view: View): boolean {
  return view.now.phase !== 'lobby' && (view.me.team === 'observer' || view.budget === null)
}

function meanwhile(view: View, counts: Counts): Expected {
  const { phase } = view.now
  if (view.now.banner !== null) return { what: 'stop', waiting: false }
  if (phase === 'ended') return { what: 'ended', waiting: false, place: { kind: 'end' } }
  if (phase === 'lobby') return { what: 'lobby', waiting: false, place: { kind: 'brief' } }
  if (bystands(view)) return { what: 'observe', waiting: false }
  if (phase === 'readout') return { what: 'readout', waiting: false, place: { kind: 'results' } }
  if (phase === 'adjudication') return hearing(view) ?? { what: 'adjudication', waiting: false }
  return playing(view, counts)
}

function playing(view: View, counts: Counts): Expected {
  if (counts.over) return { what: 'late', waiting: false }
  const decision = ours(view)
  if (decision && decision.chosen === null)
    return { what: 'advise.decision', waiting: false, place: { kind: 'orders' }, decision }
  const proposal = unanswered(view)[0]
  if (proposal) return { what: 'advise.stand', waiting: false, place: { kind: 'table' }, proposal }
  // In a flash turn the decision is all there is.
  if (decision && view.now.turns.at(-1)?.flash) return { what: 'decided', waiting: false, place: { kind: 'orders' }, decision }
  const done = (view.budget?.orders_left ?? 0) <= 0 && !view.now.planning
  if (view.budget?.ready || done) {
    const heard = hearing(view)
    if (heard) return heard
  }
  if (view.budget?.ready) return { what: 'ready', waiting: false }
  if (view.now.planning) return { what: 'plan', waiting: false, place: { kind: 'table' } }
  if (done) return { what: 'done', waiting: false, place: { kind: 'orders' } }
  return { what: counts.live && view.can.includes('CommitOrder') ? 'orders' : 'advise', waiting: false, place: { kind: 'orders' } }
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
