import { createContext } from 'svelte'
import { exercise } from '../../game/clock'
import { beat } from '../../game/seconds.svelte'
import type { Source } from '../../game/source'
import { teamName } from '../../parts/team'
import type { Capital, CommandType, FeedItems, FeedName, RoomSeen, SeatCommand, ToldSeen, TrackSeen, View } from '../../protocol'
import { plain, t, words, type Fill, type Key } from '../../words/words.svelte'
import { roomName } from '../control/names'
import { expected, ours, unanswered, unheard, waits, type Counts } from './expected'
import { exists, same, type Place } from './place'
import { failure, reason, type Around, type Reason } from './refusal'
import { fresh, saidBy, shown, together, unopened, type Seen } from './unread'

const capitals: ReadonlySet<string> = new Set(['washington', 'tokyo', 'seoul'] satisfies Capital[])

/** Refusals that have nothing to do with one card. */
const everywhere: ReadonlySet<string> = new Set(['no_orders_left', 'flash', 'planning'])

/** Under what name it is remembered what a capital has told of a track. */
const toldBy = (track: TrackSeen, { team }: ToldSeen): string => `told/${track.id}/${team}`

/** Phrases that the plan phase, which is no turn, has in words of its own. */
type Timed = { [K in Key]: `${K}.plan` extends Key ? K : never }[Key]

/** A seat's room: what it shows, where one is in it, and what one has seen of it. */
export class Room {
  readonly source: Source
  /** Where one is. */
  place = $state.raw<Place>({ kind: 'inbox' })
  /** Whether the map and the tracks stand beside the middle, and the list of places too. */
  wide = $state(true)
  narrow = $state(false)
  /** What one has begun to write, by the place where it is written. */
  readonly drafts = $state<Record<string, string>>({})
  /** Injects that are unfolded. */
  readonly open = $state<Record<string, boolean>>({})
  /** Whether the name is being asked for, by the person's own wish. */
  naming = $state(false)
  /** Counts presses of the search key: the inbox takes the focus when it grows. */
  searches = $state(0)
  /** The draft that is to be gone on with, until its field has taken the focus. */
  writing = $state<string>()
  /** The action whose order has just been sealed, until it has been brought into sight. */
  sealed = $state<string>()
  /** The joint action that has just been put on the table, or waits there for an answer, likewise. */
  put = $state<string>()

