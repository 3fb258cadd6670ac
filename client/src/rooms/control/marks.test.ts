import { describe, expect, test } from 'vitest'
import type { MarkItem } from '../../protocol'
import { moments } from './marks'

describe('marks', () => {
  const mark = (id: string, at: number, text = '', tag = '', seat = 'control.lead'): MarkItem => ({ id, turn: 1, at, seat, tag, text })

  test('take the words that follow a bare mark of the same seat as one moment, at its time', () => {
    expect(moments([mark('1', 1000), mark('2', 9000, 'Tokyo asks first', 'strength')])).toEqual([{ ...mark('1', 1000, 'Tokyo asks first', 'strength'), words: '2' }])
  })

  test('read as they were last worded', () => {
    expect(moments([mark('1', 0, 'x', 'quote')], { '1': { text: 'y', tag: '' } })).toEqual([{ ...mark('1', 0, 'y'), words: '1' }])
  })

  test('stay apart when they are of different seats, too far apart, or a mark lies between', () => {
    expect(moments([mark('1', 0), mark('2', 9, 'x', '', 'control.adjudicator')])).toHaveLength(2)
    expect(moments([mark('1', 0), mark('2', 200_000, 'x')])).toHaveLength(2)
    expect(moments([mark('1', 0), mark('2', 5), mark('3', 9, 'x')]).map(({ text }) => text)).toEqual(['x', ''])
  })
})
