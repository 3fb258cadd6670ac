import type { Chance, DeskSeen, Grade } from '../../protocol'

/** The grades of a roll, best first. */
export const grades: readonly Grade[] = ['great', 'ok', 'part', 'bad']

/** The desk in three piles: what needs a person's judgement, what does not, and what is done. */
export interface Piles {
  readonly hard: readonly DeskSeen[]
  readonly easy: readonly DeskSeen[]
  readonly done: readonly DeskSeen[]
}

/** Sorts the desk; within a pile the order stays as it was. */
export function piles(desk: readonly DeskSeen[]): Piles {
  return {
    hard: desk.filter((result) => !result.settled && result.thought),
    easy: desk.filter((result) => !result.settled && !result.thought),
    done: desk.filter((result) => result.settled),
  }
}

/** Findings of a result that control has not answered yet. */
export function unanswered(result: DeskSeen): number {
  return result.asks.filter((ask) => ask.answer === null).length
}

/** The sum of the modifiers of a roll. */
export function added(chance: Chance): number {
  return chance.modifiers.reduce((sum, odd) => sum + odd.add, 0)
}

/** A chance in thirty-sixths as per cent. */
export function percent(of36: number): number {
  return Math.round((of36 / 36) * 100)
}

/** A number with its sign: "+2", "−3". */
export function signed(n: number): string {
  return n < 0 ? `−${-n}` : `+${n}`
}

/** The proposed moves as the changes that a ruling would begin from: by track, all of its moves together. */
export function proposedChanges(result: DeskSeen): Record<string, number> {
  const changes: Record<string, number> = {}
  for (const move of result.moves) changes[move.track] = (changes[move.track] ?? 0) + move.after - move.before
  return changes
}