  readonly #memory: string | undefined
  #seen = $state.raw<Seen>({})
  /** Whether this browser has never been in the room. */
  #new: boolean
  #view = $derived.by(() => {
    const { view } = this.source
    if (view === undefined) throw new Error('a room is drawn only when there is a view')
    return view
  })

  readonly injects = $derived.by(() => together(this.items('inbox'), this.items('personal')))
  readonly unopened = $derived.by(() => (this.may('ReadInject') ? unopened(this.injects, this.view.inject_marks) : []))
  readonly decision = $derived.by(() => ours(this.view))
  readonly unanswered = $derived.by(() => unanswered(this.view))
  /** Arguments of others to which one's capital has added nothing. */
  readonly argued = $derived.by(() => unheard(this.view))
  readonly seats = $derived.by(() => new Map(this.view.roster.seats.map((seat) => [seat.seat, seat])))
  readonly tracks = $derived.by(() => new Map(this.view.tracks.map((track) => [track.id, track])))
  /** The capitals at the table besides one's own. */
  readonly others = $derived.by(() =>
    this.view.game.teams.map(({ id }) => id).filter((id): id is Capital => capitals.has(id) && id !== this.view.me.eyes),
  )
  readonly over = $derived.by(() => {
    const { clock, now } = this.view
    return now.phase === 'play' && (clock.held?.since ?? this.elapsed) > clock.deadline
  })
  readonly #counts = $derived.by(
    (): Counts => ({
      unopened: this.unopened.length,
      // One of an earlier turn is history, to be read with the rest.
      flash: this.unopened.some(({ method, turn }) => method === 'flash' && turn === this.view.now.turn),
      results: this.unseen('results'),
      over: this.over,
      live: this.live,
    }),
  )
  readonly expected = $derived.by(() => expected(this.view, this.#counts))
  /** Everything that waits on this seat, the most pressing first. */
  readonly waits = $derived.by(() => waits(this.view, this.#counts))
  /** What is open among the orders: a decision, a vote, or an argument of others that one may speak to. */
  readonly ordering = $derived.by(() => {
    const votes = this.waits.filter(({ what }) => what === 'vote').length
    const decides = this.view.now.phase === 'play' && this.decision?.chosen === null
    const count = votes + (decides ? 1 : 0) || this.argued.length
    return { count, waiting: votes > 0 || (decides && this.may('Choose')) }
  })
  /** How many tracks others have told of what has not been looked at. */
  readonly reports = $derived.by(() => this.view.tracks.filter((track) => this.unheard(track) > 0).length)
  /** The seat that decides for this capital if nobody sits there. */
  readonly vacant = $derived.by(() => {
    const { authority, seat } = this.view.me
    if (!authority || authority === seat || this.seats.get(authority)?.person !== null) return undefined
    return this.view.now.phase === 'lobby' || this.view.now.phase === 'play' ? authority : undefined
  })

  /** `memory` names what this browser has seen of a game, so that it outlives a reload. */
  constructor(source: Source, memory?: string) {
    this.source = source
    this.#memory = memory && `seen:${memory}`
    const recalled = this.#recall()
    this.#new = recalled === undefined
    this.#seen = recalled ?? {}
  }

  get view(): View {
    return this.#view
  }

  /** Whether anything can be sent at all. */
  get live(): boolean {
    return this.source.send !== undefined
  }

  /** Exercise time now, in ms; it goes on by itself. */
  get elapsed(): number {
    beat()
    return exercise(this.view.clock, this.source.now())
  }

  /** What is needed to put a refusal in words. */
  get around(): Around {
    const { now, tracks, terms } = this.view
    return { phase: now.phase, tracks, terms }
  }

  /** The items of a list, oldest first. */
  items<Name extends FeedName>(name: Name): readonly FeedItems[Name][] {
    return (this.source.feeds[name]?.items ?? []) as readonly FeedItems[Name][]
  }

  /** Whether older items of a list can be fetched. */
  longer(name: FeedName): boolean {
    return this.source.older !== undefined && (this.source.feeds[name]?.from ?? 0) > 0
  }

  /** Whether this seat may send such a command now. */
  may(type: CommandType): boolean {
    return this.live && this.view.can.includes(type)
  }

  /** Sends it; rejects with the refusal, which is shown at the place that asked. */
  send = async (command: SeatCommand): Promise<void> => {
    await this.source.send?.(command)
  }

  /** Why something was refused, in words. */
  failure = (error: unknown): Reason => failure(error, this.around)

  /** What keeps everything of the menu from being done now: then no line of it needs to repeat it. */
  general = (kind: string): Reason | undefined => {
    const { phase } = this.view.now
    if (this.view.budget === null) return undefined
    if (phase === 'lobby') return { say: t('no.opens'), instead: t('no.opens.instead') }
    if (phase !== 'play') return { say: t(`no.phase.${phase}`), instead: t(`no.phase.${phase}.instead`) }
    const reasons = this.view.deck
      .filter((card) => card.kind === kind)
      .map((card) => this.view.offers[card.id]?.no)
    const first = reasons[0]
    return first && everywhere.has(first.code) && reasons.every((no) => no?.code === first.code)
      ? this.reason(first)
      : undefined
  }

  /** Why something cannot be done, as the view says it, in words. */
  reason = (no: { code: string; say: string; instead: string }): Reason => reason(no, this.around)

  /** A phrase about the turn, as it is said of the plan phase while that lasts. */
  said = <K extends Timed>(key: K, ...values: Fill<K>): string =>
    t((this.view.now.planning ? `${key}.plan` : key) as K, ...values)

  go = (place: Place): void => {
    if (exists(place, this.view)) this.place = place
  }

  /** Goes to a room with something already written there; nothing is sent. */
  write(id: string, draft: string, words: string): void {
    const written = this.drafts[draft]?.trim() ?? ''
    if (!written.includes(words)) this.drafts[draft] = [written, words].filter(Boolean).join('\n')
    this.writing = draft
    this.go({ kind: 'room', id })
  }

  /** Whether this browser is in the room for the first time; from now on it is not. */
  arrive(): boolean {
    if (!this.#new || !this.live) return false
    this.#new = false
    // What was read out before one came is no news.
    this.#keep(shown(this.#seen, 'results', this.source.feeds.results))
    return true
  }

  at(place: Place): boolean {
    return same(this.place, place)
  }

  /** How many items of a list are new to this browser; nothing is new where nothing is remembered. */
  unseen(name: 'results' | 'notes' | 'answers' | `room/${string}`): number {
    if (this.#memory === undefined) return 0
    const { feeds } = this.source
    const seen = this.#seen[name]
    if (name === 'results') return fresh(feeds.results, seen)
    if (name === 'notes') return fresh(feeds.consults, seen, ({ team }) => team === this.view.me.team)
    if (name === 'answers') return Math.max(0, this.#answers - (seen ?? 0))
    return fresh(feeds[name], seen, saidBy(this.view.me.seat))
  }

  /** How many items of a list this browser had shown. */
  seen(name: string): number {
    return this.#seen[name] ?? 0
  }

  /** Remembers that a list was shown to its end. */
  look(name: 'results' | 'notes' | 'answers' | `room/${string}`): void {
    if (this.#memory === undefined) return
    const feed = name === 'notes' ? this.source.feeds.consults : name === 'answers' ? undefined : this.source.feeds[name]
    const after =
      name === 'answers' ? { ...this.#seen, answers: this.#answers } : shown(this.#seen, name, feed)
    if (after === this.#seen || after[name] === this.#seen[name]) return
    this.#keep(after)
  }

  /** How many capitals have told of a track what this browser has not shown. */
  unheard(track: TrackSeen): number {
    if (this.#memory === undefined) return 0
    return track.told.filter((told) => (this.#seen[toldBy(track, told)] ?? 0) < told.as_of + 1).length
  }

  /** Remembers that what others have told of a track was shown. */
  hear(track: TrackSeen): void {
    if (this.unheard(track) === 0) return
    const heard = track.told.map((told) => [toldBy(track, told), told.as_of + 1] as const)
    this.#keep({ ...this.#seen, ...Object.fromEntries(heard) })
  }

  /** Everything that is new, and the first place to look at for it. */
  readonly news = $derived.by(() => {
    const places: { place: Place; count: number }[] = [
      { place: { kind: 'inbox' }, count: this.unopened.length },
      { place: { kind: 'results' }, count: this.unseen('results') },
      { place: { kind: 'notes' }, count: this.unseen('notes') },
      ...this.view.tracks.map((track) => ({ place: { kind: 'track' as const, id: track.id }, count: this.unheard(track) })),
      ...this.view.rooms.map((room) => ({
        place: { kind: 'room' as const, id: room.id },
        count: this.unseen(`room/${room.id}`) + (room.kind === 'control' ? this.unseen('answers') : 0),
      })),
    ]
    const unlooked = places.filter(({ count }) => count > 0)
    return {
      count: unlooked.reduce((sum, { count }) => sum + count, 0),
      first: unlooked[0]?.place,
    }
  })

  /** What a room of talk is called. */
  roomName(room: RoomSeen): string {
    // Whoever sees every room has none of its own: each is named by who is in it.
    if (this.view.me.eyes === 'control') return roomName(room)
    if (room.kind === 'own') return t('room.own')
    if (room.kind === 'control' || room.kind === 'white') return t('room.control')
    if (room.kind === 'trilateral') return t('room.trilateral')
    const others = room.teams.filter((team) => team !== this.view.me.eyes)
    return t('room.with', { teams: others.map((team) => this.team(team)).join('–') })
  }

  /** A team's name. */
  team(id: string): string {
    return teamName(id, this.view.game.teams.find((team) => team.id === id)?.name)
  }

  /** Several teams' names as a list. */
  teams(ids: readonly string[]): string {
    return new Intl.ListFormat(words.language).format(ids.map((id) => this.team(id)))
  }

  /** What a chair is called. */
  seat(id: string | null): string {
    return id === null ? t('seat.nobody') : plain(this.seats.get(id)?.name ?? id)
  }

  /** Who holds a chair; empty if nobody does. */
  person(seat: string | null): string {
    const handle = seat === null ? null : this.seats.get(seat)?.person
    return handle ? (this.view.roster.people[handle] ?? '') : ''
  }

  /** A chair and who holds it. */
  who(seat: string | null): string {
    const person = this.person(seat)
    return person ? t('seat.who', { person, seat: this.seat(seat) }) : this.seat(seat)
  }

  #keep(seen: Seen): void {
    this.#seen = seen
    try {
      if (this.#memory !== undefined) localStorage.setItem(this.#memory, JSON.stringify(seen))
    } catch {
      // Without storage everything is new again after a reload; nothing else is lost.
    }
  }

  get #answers(): number {
    return this.view.requests.filter(({ answer }) => answer !== null).length
  }

  #recall(): Seen | undefined {
    if (this.#memory === undefined) return {}
    try {
      const kept = localStorage.getItem(this.#memory)
      return kept === null ? undefined : (JSON.parse(kept) as Seen)
    } catch {
      return {}
    }
  }
}

export const [useRoom, provideRoom] = createContext<Room>()
