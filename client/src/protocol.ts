// Written by `make types` from the Python types: rules/seen/, rules/commands.py,
// server/frames.py and server/bodies.py. Never edited by hand.

export const PROTOCOL = 1

export const SUBPROTOCOL = 'alliance.v1'

export type Text = Readonly<Record<string, string>>

export type Capital = 'washington' | 'tokyo' | 'seoul'

export type Eyes = 'public' | 'washington' | 'tokyo' | 'seoul' | 'control'

export type Right = 'speak' | 'commit' | 'run' | 'adjudicate' | 'voice'

export type Grade = 'great' | 'ok' | 'part' | 'bad'

export type Style = 'rigid' | 'semi_rigid' | 'matrix' | 'consensual' | 'free'

export type Side = 'for' | 'against'

export type Weight = 'strong_for' | 'weak_for' | 'none' | 'weak_against' | 'strong_against'

export type Method = 'news' | 'cable' | 'intelligence' | 'situation' | 'flash' | 'phone'

export type Confidence = 'low' | 'moderate' | 'high'

export type Phase = 'lobby' | 'play' | 'adjudication' | 'readout' | 'ended'

export type SheetStatus = 'waiting' | 'held' | 'released' | 'skipped' | 'recalled'

export type Temperament = 'cooperative' | 'selfish' | 'random'

/** What one seat may see, and may do now. Feeds travel beside it. */
export interface View {
  readonly game: GameSeen
  readonly me: MeSeen
  readonly sources: Readonly<Record<string, SourceSeen>>
  readonly rules: Readonly<Record<string, RuleSeen>>
  readonly brief: BriefSeen | null
  readonly objectives: readonly ObjectiveSeen[]
  readonly deck: readonly DeckSeen[]
  readonly offers: Readonly<Record<string, OfferSeen>>
  readonly can: readonly CommandType[]
  readonly clock: ClockSeen
  readonly now: NowSeen
  readonly roster: RosterSeen
  readonly tracks: readonly TrackSeen[]
  readonly terms: Readonly<Record<string, Text>>
  readonly inject_marks: Readonly<Record<string, InjectMark>>
  readonly orders: readonly OrderSeen[]
  readonly arguments: readonly ArgumentSeen[]
  readonly amended: Readonly<Record<string, readonly AmendedSeen[]>>
  readonly styles: StylesSeen | null
  readonly budget: BudgetSeen | null
  readonly table: readonly ProposalSeen[]
  readonly plan: readonly ClauseSeen[]
  readonly decisions: readonly DecisionSeen[]
  readonly map: MapSeen
  readonly rooms: readonly RoomSeen[]
  readonly requests: readonly RequestSeen[]
  readonly finish: FinishSeen | null
  readonly seals: readonly SealSeen[]
  readonly sheet: readonly SheetSeen[]
  readonly desk: readonly DeskSeen[]
  readonly forecast: ForecastSeen | null
  readonly health: readonly HealthSeen[]
  readonly mark_words: Readonly<Record<string, MarkWordsSeen>>
  readonly underway: readonly UnderwaySeen[]
  readonly processes: readonly ProcessSeen[]
}

/** What is being played. Never changes. */
export interface GameSeen {
  readonly title: string
  readonly scenario: string
  readonly name: Text
  readonly summary: Text
  readonly setting: Text
  readonly marking: Text
  readonly languages: readonly string[]
  readonly teams: readonly TeamSeen[]
  readonly voices: Readonly<Record<string, Text>>
  readonly turns: number
  readonly plan_phase: PlanPhaseSeen | null
  readonly commitment: string
  readonly ladder: readonly Text[]
  readonly ladder_track: string | null
}

/** A team by name. */
export interface TeamSeen {
  readonly id: string
  readonly name: Text
}

/** Time before the first turn to work on the plan, and what each capital may spend on it. */
export interface PlanPhaseSeen {
  readonly minutes: number
  readonly points: number
}

/** The seat itself, and who commits for its team. */
export interface MeSeen {
  readonly seat: string
  readonly team: string
  readonly name: Text
  readonly task: Text
  readonly rights: readonly Right[]
  readonly eyes: Eyes
  readonly person: string | null
  readonly authority: string | null
  readonly voices: readonly string[]
}

/** Where the paper, or a dated event, says so. */
export interface SourceSeen {
  readonly cite: string
  readonly say: Text
}

/** A rule of the book. */
export interface RuleSeen {
  readonly name: Text
  readonly say: Text
  readonly sources: readonly string[]
}

/** A capital's brief. Observers with public eyes have none. */
export interface BriefSeen {
  readonly public: Text
  readonly secret: Text
  readonly red_line_public: Text
  readonly red_line_secret: Text
  readonly advice: Text
  readonly facts: readonly Text[]
}

/** What a capital wants, and whether it holds now (None: only known at the end). */
export interface ObjectiveSeen {
  readonly id: string
  readonly team: Capital
  readonly name: Text
  readonly points: number
  readonly secret: boolean
  readonly met: boolean | null
}

/** An action or joint action that this team has, as printed: it never changes. */
export interface DeckSeen {
  readonly id: string
  readonly kind: string
  readonly team: Capital | null
  readonly name: Text
  readonly say: Text
  readonly uses: number
  readonly tags: readonly string[]
  readonly consult: readonly Capital[]
  readonly target: boolean
  readonly who: readonly Capital[]
  readonly text: Text | null
  readonly options: readonly OptionSeen[]
  readonly known: string
  readonly delay: number
  readonly sources: readonly string[]
  readonly least: number | null
  readonly silence: boolean
  readonly caveats: readonly StandardSeen[]
}

/**
 * One answer to a decision, or what a joint action or clause may take up.
 *
 * `caveats` are ready for it.
 */
export interface OptionSeen {
  readonly id: string
  readonly name: Text
  readonly say: Text
  readonly caveats: readonly StandardSeen[]
}

/** A caveat that may be attached to a text, and which capitals may. */
export interface StandardSeen {
  readonly id: string
  readonly name: Text
  readonly say: Text
  readonly by: readonly Capital[]
}

/**
 * What an item of the deck costs and may do now, and how its result will be arrived at.
 *
 * `closed` are options it may not take up.
 */
