import type { FeedName, Presence, PreviewSeen, SeatCommand, View } from '../protocol'
import type { Held } from './feed'

/** Where a room's contents come from: a game in progress, or one that is reviewed. */
export interface Source {
  /** What the seat sees; undefined until the first has arrived. Unchanged sections stay the same object. */
  readonly view: View | undefined
  /** The lists that only grow, by name. */
  readonly feeds: Held
  /** Who is there and writing; never part of the record. */
  readonly presence: Presence
  /** The server's wall clock in ms; in a review, the time of the entry that is shown. */
  now(): number
  /** Asks for something to be done; absent where nothing can be asked, as in a review. */
  send?(command: SeatCommand): Promise<void>
  /** Asks what a command would change; nothing is done. Rejects with `Refused`. */
  preview?(command: SeatCommand): Promise<PreviewSeen>
  /** Fetches older items of a feed; tells whether there were any. */
  older?(feed: FeedName): Promise<boolean>
  /** Says in which room one is writing, or in none. */
  typing?(room: string | null): void
}

/** Nobody there. */
export const nobody: Presence = { online: [], typing: {} }
