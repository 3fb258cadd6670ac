import type { ChangeItem, TrackSeen } from '../../protocol'

/** A track's value at the end of each turn, the present one last; null where its changes are not held. */
export function course(track: TrackSeen, changes: readonly ChangeItem[], turn: number, whole: boolean): (number | null)[] {
  const own = changes.filter((change) => change.track === track.id)
  const oldest = changes[0]?.turn ?? 0
  const values: (number | null)[] = []
  for (let end = 0; end <= turn; end++) {
    const last = own.findLast((change) => change.turn <= end)
    const first = own[0]
    if (last) values.push(last.after)
    else if (!whole && end < oldest) values.push(null)
    else values.push(first ? first.before : (track.value ?? track.start))
  }
  return values
}

/** What moved a track, newest first. */
export function reasons(track: string, changes: readonly ChangeItem[]): ChangeItem[] {
  return changes.filter((change) => change.track === track).reverse()
}
