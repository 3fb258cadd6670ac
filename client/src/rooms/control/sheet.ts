import type { Capital, InjectItem, InjectMark, SheetSeen, View } from '../../protocol'
import { exercise } from '../../game/clock'

/** Where a line of the run sheet stands now. */
export type Place = 'overdue' | 'now' | 'next' | 'if' | 'hand' | 'hold' | 'later' | 'released' | 'gone'

/** The places in the order in which a facilitator needs them. */
export const places: readonly Place[] = ['overdue', 'now', 'next', 'if', 'hand', 'hold', 'later', 'released', 'gone']

/** A line of the run sheet, where it stands, and when it is due in exercise ms, if that is known. */
export interface Line {
  readonly seen: SheetSeen
  readonly place: Place
  readonly due: number | null
}

/** What the sheet is read against: the turn, its phase, and exercise time now. */
export interface Moment {
  readonly phase: View['now']['phase']
  readonly turn: number
  readonly opened: number
  readonly at: number
}

const minute = 60_000
/** From this long before it is due, in ms, a line is "now". */
const soon = 60_000
/** A line that fires by itself is late only when it has not, after this long in ms. */
const grace = 5_000
/** How many coming lines are "next"; the rest come later. */
const ahead = 3

/** The moment of a view at a wall time. */
export function momentOf(view: View, now: number): Moment {
  const { phase, turn } = view.now
  return { phase, turn, opened: view.clock.opened, at: exercise(view.clock, now) }
}

/** The whole run sheet, every line in its place, the places in order. */
export function linesOf(sheet: readonly SheetSeen[], moment: Moment): Line[] {
  const lines = sheet.map((seen) => {
    const due = dueOf(seen, moment)
    return { seen, due, place: placeOf(seen, due, moment) }
  })
  const coming = lines.filter((line) => line.place === 'next').sort(byTime)
  const next = new Set(coming.slice(0, ahead))
  const settled = lines.map((line) =>
    line.place === 'next' && !next.has(line) ? { ...line, place: 'later' as const } : line,
  )
  return places.flatMap((place) => {
    const here = settled.filter((line) => line.place === place)
    return place === 'released' || place === 'gone' ? here.reverse() : here.sort(byTime)
  })
}

function dueOf(seen: SheetSeen, { phase, turn, opened }: Moment): number | null {
  if (seen.due !== null) return seen.due
  if (locked(seen)) return null
  const open = seen.status === 'waiting' || seen.status === 'held'
  const timed = byHand(seen) || (seen.trigger === 'scheduled' && phase !== 'lobby')
  return open && timed && seen.turn === turn && turn > 0 ? opened + seen.minute * minute : null
}

/** Whether a line waits for another inject to be out, or to be answered. */
export function locked(seen: SheetSeen): boolean {
  return seen.links.some(({ made }) => !made)
}

function byHand(seen: SheetSeen): boolean {
  return seen.trigger === 'hand' || seen.trigger === 'request'
}

/** The capitals whose response to a released inject has not come in time. */
export function overdue(mark: InjectMark | undefined, at: number): Capital[] {
  return capitals.filter((team) => {
    const owed = mark?.owed[team]
    return owed !== undefined && owed.at === null && owed.due < at
  })
}

function placeOf(seen: SheetSeen, due: number | null, { phase, turn, at }: Moment): Place {
  if (seen.status === 'released') return 'released'
  if (seen.status === 'skipped' || seen.status === 'recalled') return 'gone'
  if (phase === 'ended') return 'gone'
  if (seen.status === 'held' || seen.off) return 'hold'
  const passed = seen.turn !== null && (seen.turn < turn || (seen.turn === turn && phase !== 'play' && phase !== 'lobby'))
  if (seen.trigger === 'conditional' && !(seen.armed && due !== null)) {
    // What was armed and was overtaken by the end of its turn is still control's to send or to skip.
    if (passed) return seen.armed ? 'overdue' : 'gone'
    // Its condition is tested when its turn opens: before the turn that comes next it cannot surprise anybody.
    return seen.turn === null || seen.turn <= turn + 1 ? 'if' : 'later'
  }
  if (byHand(seen) && seen.turn === null && due === null) return 'hand'
  if (locked(seen)) return passed && seen.turn !== null ? 'gone' : 'if'
  if (passed) return 'overdue'
  if (due === null) return seen.trigger === 'chained' && seen.turn !== null && seen.turn > turn + 1 ? 'later' : 'next'
  const late = at - due
  if (late > (seen.due === null ? 0 : grace)) return 'overdue'
  return late >= -soon ? 'now' : 'next'
}

function byTime(a: Line, b: Line): number {
  const [left, right] = [a.seen, b.seen]
  return (left.turn ?? 99) - (right.turn ?? 99) || left.minute - right.minute
}

const capitals: readonly Capital[] = ['washington', 'tokyo', 'seoul']

/** To whom something goes: the three capitals for "all", each named once, single seats as they are. */
export function addressees(to: readonly string[]): string[] {
  return to.includes('all') ? [...capitals] : [...to]
}

/** Who of those addressed has read an inject: one line for each capital or seat. */
export interface Reading {
  readonly to: string
  /** The seats that have read it. */
  readonly readers: readonly string[]
}

/** By whom a released inject has been read. */
export function readings(to: readonly string[], mark: InjectMark | undefined): Reading[] {
  return addressees(to).map((each) => ({
    to: each,
    readers: (mark?.readers ?? []).filter((seat) => seat === each || seat.startsWith(`${each}.`)),
  }))
}

/** The item in the inbox that a line of the sheet became when it was released. */
export function releasedAs(inject: string, inbox: readonly InjectItem[]): InjectItem | undefined {
  return inbox.findLast((item) => item.inject === inject)
}

/** What was written on the spot, newest first: it is in no line of the sheet. */
export function improvised(inbox: readonly InjectItem[]): InjectItem[] {
  return inbox.filter((item) => item.inject === null).reverse()
}
