/** The speeds at which a game is played back. */
export const speeds = [1, 4, 16, 60] as const

/** One of them. */
export type Speed = (typeof speeds)[number]

/** Nobody sits through more than this for one entry, in ms. */
const longest = 5000
/** Entries of the same instant are still seen one after the other, in ms. */
const shortest = 40
/** A silence of this length, in ms, is worth a word: lunch, a pause, a long talk without the screen. */
const silence = 5 * 60_000

/** The time between two entries: how long it was, how long it is waited for, and whether that is less. */
export interface Gap {
  readonly passed: number
  readonly wait: number
  readonly shortened: boolean
}

/** What lies between two entries when it is played at a speed. */
export function gap(from: number, to: number, speed: Speed): Gap {
  const passed = Math.max(0, to - from)
  const wait = Math.min(longest, Math.max(shortest, passed / speed))
  return { passed, wait, shortened: passed / speed > longest }
}

/** A silence before an entry. */
export interface Seam {
  readonly place: number
  readonly passed: number
}

/** Where nothing was entered for a long time, by the place of the entry that ended it. */
export function seams(entries: readonly { readonly at: number }[]): Seam[] {
  return entries.flatMap(({ at }, place) => {
    const before = entries[place - 1]
    return before && at - before.at >= silence ? [{ place, passed: at - before.at }] : []
  })
}
