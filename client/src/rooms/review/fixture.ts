import { record, type Entry } from '../../game/recording'
import type { ChangeItem, ConsultItem, InjectItem, MarkItem, ReviewLine, ResultItem, TrackSeen, View, WhySeen } from '../../protocol'

/** What an entry of a made-up game brings, where it is not the usual. */
interface Brings {
  readonly view?: Partial<Record<keyof View, unknown>>
  readonly changes?: readonly ChangeItem[]
  readonly results?: readonly Partial<ResultItem>[]
  readonly inbox?: readonly Partial<InjectItem>[]
  readonly consults?: readonly Partial<ConsultItem>[]
  readonly marks?: readonly Partial<MarkItem>[]
  readonly turn?: number
  readonly at?: number
}

const start = {
  game: { ladder: [{ en: 'Calm' }, { en: 'Launch' }, { en: 'War' }], ladder_track: 'rungs' },
  tracks: [track('coord', 40), track('rungs', 0, { max: 2, word: null })],
  rules: { R02: { name: { en: 'Consult' }, say: {}, sources: [] } },
  table: [],
  orders: [],
  deck: [],
  inject_marks: {},
  now: { phase: 'play', banner: null },
}

/** A made-up game for tests: one entry a second, with what each brings. */
export function game(...brings: readonly Brings[]): Entry[] {
  const counts: Record<string, number> = {}
  return record(
    brings.map(({ view, turn = 1, at, ...feeds }, i): ReviewLine => {
      const runs = Object.entries(feeds).map(([name, items]) => {
        const from = counts[name] ?? 0
        counts[name] = from + items.length
        return [name, { from, items }]
      })
      const frame = { view: i === 0 ? { ...start, ...view } : view, feeds: Object.fromEntries(runs) }
      return { seq: i + 1, at: at ?? (i + 1) * 1000, turn, phase: 'play', type: 'Tick', seat: 'house', frame: frame as never }
    }),
  )
}

/** A track of a made-up game. */
export function track(id: string, value: number | null, more: Partial<TrackSeen> = {}): TrackSeen {
  const name = { en: id }
  return { id, name, value, min: 0, max: 100, word: { en: 'low' }, low: null, high: null, visible: 'public', ...more } as TrackSeen
}

/** A change of a made-up game, and why. */
export function change(id: string, before: number, after: number, why: Partial<WhySeen> | null = {}): ChangeItem {
  const whole = why && { cause: 'action', subject: 'US-K01', name: { en: 'Call' }, rule: null, inputs: {}, scaled: [], dice: [], grade: null, sources: [], note: '', ...why }
  return { track: id, before, after, turn: 1, at: 0, why: whole }
}