export interface OfferSeen {
  readonly cost: number
  readonly uses_left: number
  readonly chance: Chance | null
  readonly no: RefusalSeen | null
  readonly style: Style
  readonly closed: readonly string[]
}

/**
 * How likely each grade is, in thirty-sixths, with the modifiers this seat may know.
 *
 * `more`: factors this seat cannot see may count as well.
 */
export interface Chance {
  readonly target: number
  readonly modifiers: readonly OddSeen[]
  readonly more: boolean
  readonly great: number
  readonly ok: number
  readonly part: number
  readonly bad: number
}

/** One modifier and why: a rule's id, or None for the item's own. */
export interface OddSeen {
  readonly rule: string | null
  readonly say: Text | null
  readonly add: number
  readonly inputs: Readonly<Record<string, number>>
}

/** Why not, and what to do instead. */
export interface RefusalSeen {
  readonly code: string
  readonly say: string
  readonly instead: string
}

/**
 * The exercise clock; browsers let it tick themselves. `why` says why it stands still.
 *
 * `deadline` is one's own; `held` says since when and why control has paused one's own capital.
 */
export interface ClockSeen {
  readonly running: boolean
  readonly why: string
  readonly elapsed: number
  readonly since: number | null
  readonly rate: number
  readonly opened: number
  readonly deadline: number
  readonly automatic: boolean
  readonly held: Held | null
}

/** A capital that control has paused, since exercise time `since`. */
export interface Held {
  readonly since: number
  readonly why: string
}

/** Where the game is. `planning`: in the plan phase, before the first turn. */
export interface NowSeen {
  readonly phase: Phase
  readonly turn: number
  readonly planning: boolean
  readonly turns: readonly TurnSeen[]
  readonly banner: string | null
  readonly away: Away | null
  readonly review: boolean
}

/** A turn that has begun. */
export interface TurnSeen {
  readonly number: number
  readonly name: Text
  readonly world: Text
  readonly say: Text
  readonly minutes: number
  readonly orders: number
  readonly flash: boolean
}

/** The server was away from `since` for `ms`; the exercise clock waited. */
export interface Away {
  readonly since: number
  readonly ms: number
}

/** Who is who. `people` maps handles to the names people gave. */
export interface RosterSeen {
  readonly seats: readonly SeatSeen[]
  readonly people: Readonly<Record<string, string>>
}

/** A chair and who holds it (a key of `people`). */
export interface SeatSeen {
  readonly seat: string
  readonly team: string
  readonly name: Text
  readonly person: string | null
}

/**
 * A track, exactly (`value`) or as a band. `word` says it in words.
 *
 * `told` is what other capitals have said of it, `given` what they were told by this one, and
 * `share` are those that may be told now.
 */
export interface TrackSeen {
  readonly id: string
  readonly name: Text
  readonly say: Text
  readonly min: number
  readonly max: number
  readonly start: number | null
  readonly value: number | null
  readonly before: number | null
  readonly word: Text | null
  readonly low: number | null
  readonly high: number | null
  readonly confidence: Confidence | null
  readonly source: Text | null
  readonly as_of: number | null
  readonly told: readonly ToldSeen[]
  readonly given: readonly ToldSeen[]
  readonly share: readonly Capital[]
  readonly visible: string
  readonly unit: Text | null
}

/** What another capital has told of a track, or was told: a band, as of a turn. */
export interface ToldSeen {
  readonly team: Capital
  readonly low: number
  readonly high: number
  readonly as_of: number
}

/**
 * What can change about a received inject. `readers` is for control alone.
 *
 * `owed` holds what one's own capital owes; for control, what any does.
 */
export interface InjectMark {
  readonly read: boolean
  readonly recalled: string | null
  readonly readers: readonly string[]
  readonly owed: Readonly<Partial<Record<Capital, OwedSeen>>>
}

/** The response that control expects of a capital until `due`; `at` once it is in. */
export interface OwedSeen {
  readonly due: number
  readonly at: number | null
  readonly text: string
  readonly seat: string | null
}

/** A sealed order of this team. */
export interface OrderSeen {
  readonly id: string
  readonly team: Capital
  readonly action: string
  readonly target: Capital | null
  readonly reason: string
  readonly seat: string
  readonly cost: number
  readonly at: number
  readonly chance: Chance | null
  readonly untold: readonly Capital[]
  readonly wanted: string
}

/**
 * A case that this seat may hear. `chance` is with the reasons judged so far.
 *
 * `open` while more may be said; `votes` are one's own, and all for control.
 */
export interface ArgumentSeen {
  readonly id: string
  readonly teams: readonly Capital[]
  readonly item: string | null
  readonly action: Text
  readonly wanted: string
  readonly points: readonly PointSeen[]
  readonly chance: Chance | null
  readonly open: boolean
  readonly style: Style
  readonly heard: readonly Capital[]
  readonly asked: readonly Capital[]
  readonly votes: Readonly<Partial<Record<Capital, VoteSeen>>>
}

/** A reason for or against; `judged` once control has weighed it. */
export interface PointSeen {
  readonly id: string
  readonly team: string
  readonly side: Side
  readonly text: string
  readonly judged: Weight | null
}

/** How a capital says that something came out. */
export interface VoteSeen {
  readonly grade: Grade
  readonly reason: string
}

/** A later ruling on a result that this seat was read out; it is why its `changes` came. */
export interface AmendedSeen {
  readonly ruling: string
  readonly grade: Grade | null
  readonly text: string
  readonly recomputed: boolean
  readonly told: boolean
  readonly changes: readonly ChangeItem[]
  readonly turn: number
  readonly at: number
}

/** A track that moved; `why` is None where the reason is not this seat's to know. */
export interface ChangeItem {
  readonly track: string
  readonly before: number
  readonly after: number
  readonly turn: number
  readonly at: number
  readonly why: WhySeen | null
}

/** Why a track moved, for those who may know it. */
export interface WhySeen {
  readonly cause: string
  readonly subject: string
  readonly name: Text | null
  readonly rule: string | null
  readonly inputs: Readonly<Record<string, number>>
  readonly scaled: readonly string[]
  readonly dice: readonly number[]
  readonly grade: Grade | null
  readonly sources: readonly string[]
  readonly note: string
}

