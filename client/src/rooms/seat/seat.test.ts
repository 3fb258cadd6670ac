import { describe, expect, it } from 'vitest'
import type { Chance, ChangeItem, InjectItem, MessageItem, TrackSeen, View } from '../../protocol'
import { words } from '../../words/words.svelte'
import { bonus, likelihood, signed, success } from './chance'
import { course, moved, series } from './course'
import { compare } from './diff'
import { expected, waits, type Counts } from './expected'
import { byFamily, byShelf } from './families'
import { gist } from './gist'
import { spelt } from './needs'
import { exists, tabOf } from './place'
import { reason } from './refusal'
import { listen, type Does } from './shortcuts'
import { fresh, saidBy, shown, together, unopened } from './unread'

const message = (id: string, seat: string): MessageItem => ({
  id,
  seat,
  person: 'p',
  voice: null,
  text: 'Good morning.',
  turn: 1,
  at: 0,
  garbled: false,
  sent: null,
})

const inject = (id: string, at: number): InjectItem => ({
  id,
  inject: null,
  public: false,
  to: ['tokyo'],
  sender: { en: 'Embassy' },
  method: 'cable',
  confidence: null,
  title: { en: id },
  text: null,
  own: false,
  variants: {},
  sources: [],
  turn: 1,
  at,
  sensitive: false,
})

const track = (id: string, more: Partial<TrackSeen> = {}): TrackSeen => ({
  id,
  name: { en: 'Trilateral coordination' },
  say: {},
  min: 0,
  max: 100,
  start: 40,
  value: 34,
  before: 40,
  word: null,
  low: null,
  high: null,
  confidence: null,
  source: null,
  as_of: null,
  told: [],
  given: [],
  share: [],
  visible: 'public',
  unit: null,
  ...more,
})

const change = (turn: number, before: number, after: number): ChangeItem => ({
  track: 'coord',
  before,
  after,
  turn,
  at: 0,
  why: null,
})

const chance = (great: number, ok: number, part: number, bad: number, add: number[] = []): Chance => ({
  target: 7,
  modifiers: add.map((n) => ({ rule: null, say: null, add: n, inputs: {} })),
  more: false,
  great,
  ok,
  part,
  bad,
})

describe('what is new', () => {
  const feed = { from: 2, items: [message('3', 'tokyo.leader'), message('4', 'seoul.leader'), message('5', 'seoul.leader')] }

  it('is what came after the last look, one’s own words not counted', () => {
    expect(fresh(feed, 2, saidBy('tokyo.leader'))).toBe(2)
    expect(fresh(feed, 4, saidBy('tokyo.leader'))).toBe(1)
    expect(fresh(feed, 5)).toBe(0)
  })

  it('counts what was never fetched too', () => {
    expect(fresh(feed, undefined)).toBe(5)
    expect(fresh(undefined, 3)).toBe(0)
  })

  it('is seen to the end, and never less than before', () => {
    expect(shown({}, 'room/tokyo', feed)).toEqual({ 'room/tokyo': 5 })
    const later = { 'room/tokyo': 9 }
    expect(shown(later, 'room/tokyo', feed)).toBe(later)
  })

  it('leaves out injects that were opened or recalled', () => {
    const marks = {
      b: { read: true, recalled: null, readers: [], owed: {} },
      c: { read: false, recalled: 'Sent too early.', readers: [], owed: {} },
    }
    expect(unopened([inject('a', 0), inject('b', 0), inject('c', 0)], marks).map(({ id }) => id)).toEqual(['a'])
  })

  it('puts the team’s injects and one’s own in one list, newest first and none twice', () => {
    const list = together([inject('a', 10), inject('b', 30)], [inject('b', 30), inject('c', 20)])
    expect(list.map(({ id, personal }) => [id, personal])).toEqual([
      ['b', false],
      ['c', true],
      ['a', false],
    ])
  })
})

describe('chances', () => {
  it('are said in a word and in numbers', () => {
    const even = chance(3, 16, 11, 6)
    expect(success(even)).toBe(53)
    expect(likelihood(even)).toBe('About even')
    expect(likelihood(chance(36, 0, 0, 0))).toBe('Almost certain')
    expect(likelihood(chance(0, 1, 5, 30))).toBe('Remote')
  })

  it('add up what is added to the dice', () => {
    expect(bonus(chance(0, 0, 0, 36, [2, -1]))).toBe(1)
    expect([signed(1), signed(-2), signed(0)]).toEqual(['+1', '−2', '+0'])
  })
})

