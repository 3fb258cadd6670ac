import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Frame, SeatCommand } from '../protocol'
import { Game, type Options } from './connection.svelte'
import { Refused } from './refused'
import type { Socket } from './wire'

/** The other end of a socket, in the hands of a test. */
class Fake implements Socket {
  onopen: WebSocket['onopen'] = null
  onmessage: WebSocket['onmessage'] = null
  onclose: WebSocket['onclose'] = null
  readonly sent: unknown[] = []
  shut = false

  constructor(
    readonly url: string,
    readonly subprotocol: string | string[] | undefined,
  ) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.shut = true
  }

  accept(): void {
    this.onopen?.call(this as never, new Event('open'))
  }

  say(frame: Frame | object): void {
    this.raw(JSON.stringify(frame))
  }

  raw(data: string): void {
    this.onmessage?.call(this as never, new MessageEvent('message', { data }))
  }

  lose(code = 1006): void {
    this.onclose?.call(this as never, Object.assign(new Event('close'), { code }) as CloseEvent)
  }

  greet(view: object = {}, feeds: object = {}): void {
    this.accept()
    this.say({ hello: { protocol: 1, now: Date.now() + 5000, game: 'g', seat: 'tokyo.leader', line: 'l' } })
    this.say({ view, feeds })
  }
}

const sockets: Fake[] = []
const games: Game[] = []

function play(options: Partial<Options> = {}): Game {
  const socket = (url: string, name: string): Socket => {
    const fake = new Fake(url, name)
    sockets.push(fake)
    return fake
  }
  const game = new Game({ game: 'g', seat: 'tokyo.leader', token: 'key', socket, random: () => 0.5, ...options })
  games.push(game)
  game.open()
  return game
}

function last(): Fake {
  const socket = sockets.at(-1)
  if (!socket) throw new Error('no socket was opened')
  return socket
}

/** The commands that arrived at a socket. */
function asked(socket: Fake): { id: string; do: { type: string; text?: string } }[] {
  return socket.sent.filter((frame): frame is never => typeof frame === 'object' && frame !== null && 'do' in frame)
}

function message(text: string): SeatCommand {
  return { type: 'SendMessage', room: 'tokyo', text }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})

afterEach(() => {
  for (const game of games.splice(0)) game.close()
  sockets.length = 0
  vi.useRealTimers()
})

describe('connecting', () => {
  test('the address, the subprotocol, and the session first', () => {
    play()
    expect(last().url).toBe('ws://localhost:3000/api/play/g/tokyo.leader')
    expect(last().subprotocol).toBe('alliance.v1')
    last().accept()
    expect(last().sent).toEqual([{ session: 'key' }])
  })

  test('it is live after the greeting, by the server’s clock', () => {
    const game = play()
    expect(game.online).toBe('connecting')
    last().greet()
    expect(game.online).toBe('live')
    expect(game.now()).toBe(Date.now() + 5000)
    vi.advanceTimersByTime(1000)
    expect(game.now()).toBe(1_006_000)
  })

  test('another protocol ends it with a reason and opens nothing more', () => {
    const game = play()
    last().accept()
    last().say({ hello: { protocol: 2, now: 0, game: 'g', seat: 's', line: 'l' } })
    expect(game.ended).toBe('version')
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
  })

  test.each([
    [4401, 'unknown'],
    [4403, 'revoked'],
  ] as const)('close %i ends it as %s, and everything asked is refused', async (code, why) => {
    const game = play()
    last().greet()
    const answer = game.send(message('one'))
    last().lose(code)
    expect(game.ended).toBe(why)
    await expect(answer).rejects.toMatchObject({ code: 'ended' })
    await expect(game.send(message('two'))).rejects.toBeInstanceOf(Refused)
    expect(game.waiting).toBe(0)
    vi.advanceTimersByTime(60_000)
    window.dispatchEvent(new Event('online'))
    expect(sockets).toHaveLength(1)
  })
})

