import type { Joined } from '../protocol'
import { api } from './api'

/** A seat that this browser holds a session for. */
export interface Held {
  readonly game: string
  readonly seat: string
}

const house = 'session:house'

/** Exchanges a link's secret for a session, which stays in this browser, and says where to go. */
export async function join(secret: string): Promise<string> {
  const joined = await api<Joined>('/session', { body: { secret } })
  if (joined.game === null || joined.seat === null) {
    localStorage.setItem(house, joined.token)
    return '/'
  }
  return take(joined.game, joined.seat, joined.token)
}

/** Keeps a session for a seat, as when the house enters a game, and says where to go. */
export function take(game: string, seat: string, token: string): string {
  localStorage.setItem(key(game, seat), token)
  return `/play/${encodeURIComponent(game)}/${encodeURIComponent(seat)}`
}

/** The session of the facilitator's lobby, if this browser has one. */
export function houseToken(): string | undefined {
  return localStorage.getItem(house) ?? undefined
}

/** The session of one seat, if this browser has one. */
export function seatToken(game: string, seat: string): string | undefined {
  return localStorage.getItem(key(game, seat)) ?? undefined
}

/** The session that sees most of a game: control's, else the house's, else any seat's. */
export function gameToken(game: string): string | undefined {
  const seats = held().filter((each) => each.game === game)
  const control = seats.find((each) => each.seat.startsWith('control.'))
  if (control) return seatToken(game, control.seat)
  return houseToken() ?? (seats[0] && seatToken(game, seats[0].seat))
}

/** Every seat that this browser holds a session for. */
export function held(): Held[] {
  return Object.keys(localStorage)
    .map((name) => /^session:([^:]+):([^:]+)$/.exec(name))
    .flatMap((found) => (found?.[1] && found[2] ? [{ game: found[1], seat: found[2] }] : []))
    .sort((a, b) => `${a.game} ${a.seat}`.localeCompare(`${b.game} ${b.seat}`))
}

/** Forgets a session that the server no longer knows. */
export function forget(game: string, seat: string): void {
  localStorage.removeItem(key(game, seat))
}

/** Forgets the facilitator's session. */
export function leaveHouse(): void {
  localStorage.removeItem(house)
}

function key(game: string, seat: string): string {
  return `session:${game}:${seat}`
}
