import { createContext } from 'svelte'
import type { Entry } from '../../game/recording'
import { seams } from '../../game/playback'
import { Replay } from '../../game/replay.svelte'
import type { Mark, Tick } from '../../parts/timeline'
import type { Eyes, View } from '../../protocol'
import { plain, t } from '../../words/words.svelte'
import { arrivals } from './arrivals'
import { capitals, causes, causesOf, told, type Cause, type Told } from './causes'
import { courses, type Course } from './courses'
import { keyMoments } from './keymoments'
import { pieces } from './knowledge'
import type { Page } from './link'
import { ticks } from './ticks'

/** What is asked about: a track, all of it or at one entry; or one cause and all that it moved. */
export type Question = { readonly track: string; readonly seq?: number } | { readonly cause: Cause }

const none: readonly Entry[] = []

/** A game looked back on: the replay, and what can be learnt from all of it. */
export class Review {
  readonly replay = new Replay()
  page = $state<Page>('course')
  question = $state.raw<Question>()

  /** The whole truth, as far as it has arrived; until then what the eyes in use saw. */
  readonly truth = $derived.by(() => this.replay.recordings.control?.entries ?? this.replay.entries)
  readonly last = $derived(Math.max(1, this.truth.length - 1))
  readonly place = $derived.by(() => this.truth.findLastIndex(({ seq }) => seq <= this.replay.seq))
  readonly moments = $derived.by(() => keyMoments(this.truth))
  readonly causes = $derived.by(() => causes(this.truth))
  readonly results = $derived.by(() => arrivals(this.truth, 'results'))
  readonly pieces = $derived.by(() => pieces(this.replay.recordings.control?.entries ?? none))
  readonly marks = $derived.by(() => {
    const edited = this.truth.at(-1)?.view.mark_words ?? {}
    return arrivals(this.truth, 'marks').map((mark) => ({ ...mark, item: { ...mark.item, ...edited[mark.item.id] } }))
  })
  readonly ticks: readonly Tick[] = $derived.by(() => ticks(this.truth, this.moments))
  readonly seams = $derived.by(() => seams(this.truth))
  readonly truths: ReadonlyMap<string, Course> = $derived.by(() => courses(this.truth))
  readonly courses: ReadonlyMap<string, Course> = $derived.by(() =>
    this.replay.eyes === 'control' ? this.truths : courses(this.replay.entries),
  )
  readonly told: Told = $derived.by(() =>
    Object.fromEntries(
      capitals.flatMap((eyes) => {
        const recording = this.replay.recordings[eyes]
        return recording?.whole ? [[eyes, told(recording.entries)]] : []
      }),
    ),
  )

  /** What is asked about, answered: causes in order. */
  readonly answer: readonly Cause[] = $derived.by(() => {
    const { question } = this
    if (!question) return []
    if ('cause' in question) return [question.cause]
    const all = causesOf(this.causes, question.track)
    return question.seq === undefined ? all : all.filter(({ entry }) => entry.seq === question.seq)
  })

  /** What control saw at the cursor: names, turns and rules, for everything that is said about the game. */
  get view(): View | undefined {
    return this.truth[Math.max(0, this.place)]?.view
  }

  /** The view at the end of what has arrived. */
  get ending(): View | undefined {
    return this.truth.at(-1)?.view
  }

  /** White-cell marks for the timeline. */
  get pins(): Mark[] {
    return this.marks.map(({ entry, item }) => ({ seq: entry.seq, label: item.text || t('review.mark.bare') }))
  }

  /** "Turn 3 · Flight", of an entry; before the first turn the plan phase, where there was one. */
  turnName = (turn: number): string => {
    const named = this.ending?.now.turns.find(({ number }) => number === turn)
    return named ? `${t('time.turn', { n: turn })} · ${plain(named.name)}` : t(this.ending?.game.plan_phase ? 'time.plan' : 'phase.lobby')
  }

  /** Shows an entry. */
  seek = (seq: number): void => this.replay.seek(seq)

  /** Looks through other eyes, at the same moment. */
  look = (eyes: Eyes): void => {
    this.replay.eyes = eyes
  }

  /** Asks why, and goes there. */
  ask = (question: Question, seq?: number): void => {
    this.question = question
    if (seq !== undefined) this.seek(seq)
  }
}

export const [useReview, provideReview] = createContext<Review>()