describe('what is shown', () => {
  test('sections are replaced whole, the others stay the same object', () => {
    const game = play()
    last().greet({ now: { turn: 1 }, tracks: [{ id: 'coord' }] })
    const tracks = game.view?.tracks
    last().say({ view: { now: { turn: 2 } } })
    expect(game.view?.now.turn).toBe(2)
    expect(game.view?.tracks).toBe(tracks)
  })

  test('a view that says nothing new leaves the feeds as they were', () => {
    const game = play()
    last().greet({}, { inbox: { from: 0, items: ['a'] } })
    const feeds = game.feeds
    last().say({ view: { now: { turn: 2 } } })
    expect(game.feeds).toBe(feeds)
  })

  test('the first view of a new connection drops what it lacks', () => {
    const game = play()
    last().greet({ now: { turn: 1 }, finish: { end: 'x' } }, { inbox: { from: 0, items: ['a'] } })
    last().lose()
    vi.advanceTimersByTime(8000)
    last().accept()
    last().say({ hello: { protocol: 1, now: 0, game: 'g', seat: 's', line: 'l' } })
    expect(game.view?.now.turn).toBe(1)
    last().say({ view: { now: { turn: 2 } }, feeds: {} })
    expect(game.view).toEqual({ now: { turn: 2 } })
    expect(game.feeds).toEqual({})
  })

  test('a feed grows, and a gap or an earlier beginning replaces it', () => {
    const game = play()
    last().greet({}, { inbox: { from: 3, items: ['d', 'e'] } })
    last().say({ feeds: { inbox: { from: 5, items: ['f'] } } })
    expect(game.feeds.inbox).toEqual({ from: 3, items: ['d', 'e', 'f'] })
    last().say({ feeds: { inbox: { from: 9, items: ['j'] } } })
    expect(game.feeds.inbox).toEqual({ from: 9, items: ['j'] })
    last().say({ feeds: { inbox: { from: 1, items: ['B'] } } })
    expect(game.feeds.inbox).toEqual({ from: 1, items: ['B'] })
  })

  test('older items that were fetched survive a reconnect of the same history', () => {
    const game = play()
    last().greet({}, { inbox: { from: 0, items: ['a', 'b', 'c'] } })
    last().lose()
    vi.advanceTimersByTime(8000)
    last().greet({}, { inbox: { from: 2, items: ['c', 'd'] } })
    expect(game.feeds.inbox).toEqual({ from: 0, items: ['a', 'b', 'c', 'd'] })
  })

  test('a history that was rewound is not mixed with the old one', () => {
    const game = play()
    last().greet({}, { inbox: { from: 0, items: ['a', 'b', 'c'] } })
    last().lose()
    vi.advanceTimersByTime(8000)
    last().greet({}, { inbox: { from: 2, items: ['x'] } })
    expect(game.feeds.inbox).toEqual({ from: 2, items: ['x'] })
  })

  test('who is there', () => {
    const game = play()
    last().greet()
    last().say({ presence: { online: ['seoul.leader'], typing: { 'seoul+tokyo': ['seoul.leader'] } } })
    expect(game.presence.online).toEqual(['seoul.leader'])
  })
})

