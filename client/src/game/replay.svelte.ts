import type { Eyes, ReviewLine, View } from '../protocol'
import { ApiError, readLines } from './api'
import type { Held } from './feed'
import { gap, type Gap, type Speed } from './playback'
import { placeOf, record, recorded, type Entry } from './recording'
import { nobody, type Source } from './source'

/** All eyes, in the order in which they are offered. */
export const everyEyes: readonly Eyes[] = ['control', 'washington', 'tokyo', 'seoul', 'public']

/** A game as certain eyes saw it, as far as it has arrived. */
export interface Recording {
  readonly entries: readonly Entry[]
  readonly whole: boolean
}

/** A step to another place. While entries are still to come it may not be known where it leads: then nothing. */
export type Move = (entries: readonly Entry[], place: number, whole: boolean) => number | undefined

/** Entries that arrive are shown no more often than this, in ms. */
const beat = 300

const nothing: Recording = { entries: [], whole: false }
const none: Held = {}

/** A game looked back on: one cursor, and everything else follows from it and from whose eyes are looked through. */
export class Replay implements Source {
  /** Whose eyes are looked through. */
  eyes = $state<Eyes>('control')
  /** The number of the entry that is shown; the nearest before it, where these eyes have no such entry. */
  seq = $state(1)
  playing = $state(false)
  /** The time that is passed over just now, while playing. */
  passing = $state.raw<Gap>()
  recordings = $state.raw<Partial<Record<Eyes, Recording>>>({})
  readonly presence = nobody

  /** Steps that wait for entries still to come, the first first. */
  #moves = $state.raw<readonly Move[]>([])
  #speed = $state<Speed>(1)
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #loading = new AbortController()

  readonly #recording = $derived(this.recordings[this.eyes] ?? nothing)
  readonly #place = $derived(placeOf(this.#recording.entries, this.seq))
  readonly #entry = $derived(this.#recording.entries[this.#place])
  readonly #view = $derived(this.#entry?.view)
  readonly #feeds = $derived(this.#entry?.feeds ?? none)

  /** The game as the eyes in use saw it. */
  get recording(): Recording {
    return this.#recording
  }

  get entries(): readonly Entry[] {
    return this.#recording.entries
  }

  /** The place of the cursor among the entries. */
  get place(): number {
    return this.#place
  }

  get entry(): Entry | undefined {
    return this.#entry
  }

  get view(): View | undefined {
    return this.#view
  }

  get feeds(): Held {
    return this.#feeds
  }

  /** Whether where one wants to be has not arrived yet. */
  get ahead(): boolean {
    const { entries, whole } = this.#recording
    return !whole && (this.#moves.length > 0 || this.seq > (entries.at(-1)?.seq ?? 0))
  }

  get speed(): Speed {
    return this.#speed
  }

  set speed(speed: Speed) {
    this.#speed = speed
    if (this.playing) this.#next()
  }

  /** The time of the entry shown. */
  now = (): number => this.entry?.at ?? 0

  /** Fetches a game as some eyes saw it; what has arrived can be looked at meanwhile. */
  load = async (game: string, eyes: Eyes, token: string | undefined, line?: string): Promise<void> => {
    if (this.recordings[eyes]) return
    const path = `/review/${encodeURIComponent(game)}?eyes=${eyes}${line === undefined ? '' : `&line=${encodeURIComponent(line)}`}`
    const entries: Entry[] = []
    let shown = performance.now()
    this.#show(eyes, entries, false)
    try {
      for await (const line of readLines<ReviewLine>(path, { token, signal: this.#loading.signal })) {
        entries.push(recorded(entries.at(-1), line))
        if (performance.now() - shown < beat) continue
        this.#show(eyes, entries, false)
        shown = performance.now()
      }
      this.#show(eyes, entries, true)
    } catch (error) {
      this.recordings = { ...this.recordings, [eyes]: undefined }
      if (!this.#loading.signal.aborted) throw error
    }
  }

  /** Fetches a game through these eyes first, then through all others, one after the other. */
  loadAll = async (game: string, token: string | undefined, line?: string): Promise<void> => {
    await this.load(game, this.eyes, token, line)
    for (const eyes of everyEyes) {
      try {
        await this.load(game, eyes, token, line)
      } catch (error) {
        // A scenario need not have a seat with such eyes.
        if (!(error instanceof ApiError) || error.code !== 'no_eyes') throw error
      }
    }
  }

  /** Takes up a game as some eyes saw it. */
  take(eyes: Eyes, lines: readonly ReviewLine[]): void {
    this.#show(eyes, record(lines), true)
  }

  /** Leaves: nothing more is fetched or played. */
  close(): void {
    this.#loading.abort()
    this.pause()
  }

  /** Shows the entry at a place. */
  goTo = (place: number): void => {
    const entry = this.entries[Math.max(0, Math.min(this.entries.length - 1, Math.round(place)))]
    if (entry) this.seek(entry.seq)
    else if (place <= 0) this.seek(1)
  }

  /** Shows the entry with a number, as soon as it has arrived. */
  seek = (seq: number): void => {
    this.#moves = []
    this.seq = seq
    if (this.playing) this.#next()
  }

  /** Shows the last entry there will be; until it has arrived, the last that has. */
  end = (): void => {
    this.seek(Number.MAX_SAFE_INTEGER)
    this.move((entries, _, whole) => (whole ? entries.length - 1 : undefined))
  }

  /** Takes a step after those that wait, as soon as it is known where it leads. */
  move = (move: Move): void => {
    this.#moves = [...this.#moves, move]
    this.#settle()
  }

  play = (): void => {
    if (this.place >= this.entries.length - 1) this.goTo(0)
    this.playing = true
    this.#next()
  }

  pause = (): void => {
    this.playing = false
    this.passing = undefined
    clearTimeout(this.#timer)
  }

  #show(eyes: Eyes, entries: readonly Entry[], whole: boolean): void {
    this.recordings = { ...this.recordings, [eyes]: { entries: whole ? entries : [...entries], whole } }
    if (eyes === this.eyes) this.#settle()
  }

  #settle(): void {
    const { entries, whole } = this.#recording
    for (let [move, ...rest] = this.#moves; move; [move, ...rest] = this.#moves) {
      const entry = entries[move(entries, this.#place, whole) ?? -1]
      if (!entry && !whole) return
      this.#moves = rest
      if (!entry) continue
      this.seq = entry.seq
      if (this.playing) this.#next()
    }
  }

  #next(): void {
    clearTimeout(this.#timer)
    const [here, there] = [this.entries[this.place], this.entries[this.place + 1]]
    if (!here || !there) return this.pause()
    this.passing = gap(here.at, there.at, this.speed)
    this.#timer = setTimeout(() => {
      this.seq = there.seq
      this.#next()
    }, this.passing.wait)
  }
}
