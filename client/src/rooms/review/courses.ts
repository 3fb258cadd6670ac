import type { Entry } from '../../game/recording'
import type { TrackSeen } from '../../protocol'
import { turnsOf } from './arrivals'

/** What was known of a track from an entry on: a value, an estimate, or nothing. */
export interface Known {
  readonly place: number
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** A track over the whole game, as certain eyes saw it. */
export interface Course {
  readonly track: TrackSeen
  readonly known: readonly Known[]
}

/** Every track these eyes ever saw, in the scenario's order. */
export function courses(entries: readonly Entry[]): Map<string, Course> {
  const found = new Map<string, { track: TrackSeen; known: Known[] }>()
  for (const { place, after } of turnsOf(entries, ({ view }) => view.tracks)) {
    for (const track of after) {
      const course = found.get(track.id) ?? { track, known: [] }
      course.track = track
      found.set(track.id, course)
      const { value, low, high } = track
      const last = course.known.at(-1)
      if (!last || last.value !== value || last.low !== low || last.high !== high)
        course.known.push({ place, value, low, high })
    }
  }
  return found
}

/** What was known at a place. */
export function knownAt({ known }: Course, place: number): Known | undefined {
  return known.findLast((each) => each.place <= place)
}

/** Whether anything about it ever changed. */
export function moving({ known }: Course): boolean {
  return known.length > 1
}

type Scale = (n: number) => number

/** The steps of the exact values, from the first to the end. */
export function stepPath({ known }: Course, x: Scale, y: Scale, end: number): string {
  let path = ''
  known.forEach((each, i) => {
    if (each.value === null) return
    const [from, to, level] = [x(each.place), x(known[i + 1]?.place ?? end), y(each.value)]
    const joined = i > 0 && known[i - 1]?.value !== null
    path += joined ? `V${round(level)}` : `M${round(from)} ${round(level)}`
    path += `H${round(to)}`
  })
  return path
}

/** The estimates as boxes, each for as long as it was held. */
export function bandPath({ known }: Course, x: Scale, y: Scale, end: number): string {
  return known
    .flatMap((each, i) => {
      if (each.low === null || each.high === null) return []
      const [from, to] = [round(x(each.place)), round(x(known[i + 1]?.place ?? end))]
      const [top, foot] = [round(y(each.high)), round(y(each.low))]
      return [`M${from} ${top}H${to}V${foot}H${from}Z`]
    })
    .join('')
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}