describe('a track over the turns', () => {
  const changes = [change(1, 40, 38), change(2, 38, 36), change(2, 36, 41), change(4, 41, 34)]

  it('has its start, the end of each turn, and now', () => {
    expect(course(track('coord'), changes, 4, true)).toEqual([40, 38, 41, 41, 34])
  })

  it('stays where it was without a change', () => {
    expect(course(track('coord', { value: 40 }), [], 2, true)).toEqual([40, 40, 40])
  })

  it('says nothing about turns whose changes are not known', () => {
    expect(course(track('coord'), changes.slice(3), 4, false)).toEqual([40, null, null, 41, 34])
    expect(course(track('coord'), [], 2, false)).toEqual([40, null, 34])
  })

  it('is a band where there is only an estimate', () => {
    const estimate = track('coord', { value: null, start: null, low: 26, high: 56, as_of: 1 })
    const { values, bands } = series(estimate, [], 2, true)
    expect(values).toEqual([null, null, null])
    expect(bands).toEqual([null, [26, 56], null])
  })

  it('has moved only if it differs from the turn’s beginning', () => {
    expect(moved(track('coord'))).toBe(-6)
    expect(moved(track('coord', { value: 40 }))).toBeUndefined()
    expect(moved(track('coord', { value: null }))).toBeUndefined()
  })
})

describe('what an action needs', () => {
  const tracks = [track('coord'), track('tcog.gap', { name: { en: 'Turns without a meeting' }, value: 4 })]
  const view = { tracks, terms: { 'flag.declaration': { en: 'a joint declaration' }, stance_gap: { en: 'distance between the lines' } } }

  it('is said with the names of tracks and their values now', () => {
    expect(spelt('turn >= 5 && (tcog.gap <= 1 || coord > 49)', view)).toBe(
      'turn 5 or later and (“Turns without a meeting” at most 1 (now 4) or “Trilateral coordination” at least 50 (now 34))',
    )
    expect(spelt('turn == 1', view)).toBe('turn 1')
  })

  it('is said with the scenario’s own names of flags and derived values', () => {
    expect(spelt('flag.declaration && stance_gap < 20', view)).toBe('a joint declaration and “distance between the lines” at most 19')
    expect(spelt('!flag.declaration', view)).toBe('that there is not yet a joint declaration')
    expect(spelt('!flag.pledge_broken', view)).toBe('that there is not yet pledge broken')
  })

  it('is left to the server where it is more than comparisons', () => {
    expect(spelt('coord + 3 >= stance_gap * 2', view)).toBeUndefined()
    expect(spelt('clamp(coord, 1, 2) >= 2', view)).toBeUndefined()
  })
})

describe('a refusal', () => {
  const around = { phase: 'play' as const, tracks: [track('coord')], terms: {} }
  const dear = { code: 'over_budget', say: 'Cost in points: 2. Left: 1.', instead: 'Withdraw an order.' }

  it('keeps the numbers of the server in English and is translated otherwise', async () => {
    expect(reason(dear, around)).toEqual({ say: dear.say, instead: dear.instead })
    await words.choose('ko')
    expect(reason(dear, around).say).toBe('점수가 부족합니다.')
  })

  it('is the server’s sentence where there are no words for it', async () => {
    await words.choose('ja')
    const odd = { code: 'brand_new', say: 'Something else.', instead: 'Do otherwise.' }
    expect(reason(odd, around)).toEqual({ say: odd.say, instead: odd.instead })
  })

  it('says what is missing, not how it is written down', () => {
    const needs = { code: 'needs', say: 'It needs: coord >= 50.', instead: 'Bring that about first.' }
    expect(reason(needs, around).say).toBe('It needs “Trilateral coordination” at least 50 (now 34).')
    const later = { ...needs, say: 'It needs: turn <= 2 || turn == 4.' }
    expect(reason(later, around)).toEqual({ say: 'Only in turn 2 or earlier or turn 4.', instead: '' })
  })
})

