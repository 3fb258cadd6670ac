import { expect, test } from 'vitest'
import type { View } from '../../protocol'
import { arrivals, turnsOf } from './arrivals'
import { aware, causes, causesOf, extremes, resultOf, told } from './causes'
import { bandPath, courses, knownAt, moving, stepPath } from './courses'
import { change, game, track } from './fixture'
import { keyMoments, weightiest } from './keymoments'
import { mine } from './keys'
import { flashes, pieces, readBy } from './knowledge'
import { goesOn, goOn, hashOf, spotIn } from './link'
import { step } from './moves'
import { long } from './names'
import { Review } from './review.svelte'
import { ticks } from './ticks'

const proposal = { id: 'p1', by: 'tokyo', name: { en: 'Text' }, who: ['washington', 'tokyo'], status: 'open', stands: {} }

test('items are found with the entry that brought them', () => {
  const entries = game({}, { marks: [{ text: 'a' }, { text: 'b' }] }, {}, { marks: [{ text: 'c' }] })
  expect(arrivals(entries, 'marks').map(({ place, item }) => [place, item.text])).toEqual([[1, 'a'], [1, 'b'], [3, 'c']])
})

test('a step onward waits for what has not arrived; a step back and the beginning do not', () => {
  const entries = game({}, {}, { turn: 2 })
  const to = (key: string, place: number, whole: boolean, shift = false) => step(key, shift, () => [])?.(entries, place, whole)
  expect(to('ArrowRight', 1, false)).toBe(2)
  expect(to('ArrowRight', 2, false)).toBeUndefined()
  expect(to('ArrowRight', 2, true)).toBe(2)
  expect(to('ArrowRight', 0, false, true)).toBeUndefined()
  expect(to('End', 0, false)).toBeUndefined()
  expect(to('End', 0, true)).toBe(2)
  expect(to('ArrowLeft', 2, false)).toBe(1)
  expect(to('Home', 2, false)).toBe(0)
  expect(step('a', false, () => [])).toBeUndefined()
})

test('a section is looked at only where it became another', () => {
  const entries = game({}, {}, { view: { orders: [] } }, {})
  expect(turnsOf(entries, ({ view }) => view.orders).map(({ place }) => place)).toEqual([0, 2])
})

test('a track’s course holds what was known, from when on', () => {
  const entries = game(
    { view: { tracks: [track('coord', 40)] } },
    { view: { tracks: [track('coord', 40)] } },
    { view: { tracks: [track('coord', 34)] } },
    { view: { tracks: [track('coord', null, { low: 20, high: 50 })] } },
  )
  const course = courses(entries).get('coord')
  if (!course) throw new Error('no course')
  expect(course.known.map(({ place, value, low }) => [place, value, low])).toEqual([[0, 40, null], [2, 34, null], [3, null, 20]])
  expect(knownAt(course, 1)?.value).toBe(40)
  expect(moving(course)).toBe(true)
  const same = (n: number) => n
  expect(stepPath(course, same, same, 5)).toBe('M0 40H2V34H3')
  expect(bandPath(course, same, same, 5)).toBe('M3 50H5V20H3Z')
})

test('what one cause moved at one entry stands together; a rule that followed is a cause of its own', () => {
  const entries = game(
    {},
    { changes: [change('coord', 40, 42), change('trust', 50, 52), change('coord', 42, 38, { rule: 'R02' })] },
  )
  const all = causes(entries)
  expect(all.map(({ changes }) => changes.length)).toEqual([2, 1])
  expect(causesOf(all, 'coord').map(({ changes }) => changes[0]?.after)).toEqual([42, 38])
})

test('the largest fall and the largest rise are told apart from the rest', () => {
  const entries = game({}, { changes: [change('coord', 40, 34)] }, { changes: [change('coord', 34, 36)] }, { changes: [change('coord', 36, 20)] })
  const all = causes(entries)
  expect(extremes(all)).toEqual({ fall: all[2]?.id, rise: undefined })
})

test('a cause finds the result that it came from', () => {
  const entries = game({}, { changes: [change('coord', 40, 42)], results: [{ item: 'US-K02' }, { item: 'US-K01', reason: 'why not' }] })
  const [cause] = causes(entries)
  expect(cause && resultOf(arrivals(entries, 'results'), cause)?.reason).toBe('why not')
})

