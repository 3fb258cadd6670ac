import {
  PROTOCOL,
  SUBPROTOCOL,
  type ClientFrame,
  type FeedName,
  type Frame,
  type Presence,
  type PreviewSeen,
  type SeatCommand,
  type View,
} from '../protocol'
import { t } from '../words/words.svelte'
import { backoff, penance } from './backoff'
import { lengthened, type Feed, type Held } from './feed'
import { changed, renewed, type Moment } from './moment'
import { Outbox, uuid } from './outbox'
import { Refused } from './refused'
import { nobody, type Source } from './source'
import { closed, longest, type Socket } from './wire'

/** How the connection is: not yet made, made, or lost and being made again. */
export type Online = 'connecting' | 'live' | 'away'

/** Why there will be no connection any more. */
export type Ended = 'unknown' | 'revoked' | 'version'

export interface Options {
  readonly game: string
  readonly seat: string
  readonly token: string
  /** Opens a socket; replaced in tests. */
  readonly socket?: (url: string, subprotocol: string) => Socket
  readonly random?: () => number
  /** Where unanswered commands outlive a reload. */
  readonly storage?: Storage
}

/** An open socket that has said nothing for this long, in ms, while it owes an answer, is taken for dead. */
const patience = 15_000
/** A connection that held this long, in ms, was a good one: the next loss is a new one. */
const settled = 5_000
/** Asleep or hidden for this long, in ms, a socket is not trusted. */
const nap = 30_000
/** Writing on and on is said again after this long, in ms. */
const afresh = 3_000

const none: Held = {}

/** A live game: what this seat sees, and how it asks for things. */
export class Game implements Source {
  presence = $state.raw<Presence>(nobody)
  online = $state<Online>('connecting')
  /** Set when it is over for this browser; the reason has words under `ended.`. */
  ended = $state<Ended>()
  /** How many commands have no answer yet. */
  waiting = $state(0)
  /** The last refusal, until the room puts it away. */
  refused = $state.raw<Refused>()

  readonly #options: Options
  readonly #outbox: Outbox
  readonly #pages = new Map<string, { feed: string; done: (found: boolean) => void }>()
  readonly #previews = new Map<string, { done: (seen: PreviewSeen) => void; failed: (why: Refused) => void }>()
  #moment = $state.raw<Moment>()
  #offset = $state(0)
  #socket: Socket | undefined
  #fresh = false
  #attempt = 0
  #liveSince = 0
  #line: string | undefined
  #hiddenSince = 0
  #typed: { room: string | null; at: number } = { room: null, at: 0 }
  #again: ReturnType<typeof setTimeout> | undefined
  #watch: ReturnType<typeof setTimeout> | undefined

  constructor(options: Options) {
    this.#options = options
    const { storage, game, seat } = options
    this.#outbox = new Outbox(storage && { storage, key: `outbox:${game}:${seat}` })
    this.waiting = this.#outbox.size
  }

  get view(): View | undefined {
    return this.#moment?.view
  }

  get feeds(): Held {
    return this.#moment?.feeds ?? none
  }

