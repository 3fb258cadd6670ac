import type { View } from '../protocol'
import { plain, t } from '../words/words.svelte'

/** What a view says of names: its tracks, and whatever else conditions read. */
export type Named = Pick<View, 'tracks' | 'terms'>

/** What a track, a flag, a clause, a derived value or a finding is called; undefined where the view has no name for it. */
export function nameIn(id: string, { tracks, terms }: Named): string | undefined {
  const name = tracks.find((track) => track.id === id)?.name ?? terms[id]
  if (name === undefined) return id === 'clauses' ? t('plan.clauses') : undefined
  return id.startsWith('clause.') ? t('plan.clause', { clause: plain(name) }) : plain(name)
}

/** Whether it can only be so or not, and has no figure. */
export function binary(id: string): boolean {
  return /^(flag|finding|clause)\./.test(id)
}

/** An id without a name, as near to words as it comes. */
export function bare(id: string): string {
  return id.replace(/^(flag|finding)\./, '').replaceAll(/[._]/g, ' ')
}
