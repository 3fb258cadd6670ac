import { t } from '../words/words.svelte'

const bands = ['broken', 'strained', 'guarded', 'working', 'close'] as const

/** The usual word for a value between 0 and 100, where the scenario gives none. */
export function bandWord(value: number): string {
  const band = bands[Math.max(0, Math.min(4, Math.floor(value / 20)))] ?? 'broken'
  return t(`band.${band}`)
}

/** A change in words: "down 6". */
export function changeWord(change: number): string {
  if (change === 0) return t('level.same')
  return change > 0 ? t('level.up', { n: change }) : t('level.down', { n: -change })
}