describe('what is expected', () => {
  const calm: Counts = { unopened: 0, flash: false, results: 0, over: false, live: true }
  const view = (more: object = {}): View =>
    ({
      me: { seat: 'tokyo.leader', team: 'tokyo', eyes: 'tokyo' },
      now: { phase: 'play', turn: 1, turns: [], banner: null, away: null, review: false },
      budget: { points: 5, orders_left: 3, ready: false },
      can: ['CommitOrder', 'ConsentJoint', 'Choose'],
      table: [],
      decisions: [],
      arguments: [],
      inject_marks: {},
      ...more,
    }) as unknown as View
  const open = {
    table: [{ id: 'x', status: 'open', by: 'seoul', stands: { tokyo: { stand: 'open' }, seoul: { stand: 'consents' } } }],
  }

  it('is the most pressing thing first', () => {
    const decision = { decisions: [{ id: 'd', team: 'tokyo', chosen: null }] }
    const busy = { ...calm, unopened: 2 }
    expect(expected(view(), calm).what).toBe('orders')
    expect(expected(view(), busy).what).toBe('read')
    expect(expected(view(open), busy).what).toBe('stand')
    expect(expected(view({ ...open, ...decision }), busy).what).toBe('decide')
    expect(expected(view({ ...open, ...decision }), { ...busy, flash: true }).what).toBe('flash')
    expect(expected(view(open), { ...busy, over: true }).what).toBe('late')
  })

  it('is a response that is owed, once its inject is read', () => {
    const marked = (mark: object) =>
      view({ can: ['CommitOrder', 'AnswerInject'], inject_marks: { i: { read: true, recalled: null, owed: { tokyo: { at: null } }, ...mark } } })
    expect(expected(marked({}), calm)).toMatchObject({ what: 'respond', waiting: true, place: { kind: 'inbox' }, subject: 'i' })
    expect(expected(marked({ read: false }), { ...calm, unopened: 1 }).what).toBe('read')
    for (const gone of [{ recalled: 'An error.' }, { owed: { tokyo: { at: 5 } } }, { owed: {} }])
      expect(expected(marked(gone), calm).what).toBe('orders')
    expect(expected({ ...marked({}), can: [] }, calm).what).toBe('advise')
    for (const phase of ['adjudication', 'readout'] as const)
      expect(expected({ ...marked({}), now: { ...view().now, phase } }, calm), 'also once the turn is closed').toMatchObject({ what: 'respond', subject: 'i' })
  })

  it('is the response that is due first', () => {
    const mark = (due: number) => ({ read: true, recalled: null, owed: { tokyo: { due, at: null } } })
    const both = view({ can: ['AnswerInject'], inject_marks: { late: mark(9), soon: mark(4) } })
    expect(waits(both, calm).map(({ subject }) => subject)).toEqual(['soon', 'late'])
  })

  it('is a vote that control asks for, until it is cast', () => {
    const asked = (votes: object) =>
      view({ now: { phase: 'adjudication', banner: null }, can: ['CastVote'], arguments: [{ id: 'a', asked: ['tokyo', 'seoul'], votes }] })
    expect(expected(asked({}), calm)).toMatchObject({ what: 'vote', waiting: true, place: { kind: 'orders' } })
    expect(expected(asked({ tokyo: { grade: 'ok' } }), calm).what).toBe('adjudication')
    expect(expected({ ...asked({}), can: [] }, calm).what).toBe('adjudication')
  })

  it('is the plan in the plan phase, where nobody has orders', () => {
    const planning = { now: { phase: 'play', turn: 0, planning: true, turns: [], banner: null }, budget: { points: 6, orders_left: 0, ready: false } }
    expect(expected(view(planning), calm)).toMatchObject({ what: 'plan', waiting: false, place: { kind: 'table' } })
    expect(expected(view({ ...planning, ...open }), calm).what).toBe('stand')
    expect(expected(view({ ...planning, budget: { ...planning.budget, ready: true } }), calm).what).toBe('ready')
  })

  it('waits only on those who may answer', () => {
    expect(expected(view(open), calm)).toMatchObject({ what: 'stand', waiting: true })
    expect(expected(view({ ...open, can: [] }), calm)).toMatchObject({ what: 'advise.stand', waiting: false })
    expect(expected(view(open), { ...calm, live: false }).waiting).toBe(false)
  })

  it('counts what waits, and is never quiet while something does', () => {
    const both = { ...open, decisions: [{ id: 'd', team: 'tokyo', chosen: null }] }
    expect(waits(view(both), { ...calm, unopened: 2 }).map(({ what }) => what)).toEqual(['decide', 'stand', 'read'])
    expect(waits(view(both), { ...calm, unopened: 2, flash: true })[0]?.what).toBe('flash')
    expect(waits(view({ ...both, can: [] }), { ...calm, unopened: 1 }).map(({ what }) => what)).toEqual(['read'])
    expect(waits(view(both), { ...calm, live: false })).toEqual([])
    const after = view({ now: { phase: 'adjudication', banner: null } })
    expect(expected(after, { ...calm, unopened: 1 })).toMatchObject({ what: 'read', waiting: true })
    const readout = view({ now: { phase: 'readout', banner: null } })
    expect(waits(readout, { ...calm, unopened: 1, results: 2 }).map(({ what }) => what)).toEqual(['results', 'read'])
  })

  it('is nothing for observers, and stops with a real emergency', () => {
    expect(expected(view({ me: { team: 'observer', eyes: 'tokyo' } }), calm).what).toBe('observe')
    const stop = { now: { phase: 'play', turn: 1, turns: [], banner: 'Fire.' } }
    expect(expected(view(stop), calm).what).toBe('stop')
  })
})

