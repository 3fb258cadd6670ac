import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Eyes, ReviewLine } from '../protocol'
import { gap, seams } from './playback'
import { placeOf, record } from './recording'
import { Replay, type Move } from './replay.svelte'

function line(seq: number, at = seq * 1000): ReviewLine {
  const frame = {
    view: { now: { turn: seq }, ...(seq === 1 ? { map: { places: [] } } : {}) },
    feeds: { inbox: { from: seq - 1, items: [`item ${seq}`] } },
  }
  return { seq, at, turn: 1, phase: 'play', type: 'Tick', seat: 'house', frame: frame as never }
}

const lines = Array.from({ length: 300 }, (_, i) => line(i + 1))

function replay(taken: readonly ReviewLine[] = lines, eyes: Eyes = 'control'): Replay {
  const made = new Replay()
  made.take(eyes, taken)
  return made
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('going to an entry by any way shows the same', () => {
  const it = replay()
  for (const place of [0, 299, 150, 64, 63, 128, 5]) {
    it.goTo(place)
    expect(it.view?.now.turn).toBe(place + 1)
    expect(it.feeds.inbox?.items).toHaveLength(place + 1)
    expect(it.now()).toBe((place + 1) * 1000)
  }
})

test('what an entry does not change is the very same object', () => {
  const entries = record(lines)
  expect(entries[299]?.view.map).toBe(entries[0]?.view.map)
  expect(entries[1]?.view.now).not.toBe(entries[0]?.view.now)
})

test('an entry that shows nothing new leaves everything as it was', () => {
  const quiet = { ...line(3), frame: {} }
  const [, second, third] = record([line(1), line(2), quiet])
  expect(third?.view).toBe(second?.view)
  expect(third?.feeds).toBe(second?.feeds)
})

test('other eyes keep the moment, or the nearest before it', () => {
  const it = replay()
  it.take('tokyo', lines.filter((each) => each.seq % 2 === 0))
  it.goTo(150)
  it.eyes = 'tokyo'
  expect(it.entry?.seq).toBe(150)
  it.eyes = 'control'
  expect(it.entry?.seq).toBe(151)
})

test('eyes that have not arrived show nothing of what others saw', () => {
  const it = replay()
  it.eyes = 'seoul'
  expect(it.view).toBeUndefined()
  expect(it.entries).toEqual([])
})

test('the place of a number is the last entry not after it', () => {
  const entries = [2, 4, 9].map((seq) => ({ seq }))
  expect([0, 2, 3, 8, 9, 99].map((seq) => placeOf(entries, seq))).toEqual([0, 0, 0, 1, 2, 2])
})

test('plays at its speed and stops at the end', () => {
  const it = replay()
  it.goTo(290)
  it.speed = 4
  it.play()
  vi.advanceTimersByTime(1000)
  expect(it.place).toBe(294)
  vi.advanceTimersByTime(10_000)
  expect(it.place).toBe(299)
  expect(it.playing).toBe(false)
})

test('a new speed counts at once, and going elsewhere goes on from there', () => {
  const it = replay([line(1), line(2, 5000), line(3, 9000)])
  it.play()
  it.speed = 4
  vi.advanceTimersByTime(1000)
  expect(it.place).toBe(1)
  it.goTo(0)
  vi.advanceTimersByTime(999)
  expect(it.place).toBe(0)
})

test('a long silence is not sat through, and it is said', () => {
  const it = replay([line(1), line(2, 90_000_000), line(3, 90_001_000)])
  it.play()
  expect(it.passing).toEqual({ passed: 89_999_000, wait: 5000, shortened: true })
  vi.advanceTimersByTime(5000)
  expect(it.place).toBe(1)
  expect(it.passing?.shortened).toBe(false)
})

test('what is shortened depends on the speed', () => {
  expect(gap(0, 40_000, 1)).toEqual({ passed: 40_000, wait: 5000, shortened: true })
  expect(gap(0, 40_000, 16)).toEqual({ passed: 40_000, wait: 2500, shortened: false })
  expect(gap(0, 0, 60)).toEqual({ passed: 0, wait: 40, shortened: false })
})

test('silences are named by the entry that ends them', () => {
  expect(seams([0, 1000, 2_821_000, 2_822_000].map((at) => ({ at })))).toEqual([{ place: 2, passed: 2_820_000 }])
})

test('an empty game has nothing to show and nothing to play', () => {
  const it = replay([])
  it.play()
  expect(it.view).toBeUndefined()
  expect(it.playing).toBe(false)
})

test('one may go where nothing has arrived yet: it is shown as soon as it has', async () => {
  let sent: ReadableStreamDefaultController<Uint8Array> | undefined
  vi.stubGlobal('fetch', async () => new Response(new ReadableStream<Uint8Array>({ start: (made) => void (sent = made) })))
  const send = async (...some: readonly ReviewLine[]) => {
    vi.advanceTimersByTime(1000)
    for (const each of some) sent?.enqueue(new TextEncoder().encode(`${JSON.stringify(each)}\n`))
    await vi.waitFor(() => expect(it.entries).toHaveLength(some.at(-1)?.seq ?? 0))
  }
  const on: Move = (entries, place) => (place + 1 < entries.length ? place + 1 : undefined)
  const it = new Replay()
  const loaded = it.load('g', 'control', 'k')
  await vi.waitFor(() => expect(sent).toBeDefined())
  it.goTo(0)
  await send(line(1))
  it.move(on)
  it.move(on)
  expect([it.place, it.ahead]).toEqual([0, true])
  await send(line(2))
  expect([it.place, it.ahead]).toEqual([1, true])
  await send(line(3))
  expect([it.place, it.ahead]).toEqual([2, false])
  it.end()
  it.move((_, place) => place - 1)
  await send(line(4))
  expect([it.place, it.ahead]).toEqual([3, true])
  it.goTo(0)
  expect([it.place, it.ahead]).toEqual([0, false])
  it.end()
  it.move((_, place) => place - 1)
  sent?.close()
  await loaded
  expect([it.place, it.ahead]).toEqual([2, false])
})

test('all eyes are fetched, those in use first; a scenario may lack some', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    const eyes = new URL(path, 'http://here').searchParams.get('eyes') ?? ''
    asked.push(eyes)
    if (eyes === 'public') return Response.json({ code: 'no_eyes' }, { status: 404 })
    return new Response(lines.map((each) => JSON.stringify(each)).join('\n'))
  })
  const it = new Replay()
  it.eyes = 'tokyo'
  await it.loadAll('g', 'k')
  expect(asked).toEqual(['tokyo', 'control', 'washington', 'seoul', 'public'])
  expect(it.recording.whole).toBe(true)
  expect(it.entries).toHaveLength(300)
})
