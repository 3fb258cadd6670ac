import type { ReviewLine } from '../protocol'
import { changed, type Moment } from './moment'

/** An entry of a game, and all that certain eyes had before them just after it. */
export interface Entry extends Omit<ReviewLine, 'frame'>, Moment {}

/** The entries after one more. What the entry did not change is the very same object as before it. */
export function recorded(before: Entry | undefined, { frame, ...line }: ReviewLine): Entry {
  return { ...line, ...changed(before, frame) }
}

/** A whole game as certain eyes saw it, entry by entry. */
export function record(lines: readonly ReviewLine[]): Entry[] {
  const entries: Entry[] = []
  for (const line of lines) entries.push(recorded(entries.at(-1), line))
  return entries
}

/** The place of the entry with this number, or of the last one before it; the first if there is none. */
export function placeOf(entries: readonly { readonly seq: number }[], seq: number): number {
  let [low, high] = [0, entries.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((entries[middle]?.seq ?? 0) <= seq) low = middle
    else high = middle - 1
  }
  return low
}