test('who knew: the reason, only the change, nothing, or not known yet', () => {
  const moved = [change('coord', 40, 42)]
  const [cause] = causes(game({}, { changes: moved }))
  const told_ = {
    washington: told(game({}, { changes: moved })),
    tokyo: told(game({}, { changes: [change('coord', 40, 42, null)] })),
    seoul: told(game({}, {})),
  }
  if (!cause) throw new Error('no cause')
  expect((['washington', 'tokyo', 'seoul', 'public'] as const).map((eyes) => aware(told_, cause, eyes))).toEqual(['why', 'moved', 'nothing', undefined])
})

test('the same change at another entry is another change', () => {
  const [first] = causes(game({}, { changes: [change('coord', 40, 42)] }))
  if (!first) throw new Error('no cause')
  expect(aware({ tokyo: told(game({}, {}, { changes: [change('coord', 40, 42)] })) }, first, 'tokyo')).toBe('nothing')
})

test('key moments: the ladder, large changes, decisions, mishaps, rulings and the end', () => {
  const entries = game(
    {},
    { changes: [change('rungs', 0, 1, { name: { en: 'Launch' } }), change('coord', 40, 30, { subject: 'x' }), change('coord', 30, 29, { subject: 'y' })] },
    { results: [{ id: 'r', kind: 'decision', mishap: true, ruling: 'too weak', name: { en: 'Warn?' }, teams: ['tokyo'], untold: [], reason: '' }] },
    { view: { now: { phase: 'play', banner: 'Fire' } } },
    { view: { now: { phase: 'ended', banner: null }, finish: { name: { en: 'Managed' }, note: '' } } },
  )
  expect(keyMoments(entries).map(({ kind, place }) => `${place} ${kind}`)).toEqual(['1 ladder', '2 decision', '2 mishap', '2 ruling', '3 stop', '4 end'])
  expect(keyMoments(entries)[0]?.rung).toBe(1)
})

test('a change of many tracks at once is large, a small one is not', () => {
  const entries = game({}, { changes: [change('coord', 40, 33), change('trust', 50, 44)] }, { changes: [change('coord', 33, 30)] })
  expect(keyMoments(entries).map(({ kind, place }) => `${place} ${kind}`)).toEqual(['1 swing'])
})

test('agreements and refusals are found when a proposal’s state changes, once', () => {
  const entries = game(
    { view: { table: [proposal] } },
    { view: { table: [{ ...proposal, status: 'agreed' }] } },
    { view: { table: [{ ...proposal, status: 'agreed' }] } },
    { view: { table: [{ ...proposal, status: 'refused', stands: { washington: { stand: 'refuses', reason: 'No.' } } }] } },
  )
  const found = keyMoments(entries)
  expect(found.map(({ kind, place }) => `${place} ${kind}`)).toEqual(['1 agreed', '3 refused'])
  expect(found[1]).toMatchObject({ others: ['washington'], words: 'No.' })
})

test('an order sealed without a word to a partner is a moment, when it is sealed', () => {
  const order = { id: 'o', team: 'tokyo', action: 'JP-1', untold: ['seoul'], reason: 'Haste' }
  const entries = game({}, { view: { orders: [order] } }, { view: { orders: [order, { ...order, id: 'o2', untold: [] }] } })
  expect(keyMoments(entries).map(({ kind, place, others }) => [kind, place, others])).toEqual([['untold', 1, ['seoul']]])
})

test('the weightiest keep their order in time', () => {
  const entries = game({}, { changes: [change('coord', 40, 10)] }, { changes: [change('coord', 10, 90)] }, { changes: [change('coord', 90, 70)] })
  expect(weightiest(keyMoments(entries), 2).map(({ place }) => place)).toEqual([1, 2])
})

test('who was told what, who opened it when, and what was taken back', () => {
  const entries = game(
    {},
    { inbox: [{ id: 'i1', to: ['tokyo', 'seoul.foreign'] }, { id: 'i2', to: ['all'] }] },
    { view: { inject_marks: { i1: { read: false, recalled: null, readers: ['tokyo.leader'] } } } },
    { view: { inject_marks: { i1: { read: false, recalled: 'wrong', readers: ['tokyo.leader', 'tokyo.defence'] } } } },
    { consults: [{ id: 'n1', team: 'tokyo', to: ['seoul'] }] },
  )
  const [first, second, note] = pieces(entries)
  if (!first || !second || !note) throw new Error('not all there')
  expect([first.shares.washington.got, first.shares.tokyo.got, first.shares.seoul.got]).toEqual(['none', 'team', 'seats'])
  expect(first.shares.seoul.seats).toEqual(['seoul.foreign'])
  expect([2, 3, 4].map((seq) => readBy(first.shares.tokyo, seq).map(({ seat }) => seat))).toEqual([[], ['tokyo.leader'], ['tokyo.leader', 'tokyo.defence']])
  expect(first.recalled).toBe(4)
  expect([first.uneven, second.uneven]).toEqual([true, false])
  expect([note.shares.tokyo.got, note.shares.seoul.got, note.shares.washington.got]).toEqual(['sender', 'team', 'none'])
})

