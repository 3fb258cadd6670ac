import { expect, test } from 'vitest'
import { apart, area, lastKnown, latest, line } from './chart'

const same = (n: number) => n

test('a line breaks where nothing is known', () => {
  expect(line([1, 2, null, 4], same, same)).toBe('M0 1L1 2M3 4')
})

test('an estimate is an area, and a single one can be seen', () => {
  expect(area([[1, 3], [2, 4]], same, same)).toBe('M0 3L1 4L1 2L0 1Z')
  expect(area([[1, 3], null], (n) => n * 4, same)).toBe('M-1 3L1 3L1 1L-1 1Z')
})

test('the latest is the last fact or the middle of the last estimate', () => {
  const series = { id: 'a', name: 'a', values: [40, null, null], bands: [null, [20, 40] as const, null] }
  expect([lastKnown(series), latest(series)]).toEqual([1, 30])
  expect(latest({ id: 'b', name: 'b', values: [null] })).toBeUndefined()
})

test('labels are moved apart, in their order, within the frame', () => {
  const placed = apart([50, 50, 49, 99], 10, 0, 100)
  expect([...placed].sort((a, b) => a - b)).toEqual([49, 59, 69, 99])
  expect(Math.max(...apart([99, 98, 97], 10, 0, 100))).toBe(100)
})
