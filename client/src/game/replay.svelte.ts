import type { Eyes, ReviewLine, View } from '../protocol'
import { readLines } from './api'
import type { Held } from './feed'
import { changed, type Moment } from './moment'
import { nobody, type Source } from './source'

/** The speeds at which a game is played back. */
export const speeds = [1, 4, 16, 60] as const

/** One of them. */
export type Speed = (typeof speeds)[number]

/** Idle stretches are not sat through: no entry is waited for longer than this, in ms. */
const longestWait = 4000
const shortestWait = 40
/** Every so many entries the moment is kept, so that going back need not begin at the beginning. */
const apart = 64

const nothing: Held = {}

/** A game looked back on: the very same changes as in play, up to any entry. */
export class Replay implements Source {
  lines = $state.raw<readonly ReviewLine[]>([])
  /** The place in `lines` that is shown. */
  place = $state(0)
  playing = $state(false)
  speed = $state<Speed>(1)
  /** Whether entries are still arriving. */
  loading = $state(false)
  readonly presence = nobody

  #moment = $state.raw<Moment>()
  #kept: Moment[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #loading: AbortController | undefined

  get view(): View | undefined {
    return this.#moment?.view
  }

  get feeds(): Held {
    return this.#moment?.feeds ?? nothing
  }

  get line(): ReviewLine | undefined {
    return this.lines[this.place]
  }

  /** The time of the entry shown. */
  now = (): number => this.line?.at ?? 0

  /** Fetches a game as some eyes saw it, and stays at the entry that is shown. */
  load = async (game: string, eyes: Eyes, token: string | undefined): Promise<void> => {
    this.#loading?.abort()
    const loading = new AbortController()
    this.#loading = loading
    this.loading = true
    try {
      const path = `/review/${encodeURIComponent(game)}?eyes=${eyes}`
      const lines: ReviewLine[] = []
      for await (const line of readLines<ReviewLine>(path, { token, signal: loading.signal })) lines.push(line)
      if (this.#loading === loading) this.take(lines)
    } catch (error) {
      if (this.#loading === loading) throw error
    } finally {
      if (this.#loading === loading) this.loading = false
    }
  }

  /** Takes up a game's entries, and stays at the entry that is shown if they have it. */
  take(lines: readonly ReviewLine[]): void {
    const seq = this.line?.seq ?? 0
    this.lines = lines
    this.#kept = []
    const same = lines.findLastIndex((line) => line.seq <= seq)
    this.goTo(same)
  }

  /** Shows an entry. */
  goTo = (place: number): void => {
    this.place = Math.max(0, Math.min(this.lines.length - 1, Math.round(place)))
    this.#moment = this.#at(this.place)
  }

  play = (): void => {
    if (this.place >= this.lines.length - 1) this.goTo(0)
    this.playing = true
    this.#next()
  }

  pause = (): void => {
    this.playing = false
    clearTimeout(this.#timer)
  }

  #next(): void {
    clearTimeout(this.#timer)
    const [here, there] = [this.lines[this.place], this.lines[this.place + 1]]
    if (!here || !there) return this.pause()
    const wait = Math.min(longestWait, Math.max(shortestWait, (there.at - here.at) / this.speed))
    this.#timer = setTimeout(() => {
      this.goTo(this.place + 1)
      if (this.playing) this.#next()
    }, wait)
  }

  /** The moment after an entry: the nearest kept one before it, and the changes since. */
  #at(place: number): Moment | undefined {
    const start = Math.min(Math.floor(place / apart), this.#kept.length) * apart
    let moment = start > 0 ? this.#kept[start / apart - 1] : undefined
    for (let i = start; i <= place; i++) {
      const line = this.lines[i]
      if (line) moment = changed(moment, line.frame)
      if (moment && (i + 1) % apart === 0) this.#kept[(i + 1) / apart - 1] = moment
    }
    return moment
  }
}
