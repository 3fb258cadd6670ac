import type { Entry } from '../../game/recording'
import type { Tick } from '../../parts/timeline'
import { plain } from '../../words/words.svelte'
import { arrivals } from './arrivals'
import type { KeyMoment } from './keymoments'

/** What happened along the game, for the timeline: injects, results, agreements and emergencies. */
export function ticks(entries: readonly Entry[], moments: readonly KeyMoment[]): Tick[] {
  const injects = arrivals(entries, 'inbox').map(({ entry, item }): Tick => ({ seq: entry.seq, kind: 'inject', label: plain(item.title) }))
  const results = arrivals(entries, 'results').map(({ entry, item }): Tick => ({ seq: entry.seq, kind: 'result', label: plain(item.name) }))
  const others = moments.flatMap(({ kind, entry, name, words }): Tick[] => {
    if (kind === 'agreed' || kind === 'refused') return [{ seq: entry.seq, kind: 'joint', label: plain(name ?? '') }]
    return kind === 'stop' ? [{ seq: entry.seq, kind: 'emergency', label: words }] : []
  })
  return together([...injects, ...results, ...others])
}

/** Ticks of one kind at one entry are one tick, which names them all. */
function together(all: readonly Tick[]): Tick[] {
  const found = new Map<string, Tick>()
  for (const tick of all) {
    const id = `${tick.kind}/${tick.seq}`
    const before = found.get(id)
    found.set(id, before ? { ...before, label: `${before.label}\n${tick.label}` } : tick)
  }
  return [...found.values()]
}
