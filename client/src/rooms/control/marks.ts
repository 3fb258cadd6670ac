import type { MarkItem, View } from '../../protocol'

/** A marked moment: when the key was pressed, and what was written about it just after. */
export interface Moment {
  readonly id: string
  readonly turn: number
  readonly at: number
  readonly seat: string
  readonly tag: string
  readonly text: string
  /** The mark that holds the words. */
  readonly words: string
}

/** Words within this many exercise ms after a bare mark of the same seat belong to it. */
const after = 180_000

/** Marks, newest first; a bare mark and the words that followed it are one moment. */
export function moments(marks: readonly MarkItem[], edited: View['mark_words'] = {}): Moment[] {
  const found: Moment[] = []
  for (const item of marks) {
    const mark = { ...item, ...edited[item.id] }
    const words = mark.text !== '' || mark.tag !== ''
    const bare = words
      ? found.findLastIndex(
          (each) => each.seat === mark.seat && each.turn === mark.turn && each.text === '' && each.tag === '' && mark.at - each.at <= after,
        )
      : -1
    const before = found[bare]
    if (before && bare === found.findLastIndex((each) => each.seat === mark.seat)) found[bare] = { ...before, tag: mark.tag, text: mark.text, words: mark.id }
    else found.push({ ...mark, words: mark.id })
  }
  return found.reverse()
}
