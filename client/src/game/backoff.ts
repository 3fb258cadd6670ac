const shortest = 300
const longest = 8000

/** How long to wait before the next try, in ms: doubling, never under 0.3 s nor over 8 s, and scattered. */
export function backoff(attempt: number, random: () => number): number {
  const most = Math.min(longest, 2 * shortest * 2 ** Math.min(attempt, 16))
  return most / 2 + (random() * most) / 2
}

/** How long to keep still after having been too fast, in ms. */
export function penance(random: () => number): number {
  return 5000 + random() * 2000
}
