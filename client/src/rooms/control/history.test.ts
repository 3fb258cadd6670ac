import { describe, expect, test } from 'vitest'
import type { ChangeItem } from '../../protocol'
import { course, reasons } from './history'
import { track } from './sample'

const change = (turn: number, before: number, after: number, id = 'coord'): ChangeItem => ({ track: id, before, after, turn, at: turn, why: null })

describe('the course of a track', () => {
  test('has a value for each turn, those without a change included', () => {
    expect(course(track('coord', { value: 44 }), [change(1, 40, 42), change(3, 42, 44)], 3, true)).toEqual([40, 42, 42, 44])
  })

  test('stays level where nothing moved, and leaves out what is not held', () => {
    expect(course(track('coord', { value: 40 }), [], 2, true)).toEqual([40, 40, 40])
    expect(course(track('coord', { value: 44 }), [change(2, 40, 44)], 3, false)).toEqual([null, null, 44, 44])
  })

  test('has its reasons newest first', () => {
    expect(reasons('coord', [change(1, 1, 2), change(1, 5, 6, 'esc'), change(2, 2, 3)]).map(({ after }) => after)).toEqual([3, 2])
  })
})
