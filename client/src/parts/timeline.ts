import { placeOf } from '../game/recording'

/** An entry of a game, as far as a timeline needs to know it. */
export interface Step {
  readonly seq: number
  readonly at: number
  readonly turn: number
}

/** A moment that somebody marked. */
export interface Mark {
  readonly seq: number
  readonly label: string
}

/** Something that happened at an entry, by what kind of thing it is. */
export interface Tick {
  readonly seq: number
  readonly kind: 'inject' | 'result' | 'joint' | 'emergency'
  readonly label: string
}

/** Where a turn begins among the entries, and where it ends. */
export interface Stretch {
  readonly turn: number
  readonly from: number
  readonly to: number
}

/** The turns as stretches of entries. A turn that was reopened is one more stretch. */
export function stretches(steps: readonly Step[]): Stretch[] {
  const found: { turn: number; from: number; to: number }[] = []
  steps.forEach(({ turn }, place) => {
    const last = found.at(-1)
    if (last?.turn === turn) last.to = place
    else found.push({ turn, from: place, to: place })
  })
  return found
}

/** The place that a key leads to; undefined for keys that mean nothing here. */
export function moved(
  key: string,
  shift: boolean,
  place: number,
  steps: readonly Step[],
  marks: readonly Mark[],
): number | undefined {
  const starts = stretches(steps).map(({ from }) => from)
  const marked = marks.map(({ seq }) => placeOf(steps, seq)).sort((a, b) => a - b)
  const last = Math.max(0, steps.length - 1)
  const before = (places: readonly number[]) => places.findLast((each) => each < place) ?? 0
  const after = (places: readonly number[]) => places.find((each) => each > place) ?? last
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return shift ? before(starts) : Math.max(0, place - 1)
    case 'ArrowRight':
    case 'ArrowUp':
      return shift ? after(starts) : Math.min(last, place + 1)
    case 'PageDown':
      return before(marked)
    case 'PageUp':
      return after(marked)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
