import { afterEach, expect, test, vi } from 'vitest'
import { ApiError } from './api'
import { forget, gameToken, held, houseToken, join, seatToken } from './session'

function answer(status: number, body: object): void {
  vi.stubGlobal('fetch', vi.fn(async () => new Response(JSON.stringify(body), { status })))
}

afterEach(() => vi.unstubAllGlobals())

test('a seat’s link becomes a session, kept in this browser', async () => {
  answer(200, { token: 'k', game: 'g', seat: 'tokyo.leader', title: 'A' })
  expect(await join('secret')).toBe('/play/g/tokyo.leader')
  expect(fetch).toHaveBeenCalledWith('/api/session', expect.objectContaining({ method: 'POST', body: '{"secret":"secret"}' }))
  expect(seatToken('g', 'tokyo.leader')).toBe('k')
  expect(held()).toEqual([{ game: 'g', seat: 'tokyo.leader' }])
  forget('g', 'tokyo.leader')
  expect(held()).toEqual([])
})

test('a link without a seat is the house’s', async () => {
  answer(200, { token: 'h', game: null, seat: null, title: 'A' })
  expect(await join('secret')).toBe('/')
  expect(houseToken()).toBe('h')
  expect(gameToken('g')).toBe('h')
})

test('a refused link says why, and nothing is kept', async () => {
  answer(403, { type: 'about:blank', title: 'Refused', code: 'revoked', detail: 'Withdrawn.', instead: 'Ask.' })
  const error = await join('secret').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 403, code: 'revoked', detail: 'Withdrawn.', instead: 'Ask.', passing: false })
  expect(localStorage.length).toBe(1)
})

test('no answer at all is worth another try', async () => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('network'))))
  await expect(join('secret')).rejects.toMatchObject({ status: 0, passing: true })
})
