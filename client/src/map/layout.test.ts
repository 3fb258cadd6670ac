import { expect, test } from 'vitest'
import { edge, overlap, placeNames, placeNamesAnyhow, spread, square, type Wish } from './layout'

const frame = { x: 0, y: 0, width: 400, height: 300 }

function wish(id: string, x: number, y: number, more: Partial<Wish> = {}): Wish {
  return { id, text: 'Yokosuka', at: [x, y], gap: 7, size: 12, rank: 1, ...more }
}

test('no name covers another, a sign, or the border of the frame', () => {
  const signs = [square([200, 150], 20)]
  const wishes = Array.from({ length: 12 }, (_, i) => wish(`${i}`, 150 + i * 9, 140 + (i % 3) * 12))
  const labels = placeNames(wishes, signs, frame)
  expect(labels.length).toBeGreaterThan(3)
  for (const [i, one] of labels.entries()) {
    for (const sign of signs) expect(overlap(one.box, sign)).toBe(false)
    for (const other of labels.slice(i + 1)) expect(overlap(one.box, other.box)).toBe(false)
    expect(one.box.x).toBeGreaterThan(0)
    expect(one.box.x + one.box.width).toBeLessThan(400)
  }
})

test('when there is room for one, it is the one that matters', () => {
  const walls = [
    { x: 0, y: 0, width: 400, height: 140 },
    { x: 0, y: 160, width: 400, height: 140 },
  ]
  const labels = placeNames([wish('city', 340, 150), wish('capital', 340, 150, { rank: 0 })], walls, frame)
  expect(labels.map(({ id }) => id)).toEqual(['capital'])
})

test('a name that can be written otherwise is, before it is left out', () => {
  const walls = [{ x: 0, y: 0, width: 400, height: 143 }, { x: 0, y: 157, width: 400, height: 143 }]
  const sea = wish('sea', 200, 150, { stands: 'on', roam: 0 })
  expect(placeNames([sea], walls, frame)).toEqual([])
  const otherwise = [{ text: 'Yoko\nsuka', size: 11 }, { text: 'Yokosuka', size: 11 }]
  expect(placeNames([{ ...sea, otherwise }], walls, frame)).toMatchObject([{ id: 'sea', text: 'Yokosuka', size: 11 }])
})

test('a capital’s name is there, whatever it covers, and covers as little as it can', () => {
  const wall = { x: 0, y: 0, width: 400, height: 160 }
  const [label] = placeNamesAnyhow([wish('capital', 200, 150)], [wall, { x: 0, y: 170, width: 400, height: 130 }], frame)
  expect(label?.id).toBe('capital')
  expect(label?.box.y).toBeGreaterThan(150)
})

test('a sea’s name is left out rather than put on another sea', () => {
  const taken = [square([200, 150], 30)]
  const named = (roam: number) => placeNames([wish('sea', 200, 150, { stands: 'on', roam })], taken, frame)
  expect(named(12)).toEqual([])
  expect(named(60)).toHaveLength(1)
})

test('signs at one place are moved apart and stay in the frame', () => {
  const spots = spread([[2, 2], [2, 2], [2, 2], [200, 100], [204, 103]], 20, [], frame)
  for (const [i, [x, y]] of spots.entries()) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(10)
    for (const [a, b] of spots.slice(i + 1)) expect(Math.max(Math.abs(a - x), Math.abs(b - y))).toBeGreaterThan(19)
  }
})

test('what lies beyond the frame is pointed to from its edge', () => {
  const { at, angle } = edge([9000, 150], frame, 10)
  expect(at).toEqual([390, 150])
  expect(angle).toBe(0)
})
