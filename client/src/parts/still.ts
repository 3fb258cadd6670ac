import { t } from '../words/words.svelte'

const codes = ['adjudication', 'emergency', 'outage', 'ended', 'branch'] as const

/** Why the clock stands, in words: the game's own reasons by name, those of control as it typed them. */
export function whyStill(why: string | undefined): string {
  const code = codes.find((each) => each === why)
  return code ? t(`still.${code}`) : (why ?? '')
}
