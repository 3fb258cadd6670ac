import { expect, test } from 'vitest'
import { left, span } from './clock'

test('time left runs at the clock’s rate, and stands still while paused', () => {
  const running = { elapsed: 60_000, since: 1000, rate: 2000 }
  expect(left(running, 100_000, 11_000)).toBe(20_000)
  expect(left({ ...running, since: null }, 100_000, 11_000)).toBe(40_000)
})

test('a machine whose clock is behind sees no time given back', () => {
  expect(left({ elapsed: 0, since: 1000, rate: 1000 }, 5000, 500)).toBe(5000)
})

test('a span reads 0:00 only when it is over', () => {
  expect([252_000, 1, 0, -900, -61_000, 3_852_000].map(span)).toEqual(['4:12', '0:01', '0:00', '0:00', '1:01', '1:04:12'])
})
