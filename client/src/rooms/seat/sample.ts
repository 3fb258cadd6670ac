import { Refused } from '../../game/refused'
import { nobody, type Source } from '../../game/source'
import type { DeckSeen, Feeds, ProposalSeen, SeatCommand, View } from '../../protocol'

/** What a seat sees, for tests: Tokyo's leader in the first turn. */
export const en = (words: string) => ({ en: words })

export const drill: DeckSeen = {
  id: 'JP-1',
  kind: 'action',
  team: 'tokyo',
  name: en('Issue the destroy order'),
  say: en('The forces make ready.'),
  uses: 2,
  tags: ['contingency'],
  consult: ['washington'],
  target: false,
  who: [],
  text: null,
  options: [],
  known: 'public',
  delay: 0,
  sources: [],
  least: null,
  silence: false,
  caveats: [],
}

export function view(more: Partial<View> = {}): View {
  return {
    game: {
      title: 'Test',
      scenario: 'tiny',
      name: en('Short Warning'),
      summary: en(''),
      setting: en(''),
      marking: en('EXERCISE'),
      languages: ['en'],
      teams: [
        { id: 'washington', name: en('Washington') },
        { id: 'tokyo', name: en('Tokyo') },
        { id: 'seoul', name: en('Seoul') },
      ],
      voices: {},
      plan_phase: null,
      turns: 7,
      commitment: '',
      ladder: [],
      ladder_track: null,
    },
    me: {
      seat: 'tokyo.leader',
      team: 'tokyo',
      name: en('Prime Minister’s Office'),
      task: en('Decide.'),
      rights: ['speak', 'commit'],
      eyes: 'tokyo',
      person: 'p',
      authority: 'tokyo.leader',
      voices: [],
    },
    sources: {},
    rules: {},
    brief: null,
    objectives: [],
    deck: [drill],
    offers: { 'JP-1': { cost: 1, uses_left: 2, chance: null, no: null, closed: [], style: 'semi_rigid' } },
    can: ['SendMessage', 'ReadInject', 'SendConsult', 'CommitOrder', 'WithdrawOrder', 'DeclareReady', 'AskControl'],
    clock: { running: true, why: '', elapsed: 0, since: 0, rate: 1000, opened: 0, deadline: 600_000, automatic: false, held: null },
    now: {
      phase: 'play',
      turn: 1,
      planning: false,
      turns: [{ number: 1, name: en('Fuel trucks'), world: en('Day 1'), say: en(''), minutes: 10, orders: 3, flash: false }],
      banner: null,
      away: null,
      review: false,
    },
    roster: { seats: [{ seat: 'tokyo.leader', team: 'tokyo', name: en('Prime Minister’s Office'), person: 'p' }], people: { p: 'Aoki' } },
    tracks: [],
    terms: {},
    inject_marks: {},
    orders: [],
    arguments: [],
    amended: {},
    styles: null,
    budget: { points: 5, orders_left: 3, ready: false, argued: 1, argue: null },
    table: [],
    plan: [],
    decisions: [],
    map: { places: [], assets: [], zones: [] },
    rooms: [{ id: 'tokyo', teams: ['tokyo'], kind: 'own', speak: true, channel: 'open', minutes: 0 }],
    requests: [],
    finish: null,
    seals: [],
    sheet: [],
    desk: [],
    forecast: null,
    health: [],
    mark_words: {},
    underway: [],
    processes: [],
    ...more,
  }
}

export const feeds: Feeds = {
  inbox: {
    from: 0,
    items: [
      {
        id: 'i1',
        inject: null,
        public: false,
        to: ['tokyo'],
        sender: en('Air Self-Defense Force'),
        method: 'cable',
        confidence: 'moderate',
        title: en('What we will not see'),
        text: en('Our radars will pick it up late.'),
        own: false,
        sensitive: true,
        variants: {},
        sources: [],
        turn: 1,
        at: 60_000,
      },
    ],
  },
}

/** A source that writes down what it is asked, and refuses what `no` names. */
export function live(no?: SeatCommand['type']): Source & { readonly sent: SeatCommand[] } {
  const sent: SeatCommand[] = []
  return {
    view: view(),
    feeds,
    presence: nobody,
    now: () => 30_000,
    sent,
    send: (command) => {
      sent.push(command)
      return command.type === no
        ? Promise.reject(new Refused('late', 'The turn’s time is up.', 'Ask control to extend the turn.'))
        : Promise.resolve()
    },
  }
}

/** A proposal of Seoul's to Tokyo, which has not answered. */
export function tabled(more: Partial<ProposalSeen> = {}): ProposalSeen {
  const stand = { seat: null, at: 0, reason: '', proviso: null, met: false, silent: false }
  return {
    ...{ id: 'p', joint: 'J-1', name: en('Meeting'), by: 'seoul', who: ['tokyo', 'seoul'], text: 'Meet.', option: null, version: 1 },
    ...{ stands: { tokyo: { ...stand, stand: 'open' }, seoul: { ...stand, stand: 'consents', seat: 'seoul.leader' } } },
    ...{ deadline: 600_000, status: 'open', cost: 1, chance: null, caveats: [], foreseen: [], silence: false, parties: [], missing: [], least: 2, revision: null },
    ...more,
  }
}
