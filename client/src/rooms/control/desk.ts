import type { AmendedSeen, Chance, DeskSeen, Grade, ResultItem, Style, Text, Weight } from '../../protocol'

/** The grades of a roll, best first. */
export const grades: readonly Grade[] = ['great', 'ok', 'part', 'bad']

/** How results can be arrived at. */
export const styles: readonly Style[] = ['rigid', 'semi_rigid', 'matrix', 'consensual', 'free']

/** How much a reason can weigh, and to which side. */
export const weights: readonly Weight[] = ['strong_for', 'weak_for', 'none', 'weak_against', 'strong_against']

/** The desk in three piles: what needs a person's judgement, what does not, and what is done. */
export interface Piles {
  readonly hard: readonly DeskSeen[]
  readonly easy: readonly DeskSeen[]
  readonly done: readonly DeskSeen[]
}

/** Sorts the desk; what wants judgement lies there by weight, within the other piles the order stays as it was. */
export function piles(desk: readonly DeskSeen[]): Piles {
  return {
    hard: desk.filter((result) => !result.settled && result.thought).sort((one, other) => other.weight - one.weight),
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

/** What a ruling is about: a result on the desk, or one that was read out. `written`: its text has to be written. */
export interface Ruled {
  readonly subject: string
  readonly item: string
  readonly name: Text
  readonly graded: boolean
  readonly grade: Grade | null
  readonly verdict: Grade | null
  readonly changes: Readonly<Record<string, number>>
  readonly written: boolean
  /** How it is arrived at, where nothing lies there yet that could stand. */
  readonly style: Style | null
  readonly released: boolean
}

/** A result on the desk as a ruling finds it. */
export function onDesk(result: DeskSeen, number = ''): Ruled {
  const { subject, name, grade, verdict } = result
  const graded = result.kind !== 'argued' && result.style !== 'free' && (result.chance !== null || result.outcomes.length > 0 || verdict !== null)
  return { subject, item: number, name, graded, grade, verdict, changes: proposedChanges(result), written: result.style === 'free', style: result.open ? result.style : null, released: false }
}

/** A result that was read out as a later ruling finds it: as the last ruling on it left it. */
export function readOut(result: ResultItem, amended: readonly AmendedSeen[] = []): Ruled {
  const changes: Record<string, number> = {}
  const moves = [...result.changes, ...amended.flatMap((later) => later.changes)]
  for (const move of moves) changes[move.track] = (changes[move.track] ?? 0) + move.after - move.before
  const graded = result.grade !== null && result.kind !== 'argued'
  const grade = amended.findLast((later) => later.grade !== null)?.grade ?? result.grade
  return { subject: result.id, item: '', name: result.name, graded, grade: null, verdict: grade, changes, written: false, style: null, released: true }
}
