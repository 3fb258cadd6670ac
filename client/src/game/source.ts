import type { Feed } from './feed'

/** Where a room's contents come from: a game in progress, or one that is reviewed. */
export interface Source<View extends object, Command extends object = never> {
  /** What the seat sees; undefined until the first has arrived. Unchanged sections stay the same object. */
  readonly view: View | undefined
  /** The lists that only grow, by name. */
  readonly feeds: Readonly<Record<string, Feed>>
  /** Who is there and typing; never part of the record. */
  readonly presence: Readonly<Record<string, unknown>>
  /** The server's wall clock in ms; in a review, the time of the entry that is shown. */
  now(): number
  /** Asks for something to be done; absent where nothing can be asked, as in a review. */
  send?(command: Command): Promise<void>
  /** Fetches older items of a feed; tells whether there were any. */
  older?(feed: string): Promise<boolean>
}
