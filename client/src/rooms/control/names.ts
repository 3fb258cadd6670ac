import { letter, teamName, teamOf } from '../../parts/team'
import type { Capital, FeedName, ProposalSeen, RoomSeen, View } from '../../protocol'
import { plain, t, words } from '../../words/words.svelte'
import { addressees } from './sheet'

/** The three capitals, in the order in which they are always shown. */
export const capitals: readonly Capital[] = ['washington', 'tokyo', 'seoul']

/** "Washington, Tokyo and Seoul", as the reader's language joins them. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(words.language, { type: 'conjunction' }).format(names)
}

/** A seat by its team and role: "Tokyo, Foreign minister". */
export function seatName(view: View, seat: string): string {
  const found = view.roster.seats.find((each) => each.seat === seat)
  const team = teamName(teamOf(seat))
  return found ? t('control.seat', { team, name: plain(found.name) }) : seat
}

/** A seat in short: its team's letter and its role. */
export function seatShort(view: View, seat: string): string {
  const found = view.roster.seats.find((each) => each.seat === seat)
  return `${letter(teamOf(seat))} ${found ? plain(found.name) : seat}`
}

/** The name that the person in a seat gave, if anybody sits there. */
export function personOf(view: View, seat: string): string | undefined {
  const person = view.roster.seats.find((each) => each.seat === seat)?.person
  return person ? view.roster.people[person] : undefined
}

/** Exactly who gets something: capitals and seats by name. */
export function whom(view: View, to: readonly string[]): string {
  if (to.includes('all')) return t('control.to.everybody')
  return listed(addressees(to).map((each) => (each.includes('.') ? seatName(view, each) : teamName(each))))
}

const order: readonly string[] = ['control', ...capitals]

/** Teams in the order in which they are always shown. */
export function ordered(teams: readonly string[]): string[] {
  return [...teams].sort((a, b) => order.indexOf(a) - order.indexOf(b))
}

/** A room by name: its teams joined, or the white cell's own. */
export function roomName(room: Pick<RoomSeen, 'kind' | 'teams'>): string {
  if (room.kind === 'white') return t('control.room.white')
  if (room.kind === 'control') return t('control.room.with', { team: teamName(room.teams.find((team) => team !== 'control') ?? 'control') })
  if (room.kind === 'trilateral') return t('control.room.trilateral')
  return ordered(room.teams).map((team) => teamName(team)).join('–')
}

/** The feed of a room. */
export function feedOf(room: string): FeedName {
  return `room/${room}`
}

/** Exercise ms as whole minutes, at least one: "6 min". */
export function minutes(ms: number): string {
  return t('control.minutes', { n: Math.max(1, Math.floor(ms / 60_000)) })
}

/** What lies on the table by name: a joint action with its number, a clause of the plan without one. */
export function proposalName(view: Pick<View, 'plan'>, { joint, name }: Pick<ProposalSeen, 'joint' | 'name'>): string {
  return view.plan.some(({ id }) => id === joint) ? plain(name) : `${joint} ${plain(name)}`
}

const statuses = ['open', 'agreed', 'refused', 'lapsed', 'withdrawn'] as const

/** How a joint action stands, in a word. */
export function proposalStatus(status: string): string {
  const known = statuses.find((each) => each === status)
  return known ? t(`control.proposal.${known}`) : status
}

const causes = ['action', 'joint', 'decision', 'inject', 'rule', 'control'] as const

/** What moved a track: the kind of cause and its name. */
export function causeName(cause: string, name: string): string {
  const known = causes.find((each) => each === cause)
  if (known === undefined) return name
  return known === 'control' ? t('control.why.control') : t(`control.why.${known}`, { name })
}