  /** Connects, and stays connected until `close`. */
  open(): void {
    window.addEventListener('online', this.#renew)
    window.addEventListener('offline', this.#lose)
    document.addEventListener('visibilitychange', this.#look)
    this.#connect()
  }

  /** Leaves for good. */
  close(): void {
    window.removeEventListener('online', this.#renew)
    window.removeEventListener('offline', this.#lose)
    document.removeEventListener('visibilitychange', this.#look)
    clearTimeout(this.#again)
    this.#drop()
  }

  /** The server's wall clock in ms. */
  now = (): number => Date.now() + this.#offset

  /** Asks; resolves when it is stored, rejects with `Refused`. It is asked again until it is answered. */
  send = (command: SeatCommand): Promise<void> => {
    if (this.ended) return this.#no(new Refused('ended', t(`ended.${this.ended}`)))
    const id = uuid()
    if (new TextEncoder().encode(JSON.stringify(command)).length > longest)
      return this.#no(new Refused('too-long', t('refused.long'), t('refused.long.instead')))
    const { frame, answer } = this.#outbox.add(id, command)
    this.waiting = this.#outbox.size
    if (this.online === 'live') this.#write(frame)
    // The room shows `refused`; whoever does not wait for the answer need not catch it.
    answer.catch(() => undefined)
    return answer
  }

  /** Asks what a ruling would change; nothing is done. It is not asked again if the connection is lost. */
  preview = (command: SeatCommand): Promise<PreviewSeen> => {
    if (this.online !== 'live') return Promise.reject(new Refused('away', t('online.away')))
    const id = uuid()
    this.#write(written({ id, preview: command }))
    return new Promise((done, failed) => this.#previews.set(id, { done, failed }))
  }

  /** Fetches the page before a feed's first item; false if there is none or the connection was lost. */
  older = (feed: FeedName): Promise<boolean> => {
    const before = this.feeds[feed]?.from ?? 0
    const asked = [...this.#pages.values()].some((page) => page.feed === feed)
    if (before === 0 || asked || this.online !== 'live') return Promise.resolve(false)
    const id = uuid()
    this.#write(written({ id, page: { feed, before } }))
    return new Promise((done) => this.#pages.set(id, { feed, done }))
  }

  /** Says in which room one is writing, or in none; lost if there is no connection. */
  typing = (room: string | null): void => {
    const { room: before, at } = this.#typed
    if (this.online !== 'live' || (room === before && Date.now() - at < afresh)) return
    this.#typed = { room, at: Date.now() }
    this.#socket?.send(written({ typing: room }))
  }

  #no(why: Refused): Promise<never> {
    this.refused = why
    return Promise.reject(why)
  }

  #connect(): void {
    clearTimeout(this.#again)
    if (this.ended) return
    const { game, seat, token, socket: opened = browserSocket } = this.#options
    const socket = opened(address(game, seat), SUBPROTOCOL)
    this.#socket = socket
    this.#expect()
    socket.onopen = () => socket.send(written({ session: token }))
    socket.onmessage = ({ data }) => this.#receive(data)
    socket.onclose = ({ code }) => this.#closed(code)
  }

  #receive(data: unknown): void {
    const frame = read(data)
    if (frame === undefined) return this.#lose()
    if (frame.hello) this.#greet(frame.hello)
    if (frame.view || frame.feeds) this.#show(frame)
    if (frame.presence) this.presence = frame.presence
    if (frame.page) this.#turn(frame.page)
    if (frame.foreseen) {
      this.#previews.get(frame.foreseen.id)?.done(frame.foreseen.preview)
      this.#previews.delete(frame.foreseen.id)
    }
    // Answers last: whoever waited for one finds its effect in the view.
    if (frame.ok !== undefined) this.#outbox.accept(frame.ok)
    if (frame.no) this.#refuse(frame.no)
    this.waiting = this.#outbox.size
    this.#expect()
  }

  #greet(hello: NonNullable<Frame['hello']>): void {
    if (hello.protocol !== PROTOCOL) return this.#end('version')
    this.#offset = hello.now - Date.now()
    this.#fresh = true
    this.#liveSince = Date.now()
    this.online = 'live'
    // The game goes on from another point: what was asked of the line before is not meant for this one.
    if (this.#line !== undefined && this.#line !== hello.line) this.#outbox.refuseAll(new Refused('moved', t('refused.moved'), t('refused.moved.instead')))
    this.#line = hello.line
    for (const frame of this.#outbox.frames) this.#write(frame)
  }

  #show(frame: Frame): void {
    this.#moment = (this.#fresh ? renewed : changed)(this.#moment, frame)
    this.#fresh = false
  }

  #turn(page: NonNullable<Frame['page']>): void {
    const longer = lengthened((this.feeds as Readonly<Record<string, Feed<unknown>>>)[page.feed], page)
    if (longer && this.#moment) this.#moment = { ...this.#moment, feeds: { ...this.feeds, [page.feed]: longer } }
    this.#pages.get(page.id)?.done(page.items.length > 0)
    this.#pages.delete(page.id)
  }

  #refuse({ id, code, say, instead }: NonNullable<Frame['no']>): void {
    const why = new Refused(code, say, instead)
    if (this.#outbox.refuse(id, why)) this.refused = why
    this.#pages.get(id)?.done(false)
    this.#pages.delete(id)
    this.#previews.get(id)?.failed(why)
    this.#previews.delete(id)
  }

  #closed(code: number): void {
    this.#drop()
    if (code === closed.unknown) return this.#end('unknown')
    if (code === closed.revoked) return this.#end('revoked')
    if (code === closed.fault || code === closed.type) this.#giveUp('blameOldest')
    if (code === closed.large) this.#giveUp('blameLongest')
    this.#later(code === closed.fast ? penance(this.#options.random ?? Math.random) : undefined)
  }

  #giveUp(how: 'blameOldest' | 'blameLongest'): void {
    const why =
      how === 'blameLongest'
        ? new Refused('too-long', t('refused.long'), t('refused.long.instead'))
        : new Refused('fault', t('refused.fault'), t('refused.fault.instead'))
    if (this.#outbox[how](why)) this.refused = why
    this.waiting = this.#outbox.size
  }

  #end(why: Ended): void {
    this.#drop()
    this.ended = why
    // A new version of the page can still bring what is waiting; a stranger cannot.
    if (why !== 'version') this.#outbox.refuseAll(new Refused('ended', t(`ended.${why}`)))
    this.waiting = this.#outbox.size
  }

  /** Lets go of the socket without a word to it. */
  #drop(): void {
    clearTimeout(this.#watch)
    if (this.online === 'live' && Date.now() - this.#liveSince >= settled) this.#attempt = 0
    if (this.online === 'live') this.online = 'away'
    for (const { done } of this.#pages.values()) done(false)
    this.#pages.clear()
    for (const { failed } of this.#previews.values()) failed(new Refused('away', t('online.away')))
    this.#previews.clear()
    const socket = this.#socket
    this.#socket = undefined
    if (socket === undefined) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close(1000)
  }

  #write(text: string): void {
    this.#socket?.send(text)
    this.#expect()
  }

  /** A dead line tells nobody: if something is owed and nothing comes, begin anew. */
  #expect(): void {
    clearTimeout(this.#watch)
    const owed = this.online !== 'live' || this.#outbox.size > 0 || this.#pages.size > 0
    if (this.#socket && owed) this.#watch = setTimeout(this.#renew, patience)
  }

  /** Connects at once, whatever there was. */
  readonly #renew = (): void => {
    this.#drop()
    this.#connect()
  }

  readonly #lose = (): void => {
    this.#drop()
    this.#later()
  }

  #later(wait?: number): void {
    const { random = Math.random } = this.#options
    clearTimeout(this.#again)
    this.#again = setTimeout(() => this.#connect(), wait ?? backoff(this.#attempt++, random))
  }

  readonly #look = (): void => {
    if (document.visibilityState === 'hidden') this.#hiddenSince = Date.now()
    else if (this.#socket === undefined || Date.now() - this.#hiddenSince > nap) this.#renew()
  }
}

function written(frame: ClientFrame): string {
  return JSON.stringify(frame)
}

function read(data: unknown): Frame | undefined {
  try {
    return JSON.parse(String(data)) as Frame
  } catch {
    return undefined
  }
}

function address(game: string, seat: string): string {
  const { protocol: scheme, host } = window.location
  const path = `/api/play/${encodeURIComponent(game)}/${encodeURIComponent(seat)}`
  return `${scheme === 'https:' ? 'wss' : 'ws'}://${host}${path}`
}

function browserSocket(url: string, name: string): Socket {
  return new WebSocket(url, name)
}
