import type { Entry } from '../../game/recording'
import type { Capital, ChangeItem, Eyes, ResultItem, WhySeen } from '../../protocol'
import { arrivals, type Arrival } from './arrivals'

/** The three capitals, in the order in which they are always shown. */
export const capitals: readonly Capital[] = ['washington', 'tokyo', 'seoul']

/** Everything that one cause changed at one entry. */
export interface Cause {
  readonly id: string
  readonly place: number
  readonly entry: Entry
  readonly why: WhySeen | null
  readonly changes: readonly ChangeItem[]
}

/** What moved, by what moved it, in order. */
export function causes(entries: readonly Entry[]): Cause[] {
  const found = new Map<string, { id: string; place: number; entry: Entry; why: WhySeen | null; changes: ChangeItem[] }>()
  for (const { place, entry, item } of arrivals(entries, 'changes')) {
    const id = `${entry.seq}/${item.why?.rule ?? ''}/${item.why?.subject ?? item.track}`
    const cause = found.get(id) ?? { id, place, entry, why: item.why, changes: [] }
    cause.changes.push(item)
    found.set(id, cause)
  }
  return [...found.values()]
}

/** The causes that moved a track, each with that change alone. */
export function causesOf(all: readonly Cause[], track: string): Cause[] {
  return all.flatMap((cause) => {
    const changes = cause.changes.filter((change) => change.track === track)
    return changes.length > 0 ? [{ ...cause, changes }] : []
  })
}

/** By how much a cause moved what is asked about, all in all. */
export function net({ changes }: Cause): number {
  return changes.reduce((sum, { before, after }) => sum + after - before, 0)
}

/** The causes of the largest fall and the largest rise, where there was more than one to choose from. */
export function extremes(causes: readonly Cause[]): { fall: string | undefined; rise: string | undefined } {
  const most = (sign: 1 | -1): string | undefined => {
    const all = causes.filter((cause) => net(cause) * sign > 0)
    const largest = all.reduce<Cause | undefined>((best, each) => (best && net(best) * sign >= net(each) * sign ? best : each), undefined)
    return all.length > 1 ? largest?.id : undefined
  }
  return { fall: most(-1), rise: most(1) }
}

/** The result that a cause belongs to, if it came from what a capital did. */
export function resultOf(results: readonly Arrival<ResultItem>[], { place, why }: Cause): ResultItem | undefined {
  return results.find((each) => each.place === place && each.item.item === why?.subject)?.item
}

/** How much of a change a capital could know: also why, only that it moved, or nothing of it. */
export type Aware = 'why' | 'moved' | 'nothing'

/** What each of these eyes were told of changes, by entry and change. */
export type Told = Readonly<Partial<Record<Eyes, ReadonlyMap<string, ChangeItem>>>>

/** What certain eyes were told of changes. */
export function told(entries: readonly Entry[]): Map<string, ChangeItem> {
  return new Map(arrivals(entries, 'changes').map(({ entry, item }) => [key(entry.seq, item), item]))
}

/** How much of a cause certain eyes could know; undefined until their recording has arrived. */
export function aware(told: Told, { entry, changes }: Cause, eyes: Eyes): Aware | undefined {
  const theirs = told[eyes]
  if (!theirs) return undefined
  const seen = changes.flatMap((change) => theirs.get(key(entry.seq, change)) ?? [])
  if (seen.length === 0) return 'nothing'
  return seen.some(({ why }) => why !== null) ? 'why' : 'moved'
}

function key(seq: number, { track, before, after }: ChangeItem): string {
  return `${seq}/${track}/${before}/${after}`
}
