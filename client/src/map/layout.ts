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
  /** How far from the point's middle the name begins, beside it and above or below it. */
  readonly gap: number
  readonly lift?: number
  readonly size: number
  /** Other ways to write it, the best first, before it is left out; a text may have several lines. */
  readonly otherwise?: readonly { readonly text: string; readonly size: number }[]
  /** Lower comes first. */
  readonly rank: number
  /** Where it stands: beside its sign, on its point where there is none, or under an area. */
  readonly stands?: 'beside' | 'on' | 'under'
  /** How far it may be moved from where it belongs; a sea's name on another sea is wrong. */
  readonly roam?: number
  /** Extra width, as of spaced letters. */
  readonly spacing?: number
}

/** A name that has found its place; `x` and `y` are where its text begins, on the base line. */
export interface Label {
  readonly id: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly box: Box
}

/** The height of a line, in sizes of its letters. */
export const line = 1.2

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
    const free = (box: Box) => within(box, frame) && !busy.some((other) => overlap(box, other))
    const label = [wish, ...(wish.otherwise ?? [])]
      .map(({ text, size }) => ({ ...wish, text, size }))
      .map((way) => labelled(way, candidates(way).find(free)))
      .find((each) => each !== undefined)
    if (!label) continue
    busy.push(label.box)
    labels.push(label)
  }
  return labels
}

/** Places names that must be there: what finds no room covers whatever it covers least of. */
export function placeNamesAnyhow(wishes: readonly Wish[], taken: readonly Box[], frame: Box): Label[] {
  const labels = placeNames(wishes, taken, frame)
  for (const wish of wishes) {
    if (labels.some(({ id }) => id === wish.id)) continue
    const busy = [...taken, ...labels.map(({ box }) => box)]
    const covered = (box: Box) => busy.reduce((sum, other) => sum + shared(box, other), 0)
    const boxes = candidates(wish).filter((box) => within(box, frame))
    const label = labelled(wish, boxes.sort((a, b) => covered(a) - covered(b))[0])
    if (label) labels.push(label)
  }
  return labels
}

function labelled({ id, text, size }: Wish, box: Box | undefined): Label | undefined {
  return box && { id, text, x: box.x, y: box.y + size * line * 0.78, size, box }
}

/** How much of the screen two rectangles share. */
function shared(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, wide) * Math.max(0, high)
}

function candidates({ text, at: [x, y], gap, lift = gap, size, stands, roam = Infinity, spacing = 0 }: Wish): Box[] {
  const lines = text.split('\n')
  const width = Math.max(...lines.map((each) => textWidth(each, size) + [...each].length * spacing))
  const height = size * line * lines.length
  const at = (left: number, top: number): Box => ({ x: left, y: top, width, height })
  const middle = at(x - width / 2, y - height / 2)
  if (stands === 'on') {
    const rows = [0, 1, -1, 2, -2, 3, -3].map((by) => by * height * 1.2)
    const columns = [0, 0.3, -0.3, 0.6, -0.6].map((by) => by * width)
    return rows
      .flatMap((down) => columns.map((aside) => ({ aside, down, far: Math.hypot(aside, down) })))
      .filter(({ far }) => far <= roam)
      .sort((one, other) => one.far - other.far)
      .map(({ aside, down }) => at(middle.x + aside, middle.y + down))
  }
  const [below, above] = [at(x - width / 2, y + lift), at(x - width / 2, y - lift - height)]
  const sides = [at(x + gap, y - height / 2), at(x - gap - width, y - height / 2)]
  if (stands === 'under') return [below, above, ...sides]
  return [
    ...sides,
    below,
    above,
    at(x + gap * 0.7, y + gap * 0.5),
    at(x + gap * 0.7, y - gap * 0.5 - height),
    at(x - gap * 0.7 - width, y + gap * 0.5),
    at(x - gap * 0.7 - width, y - gap * 0.5 - height),
  ]
}

/** Moves signs that would lie on one another or on what is taken apart: free spots around each wish. */
export function spread(wanted: readonly Point[], size: number, taken: readonly Box[], frame: Box): Point[] {
  const placed: Point[] = []
  for (const [x, y] of wanted) {
    const half = size / 2
    const inside: Point = [
      Math.max(frame.x + half, Math.min(frame.x + frame.width - half, x)),
      Math.max(frame.y + half, Math.min(frame.y + frame.height - half, y)),
    ]
    const free = (spot: Point) =>
      holds(frame, spot, half) &&
      placed.every((other) => far(spot, other, size)) &&
      !taken.some((box) => overlap(box, square(spot, size)))
    placed.push(spots(inside, size).find(free) ?? inside)
  }
  return placed
}

function spots([x, y]: Point, size: number): Point[] {
  const rings = [1, 1.6, 2.3, 3, 3.8].flatMap((radius) =>
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

/** The square of this size around a point. */
export function square([x, y]: Point, size: number): Box {
  return { x: x - size / 2, y: y - size / 2, width: size, height: size }
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
