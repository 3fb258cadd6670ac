import type { View } from '../../protocol'
import { plain } from '../../words/words.svelte'

/** An end by name: known once it has come; before that its id in words. */
export function endName(view: View, end: string): string {
  if (view.finish?.end === end && view.finish.name) return plain(view.finish.name)
  return end.replaceAll('_', ' ')
}