describe('asking', () => {
  test('resolves at ok, when the view already has the effect', async () => {
    const game = play()
    last().greet({ now: { turn: 1 } })
    const answer = game.send(message('hello'))
    const [frame] = asked(last())
    expect(frame?.do).toEqual({ type: 'SendMessage', room: 'tokyo', text: 'hello' })
    expect(game.waiting).toBe(1)
    const seen = answer.then(() => game.view?.now.turn)
    last().say({ view: { now: { turn: 2 } }, ok: frame?.id })
    await expect(seen).resolves.toBe(2)
    expect(game.waiting).toBe(0)
  })

  test('rejects with the refusal', async () => {
    const game = play()
    last().greet()
    const answer = game.send(message('hello'))
    const id = asked(last())[0]?.id ?? ''
    last().say({ no: { id, code: 'late', say: 'Orders are closed.', instead: 'Ask control.' } })
    await expect(answer).rejects.toMatchObject({ code: 'late', say: 'Orders are closed.', instead: 'Ask control.' })
    expect(game.refused?.code).toBe('late')
    expect(game.waiting).toBe(0)
  })

  test('an answer to somebody else’s question changes nothing', () => {
    const game = play()
    last().greet()
    void game.send(message('hello'))
    last().say({ ok: 'another' })
    last().say({ no: { id: 'another', code: 'late', say: '', instead: '' } })
    expect(game.waiting).toBe(1)
    expect(game.refused).toBeUndefined()
  })

  test('what was asked of one line is not asked of the line that the game goes on in', async () => {
    const game = play()
    last().greet()
    const answer = game.send(message('hello'))
    last().lose(1012)
    vi.advanceTimersByTime(60_000)
    last().accept()
    last().say({ hello: { protocol: 1, now: Date.now(), game: 'g', seat: 'tokyo.leader', line: 'another' } })
    await expect(answer).rejects.toMatchObject({ code: 'moved' })
    expect(asked(last())).toEqual([])
  })

  test('a command cut off midway is sent again with the same id, once a connection', async () => {
    const game = play()
    last().greet()
    const answer = game.send(message('hello'))
    const [before] = asked(last())
    last().lose()
    expect(game.online).toBe('away')
    vi.advanceTimersByTime(8000)
    last().greet()
    expect(asked(last())).toEqual([before])
    last().say({ ok: before?.id })
    await answer
    last().lose()
    vi.advanceTimersByTime(8000)
    last().greet()
    expect(asked(last())).toEqual([])
  })

  test('what is asked while away waits for the greeting, and keeps its order', () => {
    const game = play()
    last().greet()
    void game.send(message('one'))
    last().lose()
    void game.send(message('two'))
    vi.advanceTimersByTime(8000)
    void game.send(message('three'))
    last().accept()
    expect(asked(last())).toEqual([])
    last().greet()
    expect(asked(last()).map((frame) => frame.do.text)).toEqual(['one', 'two', 'three'])
    expect(new Set(asked(last()).map((frame) => frame.id)).size).toBe(3)
  })

  test('what is waiting outlives a reload of the page, with the same id', () => {
    const first = play({ storage: sessionStorage })
    last().greet()
    void first.send(message('one'))
    const [before] = asked(last())
    first.close()
    const second = play({ storage: sessionStorage })
    expect(second.waiting).toBe(1)
    last().greet()
    expect(asked(last())).toEqual([before])
    last().say({ ok: before?.id })
    expect(second.waiting).toBe(0)
    expect(sessionStorage.length).toBe(0)
  })

  test('what was waiting an hour ago is not sent any more', () => {
    const first = play({ storage: sessionStorage })
    last().greet()
    void first.send(message('one'))
    first.close()
    vi.advanceTimersByTime(3_600_000)
    expect(play({ storage: sessionStorage }).waiting).toBe(0)
  })

  test('what is too long for the server is refused here', async () => {
    const game = play()
    last().greet()
    await expect(game.send(message('가'.repeat(25_000)))).rejects.toMatchObject({ code: 'too-long' })
    expect(asked(last())).toEqual([])
    expect(game.waiting).toBe(0)
  })

  test('a command that breaks the server twice is given up, the one behind it is not', async () => {
    const game = play()
    last().greet()
    const poison = game.send(message('poison'))
    void game.send(message('fine'))
    last().lose(1011)
    vi.advanceTimersByTime(8000)
    last().greet()
    expect(asked(last())).toHaveLength(2)
    last().lose(1011)
    await expect(poison).rejects.toMatchObject({ code: 'fault' })
    vi.advanceTimersByTime(8000)
    last().greet()
    expect(asked(last()).map((frame) => frame.do.text)).toEqual(['fine'])
  })

  test('a command that is too large for the server is not sent for ever', async () => {
    const game = play()
    last().greet()
    void game.send(message('short'))
    const long = game.send(message('long'.repeat(99)))
    last().lose(1009)
    await expect(long).rejects.toMatchObject({ code: 'too-long' })
    expect(game.waiting).toBe(1)
  })
})

describe('older items', () => {
  test('a page comes before what is held', async () => {
    const game = play()
    last().greet({}, { 'room/tokyo': { from: 2, items: ['c'] } })
    const found = game.older('room/tokyo')
    void game.older('room/tokyo')
    const pages = last().sent.filter((frame) => typeof frame === 'object' && frame !== null && 'page' in frame)
    expect(pages).toMatchObject([{ page: { feed: 'room/tokyo', before: 2 } }])
    const id: unknown = Reflect.get(pages[0] ?? {}, 'id')
    last().say({ page: { id, feed: 'room/tokyo', from: 0, items: ['a', 'b'] } })
    await expect(found).resolves.toBe(true)
    expect(game.feeds['room/tokyo']).toEqual({ from: 0, items: ['a', 'b', 'c'] })
    await expect(game.older('room/tokyo')).resolves.toBe(false)
  })

  test('a lost connection answers no', async () => {
    const game = play()
    last().greet({}, { inbox: { from: 2, items: ['c'] } })
    const found = game.older('inbox')
    last().lose()
    await expect(found).resolves.toBe(false)
  })
})

