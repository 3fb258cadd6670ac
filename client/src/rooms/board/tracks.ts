import type { TrackSeen, View } from '../../protocol'
import { byShelf, type Shelf } from '../seat/families'

/** How many tracks stand on the board at a time. */
const most = 9

/** Tracks that stand on the board together. */
export interface Leaf {
  readonly shelves: readonly Shelf[]
  readonly tracks: readonly TrackSeen[]
}

/** The public tracks that have words, a boardful at a time; what belongs together stays together where it can. */
export function leaves(view: View): Leaf[] {
  const ladder = view.game.ladder_track
  const shown = view.tracks.filter(({ id, word, value, visible }) => visible === 'public' && word !== null && value !== null && id !== ladder)
  const found: { shelves: Shelf[]; tracks: TrackSeen[] }[] = []
  for (const { shelf, tracks } of byShelf(shown, ladder)) {
    for (let from = 0; from < tracks.length; from += most) {
      const part = tracks.slice(from, from + most)
      const last = found.at(-1)
      if (last && last.tracks.length + part.length <= most) {
        last.tracks.push(...part)
        last.shelves.push(shelf)
      } else found.push({ shelves: [shelf], tracks: [...part] })
    }
  }
  return found
}
