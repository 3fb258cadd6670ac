import type { Run } from './wire'

/** What is known of a list that only grows: its latest items, from place `from` on. */
export interface Feed<Item = unknown> {
  readonly from: number
  readonly items: readonly Item[]
}

export const empty: Feed = { from: 0, items: [] }

/** How many items the whole feed has, those not fetched yet included. */
export function total(feed: Feed): number {
  return feed.from + feed.items.length
}

/** A feed with a run that arrived: appended if it follows; otherwise the run is all there is. */
export function grown(feed: Feed | undefined, run: Run): Feed {
  if (feed === undefined || run.from !== total(feed)) return { from: run.from, items: run.items }
  return run.items.length === 0 ? feed : { from: feed.from, items: [...feed.items, ...run.items] }
}

/** A feed after a new connection: older items stay if the run begins with one that is held. */
export function resumed(feed: Feed | undefined, run: Run): Feed {
  const place = feed === undefined ? -1 : run.from - feed.from
  const known = feed?.items[place]
  // Items never change, so the same item in the same place means the same history before it.
  const same = known !== undefined && JSON.stringify(known) === JSON.stringify(run.items[0])
  if (feed === undefined || !same) return { from: run.from, items: run.items }
  return { from: feed.from, items: [...feed.items.slice(0, place), ...run.items] }
}

/** A feed with a page of older items before it, if the page ends where the feed begins. */
export function lengthened(feed: Feed | undefined, page: Run): Feed | undefined {
  if (feed === undefined || page.from + page.items.length !== feed.from) return feed
  return { from: page.from, items: [...page.items, ...feed.items] }
}
