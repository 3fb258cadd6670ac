import type { Move } from '../../game/replay.svelte'
import { moved, type Mark } from '../../parts/timeline'

const onward: readonly string[] = ['ArrowRight', 'ArrowUp', 'PageUp', 'End']
const single: readonly string[] = ['ArrowRight', 'ArrowUp']

/** The step that a key asks for; one onward waits for what has not arrived, instead of stopping short of it. */
export function step(key: string, shift: boolean, marks: () => readonly Mark[]): Move | undefined {
  if (moved(key, shift, 0, [], []) === undefined) return undefined
  return (entries, place, whole) => {
    const to = moved(key, shift, place, entries, marks())
    const last = entries.length - 1
    const known = whole || !onward.includes(key) || (single.includes(key) && !shift ? place < last : to !== last && key !== 'End')
    return known ? to : undefined
  }
}