/** How results are adjudicated, for control: what was chosen for the turn, and by item. */
export interface StylesSeen {
  readonly turn: Style | null
  readonly chosen: Readonly<Record<string, Style>>
  readonly items: Readonly<Record<string, Style>>
}

/** What a capital has left this turn; `argue` is why it may not argue for another action. */
export interface BudgetSeen {
  readonly points: number
  readonly orders_left: number
  readonly ready: boolean
  readonly argued: number
  readonly argue: RefusalSeen | null
}

/**
 * A joint action or clause on the table, for its parties.
 *
 * `parties` go ahead once it is agreed; until then `missing` are in the way.
 */
export interface ProposalSeen {
  readonly id: string
  readonly joint: string
  readonly name: Text
  readonly by: Capital
  readonly who: readonly Capital[]
  readonly text: string
  readonly option: string | null
  readonly version: number
  readonly stands: Readonly<Partial<Record<Capital, StandSeen>>>
  readonly deadline: number
  readonly status: string
  readonly cost: number
  readonly chance: Chance | null
  readonly caveats: readonly CaveatSeen[]
  readonly foreseen: readonly StandardSeen[]
  readonly silence: boolean
  readonly parties: readonly Capital[]
  readonly missing: readonly BlockSeen[]
  readonly least: number
  readonly revision: Revision | null
}

/**
 * How a capital stands to a proposal, since when, and why; `met`: its proviso, if it has one.
 *
 * `silent`: it said nothing in time, which is consent.
 */
export interface StandSeen {
  readonly stand: string
  readonly seat: string | null
  readonly at: number
  readonly reason: string
  readonly proviso: Proviso | null
  readonly met: boolean
  readonly silent: boolean
}

/** What a consent waits for: another capital's, or that a clause stands (on `option`). */
export interface Proviso {
  readonly capital: Capital | null
  readonly clause: string | null
  readonly option: string | null
}

/** A caveat in a text, in its author's words or in the scenario's. */
export interface CaveatSeen {
  readonly team: Capital
  readonly text: string
  readonly standard: string | null
  readonly name: Text | null
  readonly say: Text | null
}

/** Whose consent is missing, since when, and why: open, refuses, or waits for its proviso. */
export interface BlockSeen {
  readonly team: Capital
  readonly since: number
  readonly why: 'open' | 'refuses' | 'proviso'
}

/** Whose change made the present version of a text, and when; `caveat`: by attaching one. */
export interface Revision {
  readonly by: Capital
  readonly at: number
  readonly caveat: boolean
}

/**
 * A clause of the contingency plan. `agreed` is the option it stands on, once it does.
 *
 * `turn` is when that was, 0 for the plan phase; `caveats` are part of it. `friction` is
 * the inject that comes of leaving it open, for control.
 */
export interface ClauseSeen {
  readonly id: string
  readonly name: Text
  readonly say: Text
  readonly options: readonly OptionSeen[]
  readonly defaults: Readonly<Partial<Record<Capital, NationalSeen>>>
  readonly agreed: string | null
  readonly turn: number | null
  readonly at: number | null
  readonly caveats: readonly CaveatSeen[]
  readonly friction: string | null
  readonly sources: readonly string[]
  readonly silence: boolean
}

/** How a capital would go alone, and why. */
export interface NationalSeen {
  readonly option: string
  readonly why: Text
}

/** The turn's own decision, for the capital that must make it. */
export interface DecisionSeen {
  readonly id: string
  readonly team: Capital
  readonly ask: Text
  readonly options: readonly OptionSeen[]
  readonly chosen: string | null
  readonly default: string
  readonly sources: readonly string[]
}

/** The map as this seat may know it. */
export interface MapSeen {
  readonly places: readonly PlaceSeen[]
  readonly assets: readonly AssetSeen[]
  readonly zones: readonly ZoneSeen[]
}

/** A point on the map. */
export interface PlaceSeen {
  readonly id: string
  readonly name: Text
  readonly lon: number
  readonly lat: number
  readonly kind: string
}

/** Something on the map that this seat may know of. */
export interface AssetSeen {
  readonly id: string
  readonly name: Text
  readonly team: string
  readonly kind: string
  readonly at: string
}

/** An area of the map. */
export interface ZoneSeen {
  readonly id: string
  readonly name: Text
  readonly polygon: readonly (readonly [number, number])[]
}

/** A room this seat may read; `speak` says whether it may talk there, `channel` how it works. */
export interface RoomSeen {
  readonly id: string
  readonly teams: readonly string[]
  readonly kind: string
  readonly speak: boolean
  readonly channel: 'open' | 'late' | 'garbled' | 'cut'
  readonly minutes: number
}

/** A request for information and its answer, in words or as an inject in the inbox. */
export interface RequestSeen {
  readonly id: string
  readonly seat: string
  readonly question: string
  readonly at: number
  readonly answer: string | null
  readonly to_all: boolean
  readonly inject: string | null
}

/** How it ended. The `seed` is shown with the review, to be held against the commitment. */
export interface FinishSeen {
  readonly seed: string | null
  readonly end: string | null
  readonly name: Text | null
  readonly say: Text | null
  readonly note: string
  readonly objectives: readonly ObjectiveSeen[]
  readonly points: Readonly<Partial<Record<Capital, number>>>
  readonly aims: readonly Text[]
  readonly debrief: readonly Text[]
}

/** The head of the log after a turn's results. */
export interface SealSeen {
  readonly turn: number
  readonly head: string
}

/** A line of the run sheet: control's alone. `why` control skipped or recalled it. */
export interface SheetSeen {
  readonly inject: string
  readonly status: SheetStatus
  readonly trigger: string
  readonly turn: number | null
  readonly minute: number
  readonly due: number | null
  readonly armed: boolean | null
  readonly to: readonly string[]
  readonly sender: Text
  readonly method: Method
  readonly confidence: Confidence | null
  readonly title: Text
  readonly text: Text | null
  readonly variants: Readonly<Record<string, Text>>
  readonly expect: Text
  readonly condition: string | null
  readonly near: readonly NearSeen[]
  readonly effects: readonly EffectSeen[]
  readonly sources: readonly string[]
  readonly basis: Text | null
  readonly sensitive: boolean
  readonly edited: boolean
  readonly owed: readonly Capital[]
  readonly within: number | null
  readonly links: readonly LinkSeen[]
  readonly off: boolean
  readonly deferred: boolean
  readonly retargeted: boolean
  readonly why: string
}

