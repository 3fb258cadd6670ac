import { describe, expect, test } from 'vitest'
import type { OrderSeen } from '../../protocol'
import { pulse } from './health'
import { health, proposal, received, view } from './sample'

const minute = 60_000
const { roster } = view()

function seoul(some: Partial<Parameters<typeof pulse>[0]> = {}) {
  return pulse({
    health: health('seoul'),
    roster,
    presence: { online: ['seoul.leader'], typing: {} },
    table: [],
    orders: [],
    inbox: [],
    marks: {},
    opened: 10 * minute,
    at: 11 * minute,
    playing: true,
    ...some,
  })
}

describe('a capital’s pulse', () => {
  test('counts silence from the last word, and from the turn’s opening if there was none in it', () => {
    expect(seoul({ at: 16 * minute, health: health('seoul', { last_said: 14 * minute }) })).toMatchObject({ quiet: 2 * minute, silent: false, concerns: [] })
    expect(seoul({ at: 16 * minute, health: health('seoul', { last_said: 4 * minute }) })).toMatchObject({ quiet: 6 * minute, silent: true, concerns: ['quiet'] })
  })

  test('hears an order that was sealed and a proposal that was answered', () => {
    const order: OrderSeen = { id: 'o1', team: 'seoul', action: 'KR-1', target: null, reason: '', seat: 'seoul.leader', cost: 1, at: 17 * minute, chance: null, untold: [], wanted: '' }
    expect(seoul({ at: 18 * minute, orders: [order] })).toMatchObject({ quiet: minute, silent: false, concerns: [] })
    expect(seoul({ at: 18 * minute, orders: [{ ...order, team: 'tokyo' }] })).toMatchObject({ quiet: 8 * minute, silent: true })
    const stands = { seoul: { stand: 'consents', seat: 'seoul.leader', at: 15 * minute, reason: '', proviso: null, met: true, silent: false } }
    expect(seoul({ at: 18 * minute, table: [proposal('p1', { stands })] })).toMatchObject({ quiet: 3 * minute, silent: false })
  })

  test('lets a capital be quiet that has said it is ready', () => {
    expect(seoul({ at: 30 * minute, health: health('seoul', { ready: true }) }).concerns).toEqual([])
  })

  test('is worried when nobody is there', () => {
    expect(seoul({ presence: { online: ['tokyo.leader'], typing: {} } })).toMatchObject({ online: 0, concerns: ['absent'] })
  })

  test('is worried about what has been unread for two minutes, not about what has just come', () => {
    const inbox = [received('i1', { at: 10 * minute })]
    const unread = health('seoul', { unread: ['i1'] })
    expect(seoul({ inbox, health: unread, at: 11 * minute }).concerns).toEqual([])
    expect(seoul({ inbox, health: unread, at: 12 * minute }).concerns).toEqual(['unread'])
  })

  test('is worried about a response that has not come in time, until it has', () => {
    const inbox = [received('i1', { at: 10 * minute })]
    const marks = (at: number | null) => ({ i1: { read: true, readers: [], recalled: null, owed: { seoul: { due: 12 * minute, at, seat: null, text: '' } } } })
    expect(seoul({ inbox, marks: marks(null), at: 11 * minute }).owes).toEqual([])
    expect(seoul({ inbox, marks: marks(null), at: 13 * minute })).toMatchObject({ owes: inbox, concerns: ['owes'] })
    expect(seoul({ inbox, marks: marks(11 * minute), at: 13 * minute })).toMatchObject({ owes: [], concerns: [] })
  })

  test('says since when a joint action waits for it', () => {
    const table = [proposal('p1', { stands: { seoul: { stand: 'open', seat: null, at: 10 * minute, reason: '', proviso: null, met: true, silent: false } } })]
    const found = seoul({ table, at: 13 * minute, health: health('seoul', { waiting_on: ['p1'], last_said: 13 * minute }) })
    expect(found.waits).toMatchObject([{ since: 3 * minute }])
    expect(found.concerns).toEqual(['waits'])
  })

  test('worries about nothing but absence outside of play', () => {
    const table = [proposal('p1', { stands: { seoul: { stand: 'open', seat: null, at: 0, reason: '', proviso: null, met: true, silent: false } } })]
    expect(seoul({ table, playing: false, at: 99 * minute, health: health('seoul', { waiting_on: ['p1'] }) })).toMatchObject({ waits: [], concerns: [] })
  })
})
