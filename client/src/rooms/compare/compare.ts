import { exercise } from '../../game/clock'
import type { Entry } from '../../game/recording'
import type { Text, TrackSeen } from '../../protocol'
import { arrivals } from '../review/arrivals'

/** What the common axis counts: turns, or minutes of exercise time. */
export type Axis = 'turn' | 'time'

/** Where each entry stands on the axis: it never goes back. */
export function placesOn(axis: Axis, entries: readonly Entry[]): number[] {
  let last = 0
  return entries.map(({ at, phase, turn, view }) => {
    const now = exercise(view.clock, at)
    const { opened, deadline } = view.clock
    const share = phase === 'play' ? Math.min(1, Math.max(0, (now - opened) / Math.max(1, deadline - opened))) : 1
    const place = axis === 'time' ? now / 60_000 : turn === 0 ? 0 : turn - 1 + share
    last = Math.max(last, place)
    return last
  })
}

/** A value of a track, and from where on the axis it held. */
export interface Step {
  readonly place: number
  readonly value: number
}

/** Every track's values along the axis, as control saw them. */
export function trackSteps(entries: readonly Entry[], places: readonly number[]): Map<string, Step[]> {
  const found = new Map<string, Step[]>()
  let before: readonly TrackSeen[] | undefined
  entries.forEach(({ view }, i) => {
    if (view.tracks === before) return
    before = view.tracks
    for (const { id, value } of view.tracks) {
      if (value === null) continue
      const steps = found.get(id) ?? []
      if (steps.at(-1)?.value !== value) steps.push({ place: places[i] ?? 0, value })
      found.set(id, steps)
    }
  })
  return found
}

/** Where each turn began on the axis. */
export function turnStarts(entries: readonly Entry[], places: readonly number[]): { turn: number; place: number }[] {
  const found: { turn: number; place: number }[] = []
  entries.forEach(({ turn }, i) => {
    if (turn > 0 && found.at(-1)?.turn !== turn) found.push({ turn, place: places[i] ?? 0 })
  })
  return found
}

/** A step line as an SVG path, up to where the game stands. */
export function stepPath(steps: readonly Step[], end: number, x: (n: number) => number, y: (n: number) => number): string {
  const round = (n: number) => Math.round(n * 10) / 10
  return steps
    .map(({ place, value }, i) => `${i === 0 ? `M${round(x(place))} ${round(y(value))}` : `V${round(y(value))}`}H${round(x(steps[i + 1]?.place ?? end))}`)
    .join('')
}

/** What kinds of things are set side by side, in order. */
export const kinds = ['end', 'points', 'order', 'joint', 'decision', 'clause', 'inject'] as const

/** One of them. */
export type Kind = (typeof kinds)[number]

/** How something went in one room: words to be shown, with the turn it happened in. */
export interface Fact {
  readonly turn?: number
  readonly text?: Text | null
  readonly grade?: string | null
  readonly status?: string
  readonly n?: number
}

/** Something that may have gone differently: its name, and how it went in each room. */
export interface Row {
  readonly id: string
  readonly kind: Kind
  readonly name: Text | null
  readonly team: string | null
  readonly facts: readonly (Fact | undefined)[]
  readonly differs: boolean
}

interface Told extends Fact {
  readonly id: string
  readonly kind: Kind
  readonly name: Text | null
  readonly team: string | null
}

/** All that can be set side by side, and whether it went alike in all rooms. */
export function sideBySide(rooms: readonly (readonly Entry[])[]): Row[] {
  const rows = new Map<string, { told: Told; facts: (Fact | undefined)[] }>()
  rooms.forEach((entries, room) => {
    for (const told of tell(entries)) {
      const { id, kind, name, team, ...fact } = told
      const row = rows.get(`${kind}/${id}`) ?? { told: { id, kind, name, team }, facts: rooms.map(() => undefined) }
      row.facts[room] = fact
      rows.set(`${kind}/${id}`, row)
    }
  })
  return [...rows.entries()]
    .map(([id, { told, facts }]) => ({ id, kind: told.kind, name: told.name, team: told.team, facts, differs: new Set(facts.map(said)).size > 1 }))
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || turnOf(a) - turnOf(b))
}

function said(fact: Fact | undefined): string {
  return JSON.stringify(fact ?? null)
}

function turnOf({ facts }: Row): number {
  return Math.min(...facts.map((fact) => fact?.turn ?? 99))
}

function tell(entries: readonly Entry[]): Told[] {
  const last = entries.at(-1)
  if (!last) return []
  const { finish, plan, sheet } = last.view
  const kindOf = { joint: 'joint', decision: 'decision' } as const satisfies Record<string, Kind>
  const times = new Map<string, number>()
  const readOut = arrivals(entries, 'results').map(({ item }) => item)
  const agreedIn = new Map(readOut.map(({ item, turn }) => [item, turn]))
  // A clause that was agreed stands among the clauses.
  const results = readOut.filter(({ item }) => !plan.some(({ id }) => id === item)).map((item): Told => {
    const kind = item.kind === 'joint' || item.kind === 'decision' ? kindOf[item.kind] : 'order'
    // The same thing done again is another thing to compare: the second with the second.
    const key = `${kind}/${item.item}/${item.teams.join('+')}`
    const n = (times.get(key) ?? 0) + 1
    times.set(key, n)
    return { id: `${item.item}/${item.teams.join('+')}/${n}`, kind, name: item.name, team: item.teams.length === 1 ? (item.teams[0] ?? null) : null, turn: item.turn, text: item.option, grade: item.grade }
  })
  const sent = new Map(arrivals(entries, 'inbox').flatMap(({ item }) => (item.inject ? [[item.inject, item.turn] as const] : [])))
  return [
    ...(finish ? [{ id: 'end', kind: 'end' as const, name: null, team: null, text: finish.name, turn: last.turn }] : []),
    ...(finish ? Object.entries(finish.points).map(([team, n]): Told => ({ id: team, kind: 'points', name: null, team, n: n ?? 0 })) : []),
    ...results,
    ...plan.map(({ id, name, agreed, options }): Told => ({
      id,
      kind: 'clause',
      name,
      team: null,
      ...(agreed === null ? { status: 'open' } : { turn: agreedIn.get(id) ?? 0, text: options.find((option) => option.id === agreed)?.name ?? null }),
    })),
    ...sheet
      .filter(({ status }) => status !== 'waiting' && status !== 'held')
      .map(({ inject, title, status }): Told => {
        const turn = sent.get(inject)
        return { id: inject, kind: 'inject', name: title, team: null, status, ...(turn === undefined ? {} : { turn }) }
      }),
  ]
}