test('the flashes are what is asked for first', () => {
  const entries = game({}, { inbox: [{ id: 'i1', to: ['all'], method: 'news' }, { id: 'i2', to: ['all'], method: 'flash' }] })
  expect(flashes(pieces(entries)).map(({ id }) => id)).toEqual(['i2'])
})

test('ticks of one kind at one entry are one, and name them all', () => {
  const entries = game({}, { inbox: [{ title: { en: 'A' } }, { title: { en: 'B' } }] as never, results: [{ name: { en: 'R' }, kind: 'action', untold: [], teams: [], ruling: null }] })
  expect(ticks(entries, [])).toEqual([
    { seq: 2, kind: 'inject', label: 'A\nB' },
    { seq: 2, kind: 'result', label: 'R' },
  ])
})

test('an address may ask from which moment the game goes on, and a link to a moment does not', () => {
  expect(goesOn(goOn)).toBe(true)
  expect(goesOn(hashOf({ entry: 3, eyes: 'tokyo', page: 'course' }))).toBe(false)
})

test('a link carries the moment and the eyes, and nothing that is not known', () => {
  expect(spotIn(hashOf({ entry: 143, eyes: 'tokyo', page: 'knew' }))).toEqual({ entry: 143, eyes: 'tokyo', page: 'knew' })
  expect(spotIn('#entry=-3&eyes=beijing&page=secrets')).toEqual({ entry: undefined, eyes: undefined, page: undefined })
  expect(spotIn('')).toEqual({ entry: undefined, eyes: undefined, page: undefined })
})

test('arrows belong to the timeline unless something else needs them, and space presses what has the focus', () => {
  const on = (html: string, key: string) => {
    document.body.innerHTML = html
    let found = false
    document.body.onkeydown = (event) => (found = mine(event))
    document.body.firstElementChild?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    return found
  }
  expect([on('<p></p>', 'ArrowLeft'), on('<button></button>', 'ArrowLeft'), on('<button></button>', ' '), on('<input>', 'Home')]).toEqual([true, true, false, false])
})

test('spans of time are said in words', () => {
  expect([30_000, 47 * 60_000, 65 * 60_000, 120 * 60_000].map(long)).toEqual(['1 minute', '47 minutes', '1 hour 5 minutes', '2 hours'])
})

test('asking about a track answers with its causes; asking at one entry with those alone', () => {
  const review = new Review()
  const entries = game({}, { changes: [change('coord', 40, 42)] }, { changes: [change('coord', 42, 50), change('trust', 1, 9)] })
  review.replay.recordings = { control: { entries, whole: true } }
  review.ask({ track: 'coord' })
  expect(review.answer.map(({ entry }) => entry.seq)).toEqual([2, 3])
  review.ask({ track: 'coord', seq: 3 }, 3)
  expect(review.answer).toHaveLength(1)
  expect(review.replay.seq).toBe(3)
  expect(review.place).toBe(2)
})

test('what came before the first turn is the plan phase, where the game began with one', () => {
  const review = new Review()
  const began = (plan_phase: object | null) => {
    const [first] = game({})
    return { control: { entries: first ? [{ ...first, view: { ...first.view, game: { ...first.view.game, plan_phase }, now: { ...first.view.now, turns: [] } } as View }] : [], whole: true } }
  }
  review.replay.recordings = began(null)
  expect(review.turnName(0)).toBe('before the start')
  review.replay.recordings = began({ minutes: 30, points: 6 })
  expect(review.turnName(0)).toBe('Plan phase')
})

test('until control’s eyes have arrived, what is there stands for the truth', () => {
  const review = new Review()
  review.replay.eyes = 'tokyo'
  review.replay.recordings = { tokyo: { entries: game({}, {}), whole: true } }
  expect(review.truth).toHaveLength(2)
  expect(review.pieces).toEqual([])
})
