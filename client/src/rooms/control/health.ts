import type { HealthSeen, InjectItem, InjectMark, OrderSeen, Presence, ProposalSeen, RosterSeen, SeatSeen } from '../../protocol'
import { overdue } from './sheet'

/** A capital at a glance, worked out of what control sees. Spans are exercise ms. */
export interface Pulse {
  readonly team: string
  readonly seats: readonly { readonly seat: SeatSeen; readonly online: boolean }[]
  readonly online: number
  /** Since anybody there last spoke in a room, sealed an order or answered a proposal; since the turn opened if nobody has. */
  readonly quiet: number
  readonly silent: boolean
  readonly unread: readonly { readonly item: InjectItem; readonly since: number }[]
  readonly waits: readonly Waiting[]
  /** Injects whose response has not come in time. */
  readonly owes: readonly InjectItem[]
  /** What is wrong, worst first. */
  readonly concerns: readonly Concern[]
}

/** A joint action that somebody's answer is missing from. */
export interface Waiting {
  readonly proposal: ProposalSeen
  readonly since: number
}

/** Why a facilitator should look. */
export type Concern = 'absent' | 'unread' | 'waits' | 'owes' | 'quiet'

const minute = 60_000
/** How long something may stand before it is a concern, in exercise ms. */
export const patience = { unread: 2 * minute, waits: 2 * minute, quiet: 5 * minute } as const

interface Known {
  readonly health: HealthSeen
  readonly roster: RosterSeen
  readonly presence: Presence
  readonly table: readonly ProposalSeen[]
  readonly orders: readonly OrderSeen[]
  readonly inbox: readonly InjectItem[]
  readonly marks: Readonly<Record<string, InjectMark>>
  readonly opened: number
  /** Exercise time now. */
  readonly at: number
  readonly playing: boolean
}

/** How a capital is doing now. */
export function pulse({ health, roster, presence, table, orders, inbox, marks, opened, at, playing }: Known): Pulse {
  const { team } = health
  const seats = roster.seats
    .filter((seat) => seat.team === team)
    .map((seat) => ({ seat, online: presence.online.includes(seat.seat) }))
  const online = seats.filter((each) => each.online).length
  const answered = table.flatMap(({ stands }) => {
    const stood = stands[team]
    return stood && stood.stand !== 'open' && !stood.silent ? [stood.at] : []
  })
  const sealed = orders.filter((order) => order.team === team).map((order) => order.at)
  const heard = Math.max(health.last_said ?? -1, ...answered, ...sealed)
  const silent = heard < opened
  const quiet = Math.max(0, at - (silent ? opened : heard))
  const unread = health.unread.flatMap((id) => {
    const item = inbox.find((each) => each.id === id)
    return item ? [{ item, since: Math.max(0, at - item.at) }] : []
  })
  const waits = table
    .filter((proposal) => playing && health.waiting_on.includes(proposal.id))
    .map((proposal) => ({ proposal, since: Math.max(0, at - (proposal.stands[team]?.at ?? at)) }))
  const owes = inbox.filter(({ id }) => overdue(marks[id], at).some((each) => each === team))
  const concerns: Concern[] = []
  if (online === 0) concerns.push('absent')
  if (playing) {
    if (waits.some(({ since }) => since >= patience.waits)) concerns.push('waits')
    if (unread.some(({ since }) => since >= patience.unread)) concerns.push('unread')
    if (owes.length > 0) concerns.push('owes')
    if (online > 0 && !health.ready && quiet >= patience.quiet) concerns.push('quiet')
  }
  return { team, seats, online, quiet, silent, unread, waits, owes, concerns }
}
