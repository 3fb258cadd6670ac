/** A rectangle on the screen, in CSS pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A point on the screen. */
export type Point = readonly [x: number, y: number]

/** A name that wants a place near a point. */
export interface Wish {
  readonly id: string
  readonly text: string
  readonly at: Point
  /** How far from the point's middle the name begins. */
  readonly gap: number
  readonly size: number
  /** Lower comes first. */
  readonly rank: number
  /** A name without a sign stands on its point. */
  readonly centred?: boolean
  /** Extra width, as of spaced letters. */
  readonly spacing?: number
}

/** A name that has found its place; `x` and `y` are where its text begins, on the base line. */
export interface Label {
  readonly id: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly box: Box
}

/** About how wide a text is: no measuring, so that every browser places alike. */
export function textWidth(text: string, size: number): number {
  const ems = [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 1 : 0.57), 0)
  return ems * size
}

/** Places names so that none covers another or a sign; those that find no room are left out. */
export function placeNames(wishes: readonly Wish[], taken: readonly Box[], frame: Box): Label[] {
  const busy = [...taken]
  const labels: Label[] = []
  for (const wish of [...wishes].sort((a, b) => a.rank - b.rank)) {
    const box = candidates(wish).find((each) => within(each, frame) && !busy.some((other) => overlap(each, other)))
    if (!box) continue
    busy.push(box)
    labels.push({ id: wish.id, text: wish.text, x: box.x, y: box.y + box.height * 0.78, box })
  }
  return labels
}

function candidates({ text, at: [x, y], gap, size, centred, spacing = 0 }: Wish): Box[] {
  const width = textWidth(text, size) + [...text].length * spacing
  const height = size * 1.2
  const at = (left: number, top: number): Box => ({ x: left, y: top, width, height })
  const middle = at(x - width / 2, y - height / 2)
  if (centred) {
    const shift = height * 1.2
    return [middle, ...[shift, -shift, 2 * shift, -2 * shift].map((by) => ({ ...middle, y: middle.y + by }))]
  }
  return [
    at(x + gap, y - height / 2),
    at(x - gap - width, y - height / 2),
    at(x - width / 2, y + gap),
    at(x - width / 2, y - gap - height),
    at(x + gap * 0.7, y + gap * 0.5),
    at(x + gap * 0.7, y - gap * 0.5 - height),
    at(x - gap * 0.7 - width, y + gap * 0.5),
    at(x - gap * 0.7 - width, y - gap * 0.5 - height),
  ]
}

/** Moves signs that would lie on one another apart: a ring of free spots around each wish. */
export function spread(wanted: readonly Point[], size: number, frame: Box): Point[] {
  const placed: Point[] = []
  for (const [x, y] of wanted) {
    const half = size / 2
    const inside: Point = [
      Math.max(frame.x + half, Math.min(frame.x + frame.width - half, x)),
      Math.max(frame.y + half, Math.min(frame.y + frame.height - half, y)),
    ]
    placed.push(spots(inside, size).find((spot) => placed.every((other) => far(spot, other, size))) ?? inside)
  }
  return placed
}

function spots([x, y]: Point, size: number): Point[] {
  const rings = [1, 1.6, 2.3].flatMap((radius) =>
    [0, 4, 2, 6, 1, 3, 5, 7].map((eighth): Point => {
      const angle = (eighth * Math.PI) / 4
      return [x + radius * size * Math.cos(angle), y + radius * size * Math.sin(angle)]
    }),
  )
  return [[x, y], ...rings]
}

function far(a: Point, b: Point, size: number): boolean {
  return Math.abs(a[0] - b[0]) >= size * 0.98 || Math.abs(a[1] - b[1]) >= size * 0.98
}

/** Where the way from the middle of the frame to a point outside leaves it. */
export function edge([x, y]: Point, frame: Box, inset: number): { at: Point; angle: number } {
  const [cx, cy] = [frame.x + frame.width / 2, frame.y + frame.height / 2]
  const [dx, dy] = [x - cx, y - cy]
  const scale = Math.min(
    (frame.width / 2 - inset) / Math.max(1e-6, Math.abs(dx)),
    (frame.height / 2 - inset) / Math.max(1e-6, Math.abs(dy)),
  )
  return { at: [cx + dx * scale, cy + dy * scale], angle: (Math.atan2(dy, dx) * 180) / Math.PI }
}

/** Whether a point lies in the frame, a little inside its border. */
export function holds(frame: Box, [x, y]: Point, inset = 0): boolean {
  return (
    x >= frame.x + inset &&
    y >= frame.y + inset &&
    x <= frame.x + frame.width - inset &&
    y <= frame.y + frame.height - inset
  )
}

function within(box: Box, frame: Box): boolean {
  return (
    box.x >= frame.x + 2 &&
    box.y >= frame.y + 2 &&
    box.x + box.width <= frame.x + frame.width - 2 &&
    box.y + box.height <= frame.y + frame.height - 2
  )
}

/** Whether two rectangles share any of the screen. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
