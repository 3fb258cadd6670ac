import { describe, expect, test } from 'vitest'
import { percent, piles, proposedChanges, signed } from './desk'
import { result } from './sample'

describe('the desk', () => {
  test('sorts into what needs judgement, what does not, and what is done', () => {
    const desk = [result('a'), result('b', { thought: true }), result('c', { settled: true, thought: true })]
    const { hard, easy, done } = piles(desk)
    expect([hard, easy, done].map((pile) => pile.map(({ subject }) => subject))).toEqual([['b'], ['a'], ['c']])
  })

  test('begins a ruling from the moves as proposed, each track once', () => {
    const move = (id: string, before: number, after: number) => ({ track: id, name: {}, before, after, rule: null })
    expect(proposedChanges(result('a', { moves: [move('coord', 40, 44), move('coord', 44, 43), move('esc', 1, 2)] }))).toEqual({ coord: 3, esc: 1 })
  })

  test('writes chances and signs as people do', () => {
    expect([percent(18), percent(1)]).toEqual([50, 3])
    expect([signed(3), signed(-3), signed(0)]).toEqual(['+3', '−3', '+0'])
  })
})
