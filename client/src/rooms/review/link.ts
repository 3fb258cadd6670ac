import { everyEyes } from '../../game/replay.svelte'
import type { Eyes } from '../../protocol'

/** The parts of the review, in order. */
export const pages = ['moments', 'course', 'knew', 'room', 'end'] as const

/** One of them. */
export type Page = (typeof pages)[number]

/** A moment of the review as a link carries it. There is no secret in it: whoever opens it needs a session. */
export interface Spot {
  readonly entry: number | undefined
  readonly eyes: Eyes | undefined
  readonly page: Page | undefined
}

/** What the fragment of an address points at. */
export function spotIn(hash: string): Spot {
  const wanted = new URLSearchParams(hash.replace(/^#/, ''))
  const entry = Number.parseInt(wanted.get('entry') ?? '', 10)
  return {
    entry: entry > 0 ? entry : undefined,
    eyes: everyEyes.find((eyes) => eyes === wanted.get('eyes')),
    page: pages.find((page) => page === wanted.get('page')),
  }
}

/** The fragment that asks from which moment the game goes on. */
export const goOn = '#goon=1'

/** Whether an address asks from which moment the game goes on. */
export function goesOn(hash: string): boolean {
  return new URLSearchParams(hash.replace(/^#/, '')).has('goon')
}

/** The fragment that points at a spot. */
export function hashOf({ entry, eyes, page }: { entry: number; eyes: Eyes; page: Page }): string {
  return `#${new URLSearchParams({ entry: `${entry}`, eyes, page }).toString()}`
}
