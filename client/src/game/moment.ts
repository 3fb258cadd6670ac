import type { FeedItem, Feeds, Run, View } from '../protocol'
import { grown, resumed, type Feed, type Held } from './feed'

/** What a seat has before it at one moment: its view, and the feeds beside it. */
export interface Moment {
  readonly view: View
  readonly feeds: Held
}

/** What changed: whole sections, and runs of feeds. */
export interface Change {
  readonly view?: Partial<View>
  readonly feeds?: Feeds
}

/** The moment after a change, in play and in the review alike. What did not change stays the same object. */
export function changed(moment: Moment | undefined, { view, feeds }: Change): Moment {
  return {
    view: view === undefined && moment ? moment.view : ({ ...moment?.view, ...view } as View),
    feeds: feeds === undefined && moment ? moment.feeds : { ...moment?.feeds, ...joined(moment?.feeds, feeds, grown) },
  }
}

/** The moment after the first frame of a connection, which is the whole view: what it lacks is gone. */
export function renewed(moment: Moment | undefined, { view, feeds }: Change): Moment {
  return { view: { ...view } as View, feeds: joined(moment?.feeds, feeds, resumed) }
}

type Join = (feed: Feed | undefined, run: Run<FeedItem>) => Feed

function joined(held: Held | undefined, runs: Feeds | undefined, join: Join): Held {
  const feeds = held as Readonly<Record<string, Feed>> | undefined
  const arrived = Object.entries((runs ?? {}) as Readonly<Record<string, Run<FeedItem>>>)
  // A name decides the type of its items on both sides, which TypeScript cannot follow through entries.
  return Object.fromEntries(arrived.map(([name, run]) => [name, join(feeds?.[name], run)])) as Held
}
