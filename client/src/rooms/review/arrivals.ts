import type { FeedItems, FeedName } from '../../protocol'
import type { Entry } from '../../game/recording'

/** An item of a feed, and the entry with which it arrived. */
export interface Arrival<Item> {
  readonly place: number
  readonly entry: Entry
  readonly item: Item
}

/** Everything that arrived in a feed, with the entry that brought it. */
export function arrivals<Name extends FeedName>(entries: readonly Entry[], name: Name): Arrival<FeedItems[Name]>[] {
  const found: Arrival<FeedItems[Name]>[] = []
  let seen = 0
  entries.forEach((entry, place) => {
    const items = (entry.feeds[name]?.items ?? []) as readonly FeedItems[Name][]
    for (const item of items.slice(seen)) found.push({ place, entry, item })
    seen = items.length
  })
  return found
}

/** Each entry at which a section of the view became another, with what it was before. */
export function turnsOf<Section>(
  entries: readonly Entry[],
  section: (entry: Entry) => Section,
): { place: number; entry: Entry; before: Section | undefined; after: Section }[] {
  let before: Section | undefined
  return entries.flatMap((entry, place) => {
    const after = section(entry)
    if (after === before) return []
    const found = { place, entry, before, after }
    before = after
    return [found]
  })
}
