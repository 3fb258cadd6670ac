import { plain, type Texts } from '../words/words.svelte'

/** What the server, or this client for it, would not do: why, and what to do instead. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(
    readonly code: string,
    readonly say: Texts,
    readonly instead: Texts = '',
  ) {
    super(plain(say))
  }
}

/** An error in words for a person: what happened and what to do instead. */
export function explain(error: unknown): string {
  if (error instanceof Refused) return [plain(error.say), plain(error.instead)].filter(Boolean).join(' ')
  return error instanceof Error ? error.message : String(error)
}