/** One comparison of a condition, and how near it is. */
export interface NearSeen {
  readonly text: string
  readonly holds: boolean
  readonly left: number | null
  readonly right: number | null
}

/**
 * Something an inject does `when` a condition holds: "flag.offramp on", "begin search".
 *
 * Of a track the `cases` say what becomes of it: the first that holds counts. `formula` is how the
 * scenario has it, where that is more than a number.
 */
export interface EffectSeen {
  readonly does: string
  readonly when: string | null
  readonly cases: readonly CaseSeen[]
  readonly formula: string
}

/**
 * What becomes of a track `when` this holds; without a condition, in all other cases.
 *
 * It moves by `amount`, is set to it, is raised to it at least or lowered to it at most: a number,
 * or an expression. Of the case that holds now, `now` is what the amount comes to.
 */
export interface CaseSeen {
  readonly how: 'by' | 'to' | 'least' | 'most'
  readonly amount: string
  readonly when: string | null
  readonly now: number | null
}

/** What a prepared inject waits for: another to be out, or `answered`; and whether it is so. */
export interface LinkSeen {
  readonly inject: string
  readonly answered: boolean
  readonly made: boolean
}

/**
 * A proposed result on control's desk. `open`: nothing lies there yet that could stand.
 *
 * Of kind "argued" is what no deck holds. `weight` is how much hangs on it.
 */
export interface DeskSeen {
  readonly subject: string
  readonly kind: string
  readonly item: string
  readonly name: Text
  readonly teams: readonly Capital[]
  readonly target: Capital | null
  readonly option: Text | null
  readonly reason: string
  readonly text: string
  readonly caveats: readonly CaveatSeen[]
  readonly notes: readonly NoteSeen[]
  readonly chance: Chance | null
  readonly dice: readonly [number, number] | null
  readonly total: number | null
  readonly grade: Grade | null
  readonly verdict: Grade | null
  readonly mishap: boolean
  readonly untold: readonly Capital[]
  readonly asks: readonly AskSeen[]
  readonly thought: boolean
  readonly settled: boolean
  readonly ruling: string | null
  readonly moves: readonly MoveSeen[]
  readonly sources: readonly string[]
  readonly style: Style
  readonly open: boolean
  readonly outcomes: readonly OutcomeSeen[]
  readonly said: string
  readonly weight: number
}

/** A note on a step; `late` if it came too late to count as telling first. */
export interface NoteSeen {
  readonly team: Capital
  readonly to: readonly Capital[]
  readonly late: boolean
  readonly text: string
}

/** What a rule asks control to find. */
export interface AskSeen {
  readonly finding: string
  readonly ask: Text
  readonly answer: boolean | null
}

/** A change a proposed result would make. */
export interface MoveSeen {
  readonly track: string
  readonly name: Text
  readonly before: number
  readonly after: number
  readonly rule: string | null
}

/** What one grade would do, of a result that waits for its grade. */
export interface OutcomeSeen {
  readonly grade: Grade
  readonly moves: readonly MoveSeen[]
}

/** What the end-of-turn rules would do if results were released now, and the end it makes. */
export interface ForecastSeen {
  readonly moves: readonly MoveSeen[]
  readonly end: string | null
  readonly name: Text | null
}

/**
 * How a capital is doing, for control. `authority` is the seat that commits.
 *
 * Its turn is `due` later than the others' by as long as it was held.
 * `waiting_on` are the proposals that it blocks, the first `waiting_since`.
 */
export interface HealthSeen {
  readonly team: Capital
  readonly authority: string
  readonly points: number
  readonly orders_left: number
  readonly orders: number
  readonly ready: boolean
  readonly held: boolean
  readonly due: number
  readonly unread: readonly string[]
  readonly last_said: number | null
  readonly waiting_on: readonly string[]
  readonly waiting_since: number | null
}

/** What a mark says since its words were changed. */
export interface MarkWordsSeen {
  readonly tag: string
  readonly text: string
}

/** A message of one's own on its way over a slow channel, due at exercise time `due`. */
export interface UnderwaySeen {
  readonly room: string
  readonly seat: string
  readonly text: string
  readonly due: number
}

/** Something under way with a clock of its own: over at `due`, or held with `left` ms to go. */
export interface ProcessSeen {
  readonly id: string
  readonly name: Text
  readonly say: Text
  readonly minutes: number
  readonly status: string
  readonly left: number | null
  readonly due: number | null
}

/**
 * An inject as received; a `sensitive` one carries a content note.
 *
 * `own`: the text is this reader's own, others have another or none.
 */
export interface InjectItem {
  readonly id: string
  readonly inject: string | null
  readonly public: boolean
  readonly to: readonly string[]
  readonly sender: Text
  readonly method: Method
  readonly confidence: Confidence | null
  readonly title: Text
  readonly text: Text | null
  readonly own: boolean
  readonly variants: Readonly<Record<string, Text>>
  readonly sources: readonly string[]
  readonly turn: number
  readonly at: number
  readonly sensitive: boolean
}

/** Something said in a room. `garbled`: words were lost; `sent`: it came later than sent. */
export interface MessageItem {
  readonly id: string
  readonly seat: string
  readonly person: string
  readonly voice: string | null
  readonly text: string
  readonly turn: number
  readonly at: number
  readonly garbled: boolean
  readonly sent: number | null
}

/** A note sent or received. */
export interface ConsultItem {
  readonly id: string
  readonly team: Capital
  readonly to: readonly Capital[]
  readonly action: string | null
  readonly name: Text | null
  readonly text: string
  readonly turn: number
  readonly at: number
  readonly late: boolean
}

