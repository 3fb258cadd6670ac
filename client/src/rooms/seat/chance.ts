import type { Chance, OfferSeen } from '../../protocol'
import { t } from '../../words/words.svelte'

/** Of 36 throws of two dice, in per cent. */
export function percent(of36: number): number {
  return Math.round((of36 * 100) / 36)
}

/** How likely it is to go at least well, in per cent. */
export function success(chance: Chance): number {
  return percent(chance.great + chance.ok)
}

/** The same in a word. */
export function likelihood(chance: Chance): string {
  const part = success(chance)
  if (part >= 90) return t('chance.almost')
  if (part >= 65) return t('chance.likely')
  if (part >= 45) return t('chance.even')
  if (part >= 15) return t('chance.unlikely')
  return t('chance.remote')
}

/** How people arrive at a result, where neither the rules nor the dice of the rules do. */
export function judged({ style }: Pick<OfferSeen, 'style'>): 'matrix' | 'consensual' | 'free' | undefined {
  return style === 'matrix' || style === 'consensual' || style === 'free' ? style : undefined
}

/** What is added to the dice, all together. */
export function bonus(chance: Chance): number {
  return chance.modifiers.reduce((sum, odd) => sum + odd.add, 0)
}

/** A number with its sign: +1, −2. */
export function signed(n: number): string {
  return n < 0 ? `−${-n}` : `+${n}`
}