describe('coming back', () => {
  test('waits longer each time, never under 0.3 s nor over 8 s', () => {
    for (const random of [0, 0.999]) {
      sockets.length = 0
      const game = play({ random: () => random })
      const waits: number[] = []
      for (let i = 0; i < 10; i++) {
        const count = sockets.length
        const before = Date.now()
        last().lose()
        while (sockets.length === count) vi.advanceTimersByTime(10)
        waits.push(Date.now() - before)
      }
      game.close()
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(300)
      expect(Math.max(...waits)).toBeLessThanOrEqual(8010)
      expect(waits[5]).toBeGreaterThan(waits[0] ?? 0)
    }
  })

  test('a connection that held makes the next wait short again', () => {
    play()
    for (let i = 0; i < 6; i++) {
      last().lose()
      vi.advanceTimersByTime(8000)
    }
    last().greet()
    vi.advanceTimersByTime(6000)
    const count = sockets.length
    last().lose(1012)
    vi.advanceTimersByTime(600)
    expect(sockets).toHaveLength(count + 1)
  })

  test('a connection that broke at once does not', () => {
    play()
    for (let i = 0; i < 6; i++) {
      last().greet()
      last().lose(1011)
      vi.advanceTimersByTime(8000)
    }
    const count = sockets.length
    last().greet()
    last().lose(1011)
    vi.advanceTimersByTime(3000)
    expect(sockets).toHaveLength(count)
  })

  test('having been too fast costs at least five seconds', () => {
    play()
    last().greet()
    last().lose(1008)
    vi.advanceTimersByTime(4900)
    expect(sockets).toHaveLength(1)
    vi.advanceTimersByTime(2200)
    expect(sockets).toHaveLength(2)
  })

  test('is tried at once when the network is back', () => {
    play()
    last().greet()
    window.dispatchEvent(new Event('offline'))
    expect(games.at(-1)?.online).toBe('away')
    const count = sockets.length
    window.dispatchEvent(new Event('online'))
    expect(sockets).toHaveLength(count + 1)
  })

  test('a socket that owes an answer and is silent is replaced, and the command goes again', () => {
    const game = play()
    const dead = last()
    dead.greet()
    void game.send(message('hello'))
    vi.advanceTimersByTime(16_000)
    expect(dead.shut).toBe(true)
    expect(last()).not.toBe(dead)
    last().greet()
    expect(asked(last())).toEqual(asked(dead))
  })

  test('a quiet socket that owes nothing is left alone', () => {
    play()
    last().greet()
    vi.advanceTimersByTime(600_000)
    expect(sockets).toHaveLength(1)
  })

  test('a socket that was let go is not listened to', () => {
    const game = play()
    const old = last()
    old.greet({ now: { turn: 1 } })
    window.dispatchEvent(new Event('online'))
    old.say({ view: { now: { turn: 9 } } })
    old.lose(4403)
    expect(game.view?.now.turn).toBe(1)
    expect(game.ended).toBeUndefined()
  })

  test('what cannot be read is a lost connection, not a crash', () => {
    const game = play()
    last().greet()
    last().raw('{')
    expect(game.online).toBe('away')
    vi.advanceTimersByTime(8000)
    expect(sockets).toHaveLength(2)
  })

  test('nothing is opened after leaving', () => {
    const game = play()
    last().greet()
    last().lose()
    game.close()
    vi.advanceTimersByTime(60_000)
    window.dispatchEvent(new Event('online'))
    expect(sockets).toHaveLength(1)
  })
})

test('writing is said once, and again when it goes on', () => {
  const game = play()
  last().greet()
  game.typing('tokyo')
  game.typing('tokyo')
  vi.advanceTimersByTime(3100)
  game.typing('tokyo')
  game.typing(null)
  expect(last().sent.slice(1)).toEqual([{ typing: 'tokyo' }, { typing: 'tokyo' }, { typing: null }])
})