/** A result as read out. `reason` is the acting capital's own, for itself and control. */
export interface ResultItem {
  readonly id: string
  readonly kind: string
  readonly item: string
  readonly name: Text
  readonly option: Text | null
  readonly teams: readonly Capital[]
  readonly target: Capital | null
  readonly text: string
  readonly caveats: readonly CaveatSeen[]
  readonly reason: string
  readonly chance: Chance | null
  readonly dice: readonly [number, number] | null
  readonly grade: Grade | null
  readonly mishap: boolean
  readonly untold: readonly Capital[]
  readonly ruling: string | null
  readonly changes: readonly ChangeItem[]
  readonly sources: readonly string[]
  readonly turn: number
  readonly at: number
  readonly style: Style
  readonly said: string
}

/** A marked moment. */
export interface MarkItem {
  readonly id: string
  readonly turn: number
  readonly at: number
  readonly seat: string
  readonly tag: string
  readonly text: string
}

/** Take the seat under a name; with `if_free` only if nobody else holds it. */
export interface SitDown {
  readonly type: 'SitDown'
  readonly name: string
  readonly if_free?: boolean
}

/** Say something in a room; control may speak in a voice. */
export interface SendMessage {
  readonly type: 'SendMessage'
  readonly room: string
  readonly text: string
  readonly voice?: string | null
}

/** Mark an inject as read by this seat. */
export interface ReadInject {
  readonly type: 'ReadInject'
  readonly inject: string
}

/** Give control the response that it expects of this capital to an inject. */
export interface AnswerInject {
  readonly type: 'AnswerInject'
  readonly inject: string
  readonly text: string
}

/** Tell other capitals what is intended before acting. */
export interface SendConsult {
  readonly type: 'SendConsult'
  readonly to: readonly Capital[]
  readonly text: string
  readonly action?: string | null
}

/** Tell another capital what one's own sources say of a track. */
export interface ShareIntel {
  readonly type: 'ShareIntel'
  readonly track: string
  readonly to: Capital
}

/** Seal an order, with the reason for it, and the result wanted where that is argued. */
export interface CommitOrder {
  readonly type: 'CommitOrder'
  readonly action: string
  readonly reason: string
  readonly target?: Capital | null
  readonly wanted?: string
}

/** Argue for an action that no deck holds: what is done, the result wanted, and the reasons. */
export interface ArgueAction {
  readonly type: 'ArgueAction'
  readonly action: string
  readonly wanted: string
  readonly reasons: readonly string[]
  readonly language: string
}

/** Say what speaks for an argument, or against it. */
export interface AddPoint {
  readonly type: 'AddPoint'
  readonly argument: string
  readonly side: Side
  readonly text: string
}

/** Say how something came out, when control asks for agreement; may be changed. */
export interface CastVote {
  readonly type: 'CastVote'
  readonly argument: string
  readonly grade: Grade
  readonly reason?: string
}

/** Take a sealed order back, or an action argued for, before the turn closes. */
export interface WithdrawOrder {
  readonly type: 'WithdrawOrder'
  readonly order: string
}

/** Tell control that the team is done with the turn, or is not after all. */
export interface DeclareReady {
  readonly type: 'DeclareReady'
  readonly ready: boolean
}

/** Hand the right to commit and consent, or the lead, to another seat of the team. */
export interface HandOver {
  readonly type: 'HandOver'
  readonly seat: string
}

/**
 * Put a joint action on the table; proposing is consenting. Minutes until it lapses.
 *
 * For a clause of the plan, `joint` is the clause, and `option` what it is to lay down. With
 * `silence` those who have said nothing when the minutes are over have consented.
 */
export interface ProposeJoint {
  readonly type: 'ProposeJoint'
  readonly joint: string
  readonly text: string
  readonly minutes?: number | null
  readonly option?: string | null
  readonly silence?: boolean
  readonly proviso?: Proviso | null
}

/** Change the text, or the option of a clause; the others must consent anew. */
export interface AmendJoint {
  readonly type: 'AmendJoint'
  readonly proposal: string
  readonly text: string
  readonly option?: string | null
}

/**
 * Consent to exactly this version of the text; with a caveat, the others must see it first.
 *
 * A `caveat` in words of one's own or a `standard` one becomes part of the text. With a `proviso`
 * the consent counts only once that is so.
 */
export interface ConsentJoint {
  readonly type: 'ConsentJoint'
  readonly proposal: string
  readonly version: number
  readonly caveat?: string | null
  readonly standard?: string | null
  readonly proviso?: Proviso | null
}

/** Refuse a proposal, with the reason. */
export interface RefuseJoint {
  readonly type: 'RefuseJoint'
  readonly proposal: string
  readonly reason: string
}

/** Take consent back before the turn closes; the proposer takes the proposal back. */
export interface WithdrawConsent {
  readonly type: 'WithdrawConsent'
  readonly proposal: string
}

/** Answer the turn's own decision; may be changed until the deadline. */
export interface Choose {
  readonly type: 'Choose'
  readonly decision: string
  readonly option: string
  readonly reason?: string
}

/** Ask control for information. */
export interface AskControl {
  readonly type: 'AskControl'
  readonly question: string
}

/** Open the first turn and start the clock. */
export interface StartGame {
  readonly type: 'StartGame'
}

/** Stop exercise time: for a word, for lunch, or until tomorrow. */
export interface PauseClock {
  readonly type: 'PauseClock'
  readonly why?: string
}

/** Let exercise time run again. */
export interface ResumeClock {
  readonly type: 'ResumeClock'
}

/** Exercise seconds per second: 1000 is real time. */
export interface SetRate {
  readonly type: 'SetRate'
  readonly permille: number
}

/** Move the deadline; from now if it has passed. */
export interface ExtendTurn {
  readonly type: 'ExtendTurn'
  readonly minutes: number
}

/** Close turns at their deadline without asking, or wait for control. */
export interface SetAutomatic {
  readonly type: 'SetAutomatic'
  readonly on: boolean
}

/** Close the turn: orders are final and results proposed. */
export interface EndTurn {
  readonly type: 'EndTurn'
}

/** Open a closed turn again, before its results are out. */
export interface ReopenTurn {
  readonly type: 'ReopenTurn'
  readonly minutes: number
}

/** Choose how results of this turn are adjudicated: one item's, or all. None: as written. */
export interface SetStyle {
  readonly type: 'SetStyle'
  readonly style: Style | null
  readonly item?: string | null
}

