/** A track over the turns: facts are points, estimates are bands. */
export interface Series {
  readonly id: string
  readonly name: string
  /** Whose accent it takes; ink without one. */
  readonly team?: string
  /** One a turn; null where nothing is known. */
  readonly values: readonly (number | null)[]
  /** One a turn: lowest and highest, where there is only an estimate. */
  readonly bands?: readonly (readonly [low: number, high: number] | null)[]
}

type Place = (value: number) => number

/** The line through the values, broken where one is missing. */
export function line(values: Series['values'], x: Place, y: Place): string {
  let open = false
  return values
    .map((value, turn) => {
      if (value === null) {
        open = false
        return ''
      }
      const step = `${open ? 'L' : 'M'}${round(x(turn))} ${round(y(value))}`
      open = true
      return step
    })
    .join('')
}

/** The area between lowest and highest, one closed shape for every unbroken stretch. */
export function area(bands: NonNullable<Series['bands']>, x: Place, y: Place): string {
  const stretches: { turn: number; low: number; high: number }[][] = [[]]
  bands.forEach((band, turn) => {
    if (band) stretches.at(-1)?.push({ turn, low: band[0], high: band[1] })
    else stretches.push([])
  })
  const half = (x(1) - x(0)) / 4
  return stretches
    .filter((stretch) => stretch.length > 0)
    .map((stretch) => {
      // A single estimate still has to be seen: it is drawn a little wide.
      const wide = stretch.length === 1 ? half : 0
      const first = stretch[0]
      const top = stretch.map(({ turn, high }) => [x(turn), y(high)] as const)
      const foot = stretch.map(({ turn, low }) => [x(turn), y(low)] as const).reverse()
      const points = first && wide > 0
        ? [
            [x(first.turn) - wide, y(first.high)] as const,
            [x(first.turn) + wide, y(first.high)] as const,
            [x(first.turn) + wide, y(first.low)] as const,
            [x(first.turn) - wide, y(first.low)] as const,
          ]
        : [...top, ...foot]
      return `M${points.map(([a, b]) => `${round(a)} ${round(b)}`).join('L')}Z`
    })
    .join('')
}

/** Labels at a line's end, moved apart so that none covers another. */
export function apart(wanted: readonly number[], gap: number, top: number, foot: number): number[] {
  const order = wanted.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y)
  order.forEach((label, i) => {
    const above = order[i - 1]
    label.y = Math.max(label.y, above ? above.y + gap : top)
  })
  for (let i = order.length - 1, limit = foot; i >= 0; i--) {
    const label = order[i]
    if (!label) continue
    label.y = Math.min(label.y, limit)
    limit = label.y - gap
  }
  const placed = wanted.map(() => 0)
  for (const { y, index } of order) placed[index] = y
  return placed
}

/** The last turn of which anything is known; -1 if there is none. */
export function lastKnown({ values, bands = [] }: Series): number {
  const known = (turn: number) => (values[turn] ?? bands[turn] ?? null) !== null
  let turn = Math.max(values.length, bands.length) - 1
  while (turn >= 0 && !known(turn)) turn -= 1
  return turn
}

/** The last value that is known: a fact, or the middle of an estimate. */
export function latest(series: Series): number | undefined {
  const turn = lastKnown(series)
  const [value, band] = [series.values[turn], series.bands?.[turn]]
  return value ?? (band ? (band[0] + band[1]) / 2 : undefined)
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}
