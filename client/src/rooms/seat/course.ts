import type { Series } from '../../parts/chart'
import type { ChangeItem, TrackSeen } from '../../protocol'
import { plain } from '../../words/words.svelte'

/**
 * A track's value at the start, at the end of each turn so far, and now. Null where the changes
 * that are known do not reach back: `whole` tells that they do.
 */
export function course(
  track: TrackSeen,
  changes: readonly ChangeItem[],
  turn: number,
  whole: boolean,
): (number | null)[] {
  const own = changes.filter((change) => change.track === track.id)
  const first = own[0]
  const earlier = (at: number): number | null => {
    if (whole || at === 0) return track.start ?? first?.before ?? track.value
    return first !== undefined && at >= first.turn - 1 ? first.before : null
  }
  return Array.from({ length: turn + 1 }, (_, at) => {
    if (at === turn && track.value !== null) return track.value
    return own.findLast((change) => change.turn <= at)?.after ?? earlier(at)
  })
}

/** A track as a chart draws it: facts as a line, an estimate as a band at the turn it is of. */
export function series(track: TrackSeen, changes: readonly ChangeItem[], turn: number, whole: boolean): Series {
  const values = course(track, changes, turn, whole)
  const { low, high, as_of } = track
  if (low === null || high === null) return { id: track.id, name: plain(track.name), values }
  const bands = values.map((_, at) => (at === Math.min(as_of ?? turn, turn) ? ([low, high] as const) : null))
  return { id: track.id, name: plain(track.name), values: values.map(() => null), bands }
}

/** What a track has moved by since the turn began; undefined if it has not. */
export function moved(track: TrackSeen): number | undefined {
  if (track.value === null || track.before === null || track.value === track.before) return undefined
  return track.value - track.before
}