/** Let capitals hear an argument, and say what speaks for it or against it. */
export interface LetHear {
  readonly type: 'LetHear'
  readonly argument: string
  readonly to: readonly Capital[]
}

/** Find how much a reason weighs, and to which side. */
export interface JudgePoint {
  readonly type: 'JudgePoint'
  readonly argument: string
  readonly point: string
  readonly weight: Weight
}

/** Throw the dice for an argument whose reasons are all judged. */
export interface RollArgument {
  readonly type: 'RollArgument'
  readonly argument: string
}

/** Ask capitals how something came out; they hear the argument. */
export interface AskVote {
  readonly type: 'AskVote'
  readonly argument: string
  readonly of: readonly Capital[]
}

/** Accept proposed results: the named ones, or all that need no thought. */
export interface AcceptResults {
  readonly type: 'AcceptResults'
  readonly subjects?: readonly string[] | null
}

/** Rule another grade, or other changes, with the reason; `text` tells what came of it. */
export interface AmendResult {
  readonly type: 'AmendResult'
  readonly subject: string
  readonly reason: string
  readonly grade?: Grade | null
  readonly changes?: Readonly<Record<string, number>> | null
  readonly text?: string
}

/**
 * Rule anew on a result that was read out, with the reason.
 *
 * `recompute` makes up the difference now; else what it did is kept. `tell` lets those who had
 * the result know.
 */
export interface AmendRuling {
  readonly type: 'AmendRuling'
  readonly result: string
  readonly reason: string
  readonly grade?: Grade | null
  readonly changes?: Readonly<Record<string, number>> | null
  readonly text?: string
  readonly recompute?: boolean
  readonly tell?: boolean
}

/** Answer what a rule asks control to find about a result. */
export interface AnswerFinding {
  readonly type: 'AnswerFinding'
  readonly subject: string
  readonly finding: string
  readonly answer: boolean
}

/** Apply the results and read them out, each capital its own. */
export interface ReleaseResults {
  readonly type: 'ReleaseResults'
}

/** Go on to the next turn. */
export interface OpenTurn {
  readonly type: 'OpenTurn'
}

/** Release a prepared inject now, be it as the answer to a request for information. */
export interface ReleaseInject {
  readonly type: 'ReleaseInject'
  readonly inject: string
  readonly request?: string | null
}

/** Keep an inject from firing by itself, or let it again. */
export interface HoldInject {
  readonly type: 'HoldInject'
  readonly inject: string
  readonly hold: boolean
}

/** Give an inject not yet released another time: this turn or a later one, at a minute of it. */
export interface DeferInject {
  readonly type: 'DeferInject'
  readonly inject: string
  readonly turn: number
  readonly minute?: number
}

/** Send an inject not yet released to others. `to` is "all", teams or seats. */
export interface RetargetInject {
  readonly type: 'RetargetInject'
  readonly inject: string
  readonly to: readonly string[]
}

/** Drop an inject from this game, with the reason. */
export interface SkipInject {
  readonly type: 'SkipInject'
  readonly inject: string
  readonly reason?: string
}

/**
 * Change the words of an inject not yet released. Texts by language.
 *
 * `variants` are the texts of readers that have one of their own; whoever has none reads `text`.
 */
