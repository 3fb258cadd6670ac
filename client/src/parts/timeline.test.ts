import { expect, test } from 'vitest'
import { moved, stretches } from './timeline'

const steps = [1, 1, 2, 2, 2, 3].map((turn, i) => ({ seq: i * 2 + 1, at: i, turn }))
const marks = [
  { seq: 4, label: 'a' },
  { seq: 9, label: 'b' },
]
const go = (key: string, place: number, shift = false) => moved(key, shift, place, steps, marks)

test('turns are stretches of entries', () => {
  expect(stretches(steps)).toEqual([
    { turn: 1, from: 0, to: 1 },
    { turn: 2, from: 2, to: 4 },
    { turn: 3, from: 5, to: 5 },
  ])
  expect(stretches([])).toEqual([])
})

test('keys go by entry, by turn, by mark and to the ends', () => {
  expect([go('ArrowRight', 5), go('ArrowLeft', 0), go('ArrowRight', 2)]).toEqual([5, 0, 3])
  expect([go('ArrowRight', 0, true), go('ArrowLeft', 4, true), go('ArrowRight', 5, true)]).toEqual([2, 2, 5])
  expect([go('PageUp', 1), go('PageDown', 3)]).toEqual([4, 1])
  expect([go('Home', 3), go('End', 3), go('x', 3)]).toEqual([0, 5, undefined])
})
