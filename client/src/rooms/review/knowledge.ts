import type { Entry } from '../../game/recording'
import type { Capital, ConsultItem, InjectItem } from '../../protocol'
import { arrivals, turnsOf } from './arrivals'
import { capitals } from './causes'

/** When something was opened, and at which seat. */
export interface Reading {
  readonly seat: string
  readonly entry: Entry
}

/** What one capital got: all of it, some of its seats alone, its own doing, or nothing. */
export interface Share {
  readonly got: 'team' | 'seats' | 'sender' | 'none'
  /** The seats that got it, where not the whole team did. */
  readonly seats: readonly string[]
  /** Who opened it when, in order. Notes are not marked as read. */
  readonly readings: readonly Reading[]
}

/** A piece of knowledge: who was given it, and when. */
export interface Piece {
  readonly id: string
  readonly entry: Entry
  readonly inject: InjectItem | null
  readonly note: ConsultItem | null
  readonly shares: Readonly<Record<Capital, Share>>
  /** The entry at which it was taken back. */
  readonly recalled: number | null
  /** Whether some capital was not given it. */
  readonly uneven: boolean
}

/** Everything that anybody was told, as control's eyes saw it. */
export function pieces(entries: readonly Entry[]): Piece[] {
  const { readings, recalled } = marks(entries)
  const injects = arrivals(entries, 'inbox').map(({ entry, item }) =>
    piece({ id: item.id, entry, inject: item, note: null, recalled: recalled.get(item.id) ?? null }, (team) => {
      const own = (readings.get(item.id) ?? []).filter(({ seat }) => seat.startsWith(`${team}.`))
      const seats = item.to.filter((to) => to.startsWith(`${team}.`))
      const whole = item.to.includes('all') || item.to.includes(team)
      return { got: whole ? 'team' : seats.length > 0 ? 'seats' : 'none', seats: whole ? [] : seats, readings: own }
    }),
  )
  const notes = arrivals(entries, 'consults').map(({ entry, item }) =>
    piece({ id: item.id, entry, inject: null, note: item, recalled: null }, (team) => ({
      got: item.team === team ? 'sender' : item.to.includes(team) ? 'team' : 'none',
      seats: [],
      readings: [],
    })),
  )
  return [...injects, ...notes].sort((a, b) => a.entry.seq - b.entry.seq)
}

/** The flashes, in order: the news of which everybody asks first who knew it when. */
export function flashes(pieces: readonly Piece[]): Piece[] {
  return pieces.filter(({ inject }) => inject?.method === 'flash')
}

/** Who had opened it by an entry. */
export function readBy({ readings }: Share, seq: number): readonly Reading[] {
  return readings.filter(({ entry }) => entry.seq <= seq)
}

function piece(base: Omit<Piece, 'shares' | 'uneven'>, share: (team: Capital) => Share): Piece {
  const shares = Object.fromEntries(capitals.map((team) => [team, share(team)])) as Record<Capital, Share>
  return { ...base, shares, uneven: capitals.some((team) => shares[team].got === 'none' || shares[team].got === 'seats') }
}

function marks(entries: readonly Entry[]): { readings: Map<string, Reading[]>; recalled: Map<string, number> } {
  const readings = new Map<string, Reading[]>()
  const recalled = new Map<string, number>()
  for (const { entry, after } of turnsOf(entries, ({ view }) => view.inject_marks)) {
    for (const [id, mark] of Object.entries(after)) {
      const known = readings.get(id) ?? []
      readings.set(id, known)
      for (const seat of mark.readers)
        if (!known.some((reading) => reading.seat === seat)) known.push({ seat, entry })
      if (mark.recalled !== null && !recalled.has(id)) recalled.set(id, entry.seq)
    }
  }
  return { readings, recalled }
}
