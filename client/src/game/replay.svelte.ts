import type { Feed } from './feed'
import type { Source } from './source'

/** A step of a game that can be looked at. */
export interface Step {
  readonly seq: number
  readonly at: number
  readonly turn: number
}

/** What a seat saw after a step. */
export interface Moment<View extends object> {
  readonly view: View
  readonly feeds: Readonly<Record<string, Feed>>
}

/** The speeds at which a game is played back. */
export const speeds = [1, 4, 16, 60] as const

/** One of them. */
export type Speed = (typeof speeds)[number]

/** Idle stretches are not sat through: no step is waited for longer than this, in ms. */
const longestWait = 4000
const shortestWait = 40
const kept = 200

/** A game looked back on: the same views as in play, at any step. */
export class Replay<View extends object> implements Source<View> {
  readonly steps: readonly Step[]
  /** The place in `steps` that is asked for. */
  place = $state(0)
  playing = $state(false)
  speed = $state<Speed>(1)
  /** Whether the view shown is not yet the one asked for. */
  loading = $state(false)
  /** Why the last one could not be had. */
  failed = $state.raw<unknown>()
  readonly presence = {}

  #moment = $state.raw<Moment<View>>()
  #shown = $state(0)
  readonly #load: (seq: number) => Promise<Moment<View>>
  readonly #moments = new Map<number, Promise<Moment<View>>>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(steps: readonly Step[], load: (seq: number) => Promise<Moment<View>>) {
    this.steps = steps
    this.#load = load
  }

  get view(): View | undefined {
    return this.#moment?.view
  }

  get feeds(): Readonly<Record<string, Feed>> {
    return this.#moment?.feeds ?? {}
  }

  /** The time of the step shown. */
  now = (): number => this.steps[this.#shown]?.at ?? 0

  /** Shows a step; the last one asked for wins. */
  goTo = async (place: number): Promise<void> => {
    const last = this.steps.length - 1
    this.place = Math.max(0, Math.min(last, place))
    const asked = this.place
    const step = this.steps[asked]
    if (step === undefined) return
    this.loading = true
    try {
      const moment = await this.#fetch(step.seq)
      if (this.place !== asked) return
      this.#moment = moment
      this.#shown = asked
      this.failed = undefined
    } catch (error) {
      if (this.place !== asked) return
      this.failed = error
      this.pause()
    }
    this.loading = false
  }

  play = (): void => {
    if (this.place >= this.steps.length - 1) void this.goTo(0)
    this.playing = true
    this.#next()
  }

  pause = (): void => {
    this.playing = false
    clearTimeout(this.#timer)
  }

  #next(): void {
    clearTimeout(this.#timer)
    const [here, there] = [this.steps[this.place], this.steps[this.place + 1]]
    if (!here || !there) return this.pause()
    const ahead = this.steps[this.place + 2]
    if (ahead) void this.#fetch(ahead.seq).catch(() => undefined)
    const wait = Math.min(longestWait, Math.max(shortestWait, (there.at - here.at) / this.speed))
    this.#timer = setTimeout(() => void this.#advance(), wait)
  }

  async #advance(): Promise<void> {
    await this.goTo(this.place + 1)
    if (this.playing) this.#next()
  }

  #fetch(seq: number): Promise<Moment<View>> {
    const known = this.#moments.get(seq)
    if (known) return known
    const moment = this.#load(seq)
    moment.catch(() => this.#moments.delete(seq))
    this.#moments.set(seq, moment)
    const [oldest] = this.#moments.keys()
    if (this.#moments.size > kept && oldest !== undefined) this.#moments.delete(oldest)
    return moment
  }
}
