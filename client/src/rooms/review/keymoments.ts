import type { Entry } from '../../game/recording'
import type { Capital, ProposalSeen, Text } from '../../protocol'
import { arrivals, turnsOf } from './arrivals'
import { causes, type Cause } from './causes'

/** What makes a moment one to come back to. */
export type Kind = 'ladder' | 'swing' | 'decision' | 'mishap' | 'agreed' | 'refused' | 'untold' | 'ruling' | 'stop' | 'end'

/** All kinds, in the order in which they are offered. */
export const kinds: readonly Kind[] = ['ladder', 'swing', 'decision', 'mishap', 'agreed', 'refused', 'untold', 'ruling', 'stop', 'end']

/** A moment to come back to: what happened, whose doing it was, and what it moved. */
export interface KeyMoment {
  readonly id: string
  readonly kind: Kind
  readonly place: number
  readonly entry: Entry
  /** How much it matters beside the others. */
  readonly weight: number
  readonly name: Text | null
  readonly teams: readonly Capital[]
  /** What people said about it. */
  readonly words: string
  /** Who was not told, or did not agree. */
  readonly others: readonly Capital[]
  /** The answer that was given to a decision. */
  readonly option: Text | null
  /** The rung that was reached, on the ladder. */
  readonly rung: number | null
  readonly cause: Cause | null
  /** What was done, where what it moved is told apart from it. */
  readonly subject: string | null
}

/** How large a share of their ranges a cause must move tracks by in all, to be one. */
const large = 0.12

/** All moments worth coming back to, in order. */
export function keyMoments(entries: readonly Entry[]): KeyMoment[] {
  return [
    ...swings(entries),
    ...outcomes(entries),
    ...proposals(entries),
    ...orders(entries),
    ...stops(entries),
  ].sort((a, b) => a.place - b.place)
}

/** The weightiest of them, in order. */
export function weightiest(moments: readonly KeyMoment[], most: number): KeyMoment[] {
  const ranked = [...moments].sort((a, b) => b.weight - a.weight).slice(0, most)
  return moments.filter((moment) => ranked.includes(moment))
}

type Found = Pick<KeyMoment, 'kind' | 'place' | 'entry' | 'weight'> & Partial<KeyMoment>

function moment(found: Found): KeyMoment {
  const id = `${found.kind}/${found.entry.seq}/${found.id ?? ''}`
  return { name: null, teams: [], words: '', others: [], option: null, rung: null, cause: null, subject: null, ...found, id }
}

function swings(entries: readonly Entry[]): KeyMoment[] {
  return causes(entries).flatMap((cause) => {
    const { place, entry, why } = cause
    const tracks = new Map(entry.view.tracks.map((track) => [track.id, track]))
    const rungs = entry.view.game.ladder_track
    const step = cause.changes.findLast(({ track }) => track === rungs)
    const shares = cause.changes.map(({ track, before, after }) => {
      const { min = 0, max = 100 } = tracks.get(track) ?? {}
      return Math.abs(after - before) / Math.max(1, max - min)
    })
    const weight = shares.reduce((sum, share) => sum + share, 0)
    const rule = why?.rule ? entry.view.rules[why.rule] : undefined
    const base = { id: cause.id, place, entry, name: rule?.name ?? why?.name ?? null, words: why?.note ?? '', cause }
    if (step) return [moment({ ...base, kind: 'ladder', weight: 1 + weight, rung: step.after })]
    return weight >= large ? [moment({ ...base, kind: 'swing', weight })] : []
  })
}

function outcomes(entries: readonly Entry[]): KeyMoment[] {
  return arrivals(entries, 'results').flatMap(({ place, entry, item }) => {
    const { id, name, teams, option, untold } = item
    const base = { id, place, entry, name, teams, option, others: untold, subject: item.item }
    return [
      ...(item.kind === 'decision' ? [moment({ ...base, kind: 'decision', weight: 0.8, words: item.reason })] : []),
      ...(item.mishap ? [moment({ ...base, kind: 'mishap', weight: 1.2 })] : []),
      ...(item.ruling !== null ? [moment({ ...base, kind: 'ruling', weight: 0.3, words: item.ruling })] : []),
    ]
  })
}

function proposals(entries: readonly Entry[]): KeyMoment[] {
  return turnsOf(entries, ({ view }) => view.table).flatMap(({ place, entry, before = [], after }) =>
    after.flatMap((proposal) => {
      const was = before.find(({ id }) => id === proposal.id)?.status
      const { id, status, name, who } = proposal
      if (status === was) return []
      if (status === 'agreed') return [moment({ id, kind: 'agreed', place, entry, weight: 0.9, name, teams: who })]
      if (status !== 'refused') return []
      const [others, words] = refusal(proposal)
      return [moment({ id, kind: 'refused', place, entry, weight: 0.9, name, teams: [proposal.by], others, words })]
    }),
  )
}

function refusal({ stands, who }: ProposalSeen): [teams: Capital[], words: string] {
  const against = who.filter((team) => stands[team]?.stand === 'refuses')
  return [against, against.map((team) => stands[team]?.reason ?? '').join(' ')]
}

function orders(entries: readonly Entry[]): KeyMoment[] {
  return turnsOf(entries, ({ view }) => view.orders).flatMap(({ place, entry, before = [], after }) =>
    after
      .filter(({ id, untold }) => untold.length > 0 && !before.some((each) => each.id === id))
      .map(({ id, team, action, untold, reason }) => {
        const name = entry.view.deck.find((card) => card.id === action)?.name ?? null
        return moment({ id, kind: 'untold', place, entry, weight: 0.25 + untold.length * 0.1, name, teams: [team], others: untold, words: reason })
      }),
  )
}

function stops(entries: readonly Entry[]): KeyMoment[] {
  return turnsOf(entries, ({ view }) => view.now).flatMap(({ place, entry, before, after }) => [
    ...(after.banner !== null && before?.banner !== after.banner
      ? [moment({ kind: 'stop' as const, place, entry, weight: 5, words: after.banner })]
      : []),
    ...(after.phase === 'ended' && before?.phase !== 'ended'
      ? [moment({ kind: 'end' as const, place, entry, weight: 10, name: entry.view.finish?.name ?? null, words: entry.view.finish?.note ?? '' })]
      : []),
  ])
}
