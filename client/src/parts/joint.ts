import type { Texts } from '../words/words.svelte'

/** A joint text as it was proposed: the card's own, whatever its language, is in all of them; another is as written. */
export function jointText(text: string, standard: Readonly<Record<string, string>> | null | undefined): Texts {
  const known = Object.values(standard ?? {}).some((each) => each.trim() === text.trim())
  return (known ? standard : undefined) ?? text
}
