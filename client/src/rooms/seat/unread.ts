import { total, type Feed } from '../../game/feed'
import type { InjectItem, InjectMark, MessageItem } from '../../protocol'

/** How many items of each list this browser has shown, by the list's name. */
export type Seen = Readonly<Record<string, number>>

/** How many items came after those that were shown, one's own not counted. */
export function fresh<Item>(
  feed: Feed<Item> | undefined,
  seen: number | undefined,
  own: (item: Item) => boolean = () => false,
): number {
  if (feed === undefined) return 0
  const from = seen ?? 0
  const hidden = Math.max(0, feed.from - from)
  return hidden + feed.items.filter((item, i) => feed.from + i >= from && !own(item)).length
}

/** What a seat has said itself is not new to it. */
export function saidBy(seat: string): (message: MessageItem) => boolean {
  return (message) => message.seat === seat
}

/** The list as shown up to its end. */
export function shown(seen: Seen, name: string, feed: Feed<unknown> | undefined): Seen {
  const end = feed === undefined ? 0 : total(feed)
  return (seen[name] ?? 0) >= end ? seen : { ...seen, [name]: end }
}

/** The injects that this seat has not opened; one that was recalled need not be. */
export function unopened(
  injects: readonly InjectItem[],
  marks: Readonly<Record<string, InjectMark>>,
): InjectItem[] {
  return injects.filter(({ id }) => !marks[id]?.read && marks[id]?.recalled == null)
}

/** The team's injects and one's own in one list, newest first. */
export function together(
  team: readonly InjectItem[],
  own: readonly InjectItem[],
): (InjectItem & { readonly personal: boolean })[] {
  const known = new Set(team.map(({ id }) => id))
  const list = [
    ...team.map((item) => ({ ...item, personal: false })),
    ...own.filter(({ id }) => !known.has(id)).map((item) => ({ ...item, personal: true })),
  ]
  return list
    .map((item, i) => ({ item, i }))
    .sort((a, b) => b.item.at - a.item.at || b.i - a.i)
    .map(({ item }) => item)
}
