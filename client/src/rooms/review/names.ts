import { t, words } from '../../words/words.svelte'

const tags = ['strength', 'improve', 'insight', 'quote'] as const
const causes = ['action', 'joint', 'decision', 'inject', 'rule', 'control'] as const

/** A mark's tag in words; a tag of one's own is its own word. */
export function tagName(tag: string): string {
  const known = tags.find((each) => each === tag)
  return known ? t(`review.tag.${known}`) : tag
}

/** What kind of thing moved a track, in words. */
export function causeName(cause: string): string {
  const known = causes.find((each) => each === cause)
  return known ? t(`why.${known}`) : cause
}

/** A span of time in words: "47 minutes", "1 hour 5 minutes". */
export function long(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const unit = (n: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(words.language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(n)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return unit(Math.max(1, rest), 'minute')
  return rest === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(rest, 'minute')}`
}