export interface EditInject {
  readonly type: 'EditInject'
  readonly inject: string
  readonly title: Readonly<Record<string, string>>
  readonly text: Readonly<Record<string, string>>
  readonly variants: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Take back a released inject that nobody has read. */
export interface RecallInject {
  readonly type: 'RecallInject'
  readonly inject: string
  readonly reason: string
}

/** Write and release an inject at once. `to` is "all", teams or seats. */
export interface ComposeInject {
  readonly type: 'ComposeInject'
  readonly to: readonly string[]
  readonly sender: string
  readonly method: Method
  readonly title: string
  readonly text: string
  readonly language: string
  readonly confidence?: Confidence | null
}

/** Note that the response expected of a capital is in: it was given in play, or by word. */
export interface NoteResponse {
  readonly type: 'NoteResponse'
  readonly inject: string
  readonly team: Capital
}

/** Cut, slow down or garble a room between capitals, or open it again. */
export interface SetChannel {
  readonly type: 'SetChannel'
  readonly room: string
  readonly how: 'open' | 'late' | 'garbled' | 'cut'
  readonly minutes?: number
  readonly reason?: string
}

/** Pause one capital, or let it go on; it gets the time back. */
export interface HoldTeam {
  readonly type: 'HoldTeam'
  readonly team: Capital
  readonly hold: boolean
  readonly why?: string
}

/** Let a process begin now. */
export interface StartProcess {
  readonly type: 'StartProcess'
  readonly process: string
}

/** Stop the clock of one process, or let it run on. */
export interface HoldProcess {
  readonly type: 'HoldProcess'
  readonly process: string
  readonly hold: boolean
}

/** Use the injects that carry a content note in this game, or leave them out. */
export interface SwitchSensitive {
  readonly type: 'SwitchSensitive'
  readonly on: boolean
}

/** Answer a request for information, to the asker's team or to all. */
export interface AnswerRequest {
  readonly type: 'AnswerRequest'
  readonly request: string
  readonly text: string
  readonly to_all?: boolean
}

/** Move a track by decision of control, with the reason. */
export interface ChangeTrack {
  readonly type: 'ChangeTrack'
  readonly track: string
  readonly to: number
  readonly reason: string
}

/** REAL EMERGENCY, STOP PLAY: stops the clock and tells everybody. */
export interface DeclareEmergency {
  readonly type: 'DeclareEmergency'
  readonly text?: string
}

/** The emergency is over; the clock stays paused until resumed. */
export interface ClearEmergency {
  readonly type: 'ClearEmergency'
}

/** Mark this moment for the hot wash. */
export interface AddMark {
  readonly type: 'AddMark'
  readonly text?: string
  readonly tag?: string
}

/** Change the words on a mark; the moment it marks stays. */
export interface EditMark {
  readonly type: 'EditMark'
  readonly mark: string
  readonly text?: string
  readonly tag?: string
}

/** End the game here and score it. */
export interface EndGame {
  readonly type: 'EndGame'
  readonly reason: string
}

/** Open the after-action replay, through all eyes, to every seat. */
export interface OpenReview {
  readonly type: 'OpenReview'
}

/** The client's first frame: the session that a link was exchanged for. */
export interface Introduction {
  readonly session: string
}

/** Items of a feed before the one at index `before`. */
export interface Before {
  readonly feed: string
  readonly before: number
}

/** What one frame from the server may hold. `view` has the sections that changed, each whole. */
export interface Frame {
  readonly hello?: Hello
  readonly view?: Partial<View>
  readonly feeds?: Feeds
  readonly ok?: string
  readonly no?: No
  readonly presence?: Presence
  readonly page?: Page
  readonly foreseen?: Foreseen
}

/**
 * The first thing the server says: which seat this is, of which line, and the server's clock.
 *
 * What was asked of one line is not meant for another.
 */
export interface Hello {
  readonly protocol: number
  readonly now: number
  readonly game: string
  readonly seat: string
  readonly line: string
}

/** Items of a feed in order; `from` is the first one's place in the whole feed. */
export interface Run<Item = unknown> {
  readonly from: number
  readonly items: readonly Item[]
}

/** A command was not carried out: why, and what to do instead. */
export interface No {
  readonly id: string
  readonly code: string
  readonly say: string
  readonly instead: string
}

/** Who is here, and which seats are writing in which room. Never stored. */
export interface Presence {
  readonly online: readonly string[]
  readonly typing: Readonly<Record<string, readonly string[]>>
}

/** Older items of a feed, as asked for. */
export interface Page<Item = unknown> {
  readonly id: string
  readonly feed: string
  readonly from: number
  readonly items: readonly Item[]
}

/** What a command would change, as asked for. */
export interface Foreseen {
  readonly id: string
  readonly preview: PreviewSeen
}

/**
 * What a command of control would change: with it instead of without it. For control alone.
 *
 * `when`: at once, once results are released, or once the inject is sent. `told` are read the
 * reason, if there is one. `before` and `after` are the ends that would hold. What is to be
 * rolled is there by its chances; no throw to come is in it.
 */
export interface PreviewSeen {
  readonly when: 'now' | 'results' | 'sent'
  readonly reads: readonly ForeseenText[]
  readonly owed: readonly ForeseenOwed[]
  readonly moves: readonly ForeseenMove[]
  readonly flags: readonly ForeseenFlag[]
  readonly assets: readonly ForeseenAsset[]
  readonly channels: readonly ForeseenChannel[]
  readonly processes: readonly ForeseenProcess[]
  readonly told: readonly Eyes[] | null
  readonly injects: readonly ForeseenInject[]
  readonly chances: readonly ForeseenChance[]
  readonly mishaps: readonly ForeseenMishap[]
  readonly before: Text | null
  readonly after: Text | null
}

/** What these readers (eyes or seats) would read. */
export interface ForeseenText {
  readonly to: readonly string[]
  readonly title: Text
  readonly text: Text | null
}

/** A response to control that a capital would owe until `due`, or would owe no more. */
export interface ForeseenOwed {
  readonly team: Capital
  readonly owes: boolean
  readonly due: number
}

/** A track as it would be: who sees the change exactly, and whose estimates will follow it. */
export interface ForeseenMove {
  readonly track: string
  readonly name: Text
  readonly before: number
  readonly after: number
  readonly seen: readonly Eyes[]
  readonly guessed: readonly Capital[]
}

/** A flag as it would be, and who sees it. */
export interface ForeseenFlag {
  readonly flag: string
  readonly name: Text
  readonly after: boolean
  readonly seen: readonly Eyes[]
}

/** Something on the map that would be elsewhere, and who sees it. */
export interface ForeseenAsset {
  readonly asset: string
  readonly name: Text
  readonly before: Text
  readonly after: Text
  readonly seen: readonly Eyes[]
}

/** A room between capitals that would work otherwise. */
export interface ForeseenChannel {
  readonly room: string
  readonly teams: readonly string[]
  readonly how: 'open' | 'late' | 'garbled' | 'cut'
  readonly minutes: number
}

/** A process that would begin, or have never begun; `over` is the inject at its end, `due`. */
export interface ForeseenProcess {
  readonly process: string
  readonly name: Text
  readonly begins: boolean
  readonly due: number | null
  readonly over: string
  readonly seen: readonly Eyes[]
}

/**
 * A prepared inject that would fare otherwise.
 *
 * When its turn opens its condition would come to hold (armed), or no longer would (killed). In
 * this turn it would go out by itself at `due`, or no longer (stopped). Nothing it waits for is
 * missing any more (unlocked), or something will never come (cut). For its content note it would
 * be left out of this game (off), or could be used again (on).
 */
export interface ForeseenInject {
  readonly inject: string
  readonly title: Text
  readonly turn: number | null
  readonly becomes: 'armed' | 'killed' | 'due' | 'stopped' | 'unlocked' | 'cut' | 'off' | 'on'
  readonly due: number | null
}

/** What is still to be rolled, with the chances as they are and as they would be. */
export interface ForeseenChance {
  readonly item: string
  readonly name: Text
  readonly before: Chance
  readonly after: Chance
}

/** An answer to a decision that goes wrong in so many of thirty-six throws, now and then. */
export interface ForeseenMishap {
  readonly decision: string
  readonly ask: Text
  readonly option: Text
  readonly before: number
  readonly after: number
}

/** A link's secret, to be exchanged for a session. */
export interface Join {
  readonly secret: string
}

/** A session. Without a game and a seat it is the facilitator's, for the whole house. */
export interface Joined {
  readonly token: string
  readonly game: string | null
  readonly seat: string | null
  readonly title: string
}

/** How many people a seminar takes. */
export interface PeopleCount {
  readonly least: number
  readonly best: number
  readonly most: number
}

/**
 * A scenario to choose. `minutes` is the whole seminar, from the brief to the hot wash.
 *
 * `plan_phase` is how many more minutes a plan phase takes, if the scenario has one.
 */
export interface ScenarioListed {
  readonly id: string
  readonly title: Text
  readonly summary: Text
  readonly minutes: number
  readonly people: PeopleCount
  readonly turns: number
  readonly languages: readonly string[]
  readonly plan_phase: number | null
}

/** One game, or several parallel rooms of it; `bots` play for all capitals in each. */
export interface NewGames {
  readonly scenario: string
  readonly title: string
  readonly rooms?: number
  readonly seed?: string | null
  readonly plan_phase?: boolean
  readonly bots?: Temperament | null
}

/** The same game once more for comparison, with a plan phase or without, with its `bots`. */
export interface Twin {
  readonly title: string
  readonly plan_phase: boolean
  readonly bots?: boolean
}

/** Where a line began: in which line of which game, after which entry. */
export interface Origin {
  readonly game: string
  readonly title: string
  readonly line: string
  readonly after: number
}

/**
 * A game and where it stands; `online` names the seats somebody is at.
 *
 * `origin` is where a second room began; `lines` counts the histories that the game has.
 * `plan_phase`: it begins with one, or not; None where the scenario has none.
 */
export interface GameListed {
  readonly id: string
  readonly title: string
  readonly scenario: string
  readonly phase: Phase
  readonly turn: number
  readonly created_at: number
  readonly line: string
  readonly online: readonly string[]
  readonly plan_phase: boolean | null
  readonly origin: Origin | null
  readonly lines: number
}

/** One history of a game and where it stands; only one of them is `played`. */
export interface LineListed {
  readonly id: string
  readonly played: boolean
  readonly origin: Origin | null
  readonly created_at: number
  readonly entries: number
  readonly phase: Phase
  readonly turn: number
}

/**
 * The histories of a game, oldest first; whether a review has shown the seed of its dice.
 *
 * `bots` are the capitals that bots play for, or did when it ended, for the facilitator alone.
 */
export interface Lines {
  readonly lines: readonly LineListed[]
  readonly dice_shown: boolean
  readonly bots?: readonly Capital[]
}

/**
 * Goes on from after an entry: in the game itself, or in a second room of this title.
 *
 * Same causes have the same dice unless they are to be fresh. The bots of a game that is gone on
 * with go along; to a second room they come if asked for.
 */
export interface NewLine {
  readonly after: number
  readonly line: string | null
  readonly room: string | null
  readonly fresh_dice: boolean
  readonly bots: boolean
}

/** The name to be forgotten, exactly as the person gave it. */
export interface Erase {
  readonly name: string
}

/** In how many lines the name stood. */
export interface Erased {
  readonly lines: number
}

/** The seat that a link is wanted for; older links of that seat end. */
export interface NewLink {
  readonly seat: string
}

/** A link, shown this once; `qr` is the same as an SVG drawing. */
export interface LinkIssued {
  readonly id: string
  readonly seat: string
  readonly url: string
  readonly qr: string
}

/** A link as the house remembers it, whether it was used, and by whom. `url` is not kept. */
export interface LinkListed {
  readonly id: string
  readonly seat: string
  readonly url: string | null
  readonly created_at: number
  readonly revoked: boolean
  readonly used: boolean
  readonly person: string | null
}

/** A bot plays for an absent capital; without a temperament nobody does. */
export interface Cover {
  readonly team: Capital
  readonly temperament: Temperament | null
}

/** Whether the server is alive, and how its parts are. */
export interface Health {
  readonly status: 'ok' | 'unavailable'
  readonly version: string
  readonly detail: string
}

/** What went wrong, and what to do instead (RFC 9457). */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly instead: string
}