describe('places', () => {
  it('are all found under some tab of a phone', () => {
    expect(tabOf({ kind: 'inbox' })).toBe('talks')
    expect(tabOf({ kind: 'track', id: 'coord' })).toBe('map')
    expect(tabOf({ kind: 'results' })).toBe('now')
  })

  it('exist only where the view has them', () => {
    const view = { rooms: [{ id: 'tokyo' }], tracks: [], deck: [], finish: null, me: { eyes: 'public' }, brief: null, objectives: [] }
    const has = (place: Parameters<typeof exists>[0]) => exists(place, view as unknown as View)
    expect(has({ kind: 'room', id: 'tokyo' })).toBe(true)
    expect(has({ kind: 'room', id: 'seoul' })).toBe(false)
    expect(has({ kind: 'orders' })).toBe(false)
    expect(has({ kind: 'end' })).toBe(false)
  })
})

describe('the menu', () => {
  it('is in families by what an action is mainly about', () => {
    const card = (id: string, ...tags: string[]) => ({ id, tags }) as never
    const menu = byFamily([card('a', 'alliance', 'tri'), card('b', 'nk', 'force'), card('c', 'unheard')])
    expect(menu.map(({ family, cards }) => [family, cards.length])).toEqual([
      ['force', 1],
      ['alliance', 1],
      ['other', 1],
    ])
  })

  it('keeps every track on some shelf', () => {
    const shelves = byShelf([track('coord'), track('trust.a_b'), track('msl.warn'), track('unheard.of'), track('rungs')], 'rungs')
    expect(shelves.flatMap(({ tracks }) => tracks)).toHaveLength(5)
    expect(shelves.find(({ shelf }) => shelf === 'crisis')?.tracks.map(({ id }) => id)).toEqual(['rungs'])
  })
})

describe('an amended text', () => {
  it('shows what came in and what went out', () => {
    expect(compare('None will publish the data.', 'None will keep the data.')).toEqual([
      { kind: 'same', text: 'None will ' },
      { kind: 'out', text: 'publish' },
      { kind: 'in', text: 'keep' },
      { kind: 'same', text: ' the data.' },
    ])
  })
})

describe('the gist of a text', () => {
  it('is its first sentence, and more while there is room', () => {
    const long = `${'very '.repeat(40)}long.`
    expect(gist('It has begun. We wait.')).toBe('It has begun. We wait.')
    expect(gist(`It has begun.\n\nIt is ${long}`)).toBe('It has begun.')
    expect(gist(long)).toBe(long)
    expect(gist('')).toBe('')
  })
})

describe('shortcuts', () => {
  const press = (key: string, at: number, target: EventTarget = document.body): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', { key, cancelable: true })
    Object.defineProperties(event, { target: { value: target }, timeStamp: { value: at } })
    return event
  }

  it('take two letters one soon after the other', () => {
    const done: Does[] = []
    const hear = listen((what) => done.push(what), () => true)
    for (const [key, at] of [['g', 0], ['o', 400], ['o', 800], ['g', 5000], ['i', 9000], ['?', 9500]] as const) hear(press(key, at))
    expect(done).toEqual(['orders', 'help'])
  })

  it('leave those alone who are writing, and those who want none', () => {
    const done: Does[] = []
    listen((what) => done.push(what), () => true)(press('?', 0, document.createElement('textarea')))
    listen((what) => done.push(what), () => false)(press('?', 0))
    expect(done).toEqual([])
  })
})
