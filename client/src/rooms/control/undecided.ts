import type { Capital, RosterSeen, SeatSeen, View } from '../../protocol'

/** A capital whose deciding seat nobody sits in, and who of it is there instead. */
export interface Undecided {
  readonly team: Capital
  readonly seat: SeatSeen
  readonly present: readonly SeatSeen[]
}

/** The capitals for which nobody could decide now. A bot sits in a seat like anybody. */
export function undecided(view: Pick<View, 'health' | 'roster'>, online: readonly string[]): Undecided[] {
  return view.health.flatMap(({ team, authority }) => {
    const seat = view.roster.seats.find((each) => each.seat === authority)
    if (!seat || online.includes(authority)) return []
    return [{ team, seat, present: view.roster.seats.filter((each) => each.team === team && online.includes(each.seat)) }]
  })
}

/** Whether the one who sits in a seat is a bot, which gives its name like anybody. */
export function isBot(person: string | undefined): boolean {
  return person?.startsWith('Bot (') ?? false
}

/** Whether a bot plays for a capital: it sits in one of its seats. */
export function covered(team: string, roster: RosterSeen, online: readonly string[]): boolean {
  return roster.seats.some((seat) => seat.team === team && online.includes(seat.seat) && isBot(roster.people[seat.person ?? '']))
}