/** One entry of the replay. Frames applied in order give the view at each entry. */
export interface ReviewLine {
  readonly seq: number
  readonly at: number
  readonly turn: number
  readonly phase: Phase
  readonly type: string
  readonly seat: string
  readonly frame: Frame
}

/** What a browser or a bot may send. */
export type SeatCommand =
  | SitDown
  | SendMessage
  | ReadInject
  | AnswerInject
  | SendConsult
  | ShareIntel
  | CommitOrder
  | ArgueAction
  | AddPoint
  | CastVote
  | WithdrawOrder
  | DeclareReady
  | HandOver
  | ProposeJoint
  | AmendJoint
  | ConsentJoint
  | RefuseJoint
  | WithdrawConsent
  | Choose
  | AskControl
  | StartGame
  | PauseClock
  | ResumeClock
  | SetRate
  | ExtendTurn
  | SetAutomatic
  | EndTurn
  | ReopenTurn
  | SetStyle
  | LetHear
  | JudgePoint
  | RollArgument
  | AskVote
  | AcceptResults
  | AmendResult
  | AmendRuling
  | AnswerFinding
  | ReleaseResults
  | OpenTurn
  | ReleaseInject
  | HoldInject
  | DeferInject
  | RetargetInject
  | SkipInject
  | EditInject
  | RecallInject
  | ComposeInject
  | NoteResponse
  | SetChannel
  | HoldTeam
  | StartProcess
  | HoldProcess
  | SwitchSensitive
  | AnswerRequest
  | ChangeTrack
  | DeclareEmergency
  | ClearEmergency
  | AddMark
  | EditMark
  | EndGame
  | OpenReview

/** What each feed holds, by its name on the wire. */
export interface FeedItems {
  readonly inbox: InjectItem
  readonly personal: InjectItem
  readonly consults: ConsultItem
  readonly changes: ChangeItem
  readonly results: ResultItem
  readonly marks: MarkItem
  readonly [room: `room/${string}`]: MessageItem
}

/** The name of a feed; a room's is `room/` and the room's id. */
export type FeedName = keyof FeedItems

/** An item of any feed. */
export type FeedItem = FeedItems[FeedName]

/** Runs of feeds by name. */
export type Feeds = { readonly [Name in FeedName]?: Run<FeedItems[Name]> }

/** The names of all commands. */
export type CommandType = SeatCommand['type']

/** A command by its name. */
export type CommandOf<Type extends CommandType> = Extract<SeatCommand, { type: Type }>

/** A frame from the client. */
export type ClientFrame =
  | Introduction
  | { readonly id: string; readonly do: SeatCommand }
  | { readonly id: string; readonly preview: SeatCommand }
  | { readonly id: string; readonly page: Before }
  | { readonly typing: string | null }
