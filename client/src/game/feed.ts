import type { FeedItem, FeedItems, FeedName, Run } from '../protocol'

/** What is known of a list that only grows: its latest items, from place `from` on. */
export type Feed<Item = FeedItem> = Run<Item>

/** Feeds by name. */
export type Held = { readonly [Name in FeedName]?: Feed<FeedItems[Name]> }

/** How many items the whole feed has, those not fetched yet included. */
export function total(feed: Feed<unknown>): number {
  return feed.from + feed.items.length
}

/** A feed with a run that arrived: appended if it follows; otherwise the run is all there is. */
export function grown<Item>(feed: Feed<Item> | undefined, run: Run<Item>): Feed<Item> {
  if (feed === undefined || run.from !== total(feed)) return run
  return run.items.length === 0 ? feed : { from: feed.from, items: [...feed.items, ...run.items] }
}

/** A feed after a new connection: older items stay if the run begins with one that is held. */
export function resumed<Item>(feed: Feed<Item> | undefined, run: Run<Item>): Feed<Item> {
  const place = feed === undefined ? -1 : run.from - feed.from
  const known = feed?.items[place]
  // Items never change, so the same item in the same place means the same history before it.
  const same = known !== undefined && JSON.stringify(known) === JSON.stringify(run.items[0])
  if (feed === undefined || !same) return run
  return { from: feed.from, items: [...feed.items.slice(0, place), ...run.items] }
}

/** A feed with a page of older items before it, if the page ends where the feed begins. */
export function lengthened<Item>(feed: Feed<Item> | undefined, page: Run<Item>): Feed<Item> | undefined {
  if (feed === undefined || total(page) !== feed.from) return feed
  return { from: page.from, items: [...page.items, ...feed.items] }
}
