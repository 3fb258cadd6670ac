import { words, type Key } from '../../words/words.svelte'

/** The phrase for something that the wire knows only as a string; undefined if there is none. */
export function phrase(name: string): string | undefined {
  return words.phrases[name as Key]
}

/** The same, or the string itself. */
export function worded(kind: string, value: string): string {
  return phrase(`${kind}.${value}`) ?? value
}
