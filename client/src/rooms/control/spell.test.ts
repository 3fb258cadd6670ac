import { describe, expect, test } from 'vitest'
import type { CaseSeen } from '../../protocol'
import { track } from './sample'
import { distance, effectInWords, inputsInWords, ruleName, spell, standing } from './spell'

const tracks = [track('coord', { name: { en: 'Coordination' } }), track('trust.tokyo_seoul', { name: { en: 'Trust' } })]
const terms = {
  stance_gap: { en: 'distance between the three lines' },
  'flag.strike_talk': { en: 'talk of strikes in Tokyo' },
  'flag.offramp': { en: 'a named way out' },
  'clause.line.agreed': { en: 'Red line' },
  'flag.met_now': { en: 'a trilateral meeting this turn' },
}
const view = { tracks, terms }
const near = (text: string, left: number | null, right: number | null, holds = false) => ({ text, left, right, holds })

describe('a condition in words', () => {
  test('names tracks, and reads flags and signs aloud', () => {
    expect(spell('coord >= 58', view)).toBe('Coordination ≥ 58')
    expect(spell('!flag.strike_talk && (trust.tokyo_seoul < 20 || coord < 45)', view)).toBe(
      'not yet: talk of strikes in Tokyo and (Trust < 20 or Coordination < 45)',
    )
    expect(spell('stance_gap >= 46 && !flag.bridge_built', view)).toBe('distance between the three lines ≥ 46 and not yet: bridge built')
    expect(spell('!(coord < 45)', view)).toBe('not: (Coordination < 45)')
    expect(spell('clauses >= 4 && !clause.line.agreed', view)).toBe('harmonised clauses ≥ 4 and not yet: the clause “Red line”')
    expect(spell('coord != 3', view)).toBe('Coordination ≠ 3')
  })

  test('says what breaks, begins and moves', () => {
    const does = (does: string, when: string | null = null) => effectInWords({ does, when, cases: [], formula: '' }, view)
    expect(does('channel seoul+tokyo cut 0', 'coord >= 60')).toBe('Line seoul+tokyo: cut (if Coordination ≥ 60)')
    expect(does('begin line_repair', 'coord >= 60')).toBe('line repair begins (if Coordination ≥ 60)')
    expect(does('move jp_ship busan')).toBe('jp ship moves to busan')
    expect(does('flag.offramp on', 'coord >= 60')).toBe('from now on: a named way out (if Coordination ≥ 60)')
  })

  test('says how an inject moves a track, and in which case', () => {
    const moves = (does: string, ...cases: CaseSeen[]) => effectInWords({ does, when: null, cases, formula: '' }, view)
    expect(moves('trust.tokyo_seoul', { how: 'by', amount: '-4', when: null, now: -4 })).toBe('Trust −4')
    expect(moves('coord', { how: 'to', amount: '5', when: null, now: 5 })).toBe('Coordination = 5')
    expect(moves('coord', { how: 'least', amount: '20', when: null, now: 40 })).toBe('Coordination raised to at least 20')
    expect(
      moves('coord', { how: 'by', amount: '3', when: 'flag.offramp', now: null }, { how: 'by', amount: '6', when: null, now: 6 }),
    ).toBe('Coordination: +3 if a named way out; otherwise +6 (so it stands now)')
    expect(moves('coord', { how: 'by', amount: '-8 + least(4, floordiv(trust.tokyo_seoul, 15))', when: null, now: -6 })).toBe(
      'Coordination + (−8 + the lesser of (4, Trust ÷ 15)) (now −6)',
    )
  })

  test('says what a cause read, and which rule, by name', () => {
    expect(inputsInWords({ 'flag.met_now': 0, coord: 38, 'flag.offramp': 1, 'clause.line.agreed': 1, clauses: 2 }, view)).toEqual([
      'not: a trilateral meeting this turn',
      'Coordination 38',
      'a named way out',
      'the clause “Red line”',
      'harmonised clauses 2',
    ])
    expect(ruleName('R01', { R01: { name: { en: 'Regular meetings' }, say: {}, sources: [] } })).toBe('Regular meetings (R01)')
    expect(ruleName('R99', {})).toBe('R99')
  })

  test('tells how far a comparison is from holding', () => {
    expect(distance(near('coord >= 58', 38, 58))).toBe(20)
    expect(distance(near('coord < 10', 48, 10))).toBe(39)
    expect(distance(near('coord > 10', 10, 10))).toBe(1)
    expect(distance(near('coord >= 58', 60, 58, true))).toBeUndefined()
    expect(distance(near('flag.warned', null, null))).toBeUndefined()
  })

  test('tells whether all of its parts hold, some, or none', () => {
    expect(standing([near('a', 1, 2, true), near('b', 1, 2, true)])).toBe('all')
    expect(standing([near('a', 1, 2, true), near('b', 1, 2)])).toBe('some')
    expect(standing([near('b', 1, 2)])).toBe('none')
    expect(standing([])).toBeUndefined()
  })
})
