import { getContext, setContext, type Snippet } from 'svelte'
import { explain, Refused } from '../../game/refused'
import type { Held } from '../../game/feed'
import { exercise } from '../../game/clock'
import { beat } from '../../game/seconds.svelte'
import type { Source } from '../../game/source'
import { notices } from '../../parts/notices.svelte'
import type { ChangeItem, CommandType, Eyes, InjectItem, MarkItem, MessageItem, PreviewSeen, SeatCommand, View } from '../../protocol'
import { plain, t, words } from '../../words/words.svelte'
import { failure } from '../seat/refusal'
import { blank, type Draft } from './templates'
import { linesOf, momentOf, type Line } from './sheet'

/** Something asked once before it is done: precisely what, and the verb that does it. */
export interface Question {
  readonly title: string
  readonly confirm: string
  readonly danger?: boolean
  /** What it means, below the question. */
  readonly body?: Snippet
  readonly say?: string
  /** Words that go with it, such as the reason. */
  readonly words?: {
    readonly label: string
    readonly hint?: string
    readonly value?: string
    readonly required?: boolean
    readonly rows?: number
    readonly max?: number
    /** Ready words to begin with. */
    readonly ready?: readonly string[]
  }
  run(words: string): Promise<void> | void
}

/** A panel of the control room. */
export type PanelName = 'sheet' | 'desk' | 'state' | 'teams' | 'requests' | 'rooms' | 'marks'

/** Everything that can hold the eye of the one who looks through somebody else's. */
export type Looking = Exclude<Eyes, 'control'>

/** The white cell at work: what it sees, what it asks for, and what lies open on its table. */
export class Cell {
  readonly source: Source
  readonly game: string
  readonly seat: string

  /** The question on the screen. */
  question = $state.raw<Question>()
  composing = $state(false)
  draft = $state.raw<Draft>(blank(words.language))
  /** The line of the run sheet that is chosen, and whether it is open. */
  chosen = $state<string>()
  open = $state<string>()
  /** The result on the desk that is open. */
  result = $state<string>()
  /** The track whose history is open. */
  track = $state<string>()
  /** Whose screen is being looked at. */
  looking = $state<Looking>()
  /** Which of the panels that share a place is in front. */
  front = $state<PanelName>('rooms')
  room = $state<string>()
  /** Whether the list of keys is open. */
  keys = $state(false)
  /** When the key for a mark was last pressed, in wall ms: words about it may follow. */
  marking = $state(0)
  /** What is being written, by the place where it is written: a reload does not cost it. */
  readonly drafts = $state<Record<string, string>>({})
  /** How many messages of each room have been seen. */
  seen = $state.raw<Readonly<Record<string, number>>>({})

  constructor(source: Source, game: string, seat: string) {
    this.source = source
    this.game = game
    this.seat = seat
  }

  /** What control sees. The room is drawn only once there is a view. */
  get view(): View {
    const { view } = this.source
    if (!view) throw new Error('the control room is drawn before its first view')
    return view
  }

  get feeds(): Held {
    return this.source.feeds
  }

  get inbox(): readonly InjectItem[] {
    return this.feeds.inbox?.items ?? []
  }

  get changes(): readonly ChangeItem[] {
    return this.feeds.changes?.items ?? []
  }

  get marks(): readonly MarkItem[] {
    return this.feeds.marks?.items ?? []
  }

  messages(room: string): readonly MessageItem[] {
    return this.feeds[`room/${room}`]?.items ?? []
  }

  readonly lines: readonly Line[] = $derived.by(() => {
    beat()
    return linesOf(this.view.sheet, momentOf(this.view, this.source.now()))
  })

  /** Exercise time now; whoever reads it is worked out again every second. */
  get at(): number {
    beat()
    return exercise(this.view.clock, this.source.now())
  }

  /** Whether this seat may send such a command now. */
  can(type: CommandType): boolean {
    return this.source.send !== undefined && this.view.can.includes(type)
  }

  /** Asks for something and waits until it is stored; throws what the server refuses. */
  async send(command: SeatCommand): Promise<void> {
    if (!this.source.send) throw new Refused('read-only', t('control.readonly'))
    try {
      await this.source.send(command)
    } catch (error) {
      throw this.#inWords(error)
    }
  }

  /** What a command would change; throws what the server refuses. */
  async preview(command: SeatCommand): Promise<PreviewSeen> {
    if (!this.source.preview) throw new Refused('read-only', t('control.readonly'))
    try {
      return await this.source.preview(command)
    } catch (error) {
      throw this.#inWords(error)
    }
  }

  /** A refusal in the reader's language. English is the server's own: it has the very numbers. */
  #inWords(error: unknown): unknown {
    if (!(error instanceof Refused) || words.language === 'en') return error
    const { now, tracks, terms } = this.view
    const { say, instead } = failure(error, { phase: now.phase, tracks, terms })
    return new Refused(error.code, say, instead)
  }

  /** Asks for something; a refusal is told beside the page. Tells whether it was done. */
  async do(command: SeatCommand, done?: string): Promise<boolean> {
    try {
      await this.send(command)
      if (done !== undefined) notices.say(done)
      return true
    } catch (error) {
      if (error instanceof Refused) notices.say(plain(error.say), { more: plain(error.instead), problem: true })
      else notices.say(explain(error), { problem: true })
      return false
    }
  }

  /** Puts a question on the screen. */
  ask(question: Question): void {
    this.question = question
  }

  /** Begins an inject, with some of it filled in. */
  compose(start: Partial<Draft> = {}): void {
    this.draft = { ...this.draft, ...start }
    this.composing = true
  }

  /** Opens a room, and takes what is in it as seen. */
  enter(room: string): void {
    this.room = room
    this.front = 'rooms'
    this.look(room)
  }

  /** Takes what is in a room as seen. */
  look(room: string): void {
    const total = this.total(room)
    if (this.seen[room] !== total) this.seen = { ...this.seen, [room]: total }
  }

  /** How many messages a room has that nobody here has looked at; none where one only looks back. */
  fresh(room: string): number {
    if (this.source.send === undefined) return 0
    return Math.max(0, this.total(room) - (this.seen[room] ?? 0))
  }

  total(room: string): number {
    const feed = this.feeds[`room/${room}`]
    return feed ? feed.from + feed.items.length : 0
  }
}

const key = Symbol('cell')

/** Gives the cell to everything in the room. */
export function provide(cell: Cell): Cell {
  return setContext(key, cell)
}

/** The cell of the room. */
export function cellHere(): Cell {
  return getContext<Cell>(key)
}
