import type { RequestSeen, View } from '../protocol'
import { isPlea } from '../words/plea'
import { teamOf } from './team'

/** What tells whether a request still waits. */
type Around = Pick<View, 'health' | 'me' | 'requests' | 'roster'>

/** The requests to control that still wait for an answer. */
export function pending(view: Around): RequestSeen[] {
  return view.requests.filter((request) => request.answer === null && !granted(request, view))
}

/** Whether what was asked for is so by now: whoever asked to decide for their capital does. */
export function granted({ seat, question }: RequestSeen, { health, me, roster }: Omit<Around, 'requests'>): boolean {
  const authority = teamOf(seat) === me.team ? me.authority : health.find(({ team }) => team === teamOf(seat))?.authority
  const name = roster.seats.find((each) => each.seat === seat)?.name
  return authority === seat && name !== undefined && isPlea(question, name)
}
