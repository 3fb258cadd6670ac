import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ArgumentSeen, TrackSeen } from '../../protocol'
import { en, live, view } from './sample'
import SeatPanels from './SeatPanels.svelte'

const launchers: TrackSeen = {
  ...{ id: 'nk.launchers', name: en('Launchers'), say: en(''), min: 0, max: 100, start: null, value: null, before: null, word: null },
  ...{ low: 32, high: 48, confidence: null, source: null, as_of: 1, told: [], given: [], share: [], visible: 'own', unit: null },
}
const can = [...view().can, 'ShareIntel', 'AddPoint'] as const

const tab = (name: string) => fireEvent.click(screen.getByRole('tab', { name: new RegExp(`^${name}`) }))
const dialog = () => within(screen.getByRole('dialog'))

describe('what capitals tell each other of a track', () => {
  beforeEach(() => localStorage.clear())

  it('is asked for once, as it will be read', async () => {
    const source = { ...live(), view: view({ can, tracks: [{ ...launchers, share: ['washington', 'seoul'] }] }) }
    render(SeatPanels, { source })
    await tab('Map')
    await fireEvent.click(screen.getByRole('button', { name: /Launchers/ }))
    await fireEvent.click(screen.getByRole('button', { name: 'Tell Seoul what we know' }))
    expect(source.sent).toEqual([])
    expect(screen.getByRole('dialog').textContent).toContain('Seoul will read: 32 to 48.')
    await fireEvent.click(dialog().getByRole('button', { name: 'Tell' }))
    await waitFor(() => expect(source.sent).toEqual([{ type: 'ShareIntel', track: 'nk.launchers', to: 'seoul' }]))
  })

  it('stands with the track that it was told of', async () => {
    const tracks = [{ ...launchers, given: [{ team: 'seoul' as const, low: 30, high: 46, as_of: 1 }] }]
    render(SeatPanels, { source: { ...live(), view: view({ can, tracks }) } })
    await tab('Map')
    await fireEvent.click(screen.getByRole('button', { name: /Launchers/ }))
    expect(screen.getByText('Told Seoul: 30 to 46 · this turn')).toBeTruthy()
  })

  it('is new until it has been looked at, with no source but whoever says so', async () => {
    const tracks = [{ ...launchers, told: [{ team: 'washington' as const, low: 32, high: 48, as_of: 1 }] }]
    const source = { ...live(), view: view({ tracks }) }
    const { unmount } = render(SeatPanels, { source, memory: 'g:tokyo.leader' })
    await tab('Map')
    await fireEvent.click(screen.getByRole('button', { name: /Launchers.*new report/ }))
    expect(screen.getByText('Washington says: 32 to 48 · this turn')).toBeTruthy()
    expect(screen.queryByText('From')).toBeNull()
    unmount()
    render(SeatPanels, { source, memory: 'g:tokyo.leader' })
    await tab('Map')
    expect(screen.queryByText('new report')).toBeNull()
  })
})

describe('an argument', () => {
  const point = { id: 'a.1', team: 'seoul' as const, side: 'for' as const, text: 'They are near.', judged: null }
  const argument = (more: Partial<ArgumentSeen> = {}): ArgumentSeen => ({
    ...{ id: 'a', item: null, teams: ['seoul'], action: en('Escort the fleet'), wanted: '', style: 'matrix', points: [point], heard: [], asked: [], votes: {}, chance: null, open: true },
    ...more,
  })

  it('of another capital is pointed to while results are decided, until one has spoken to it', async () => {
    const now = { ...view().now, phase: 'adjudication' as const }
    const { unmount } = render(SeatPanels, { source: { ...live(), feeds: {}, view: view({ can, now, arguments: [argument()] }) } })
    const line = screen.getByText('Seoul argues for “Escort the fleet”. Add reasons for or against it, if you have any.')
    expect(line).toBeTruthy()
    unmount()
    const spoken = argument({ points: [point, { ...point, id: 'a.2', team: 'tokyo' }] })
    render(SeatPanels, { source: { ...live(), feeds: {}, view: view({ can, now, arguments: [spoken] }) } })
    expect(screen.queryByText(/argues for/)).toBeNull()
  })

  it('of one’s own counts as an order, and is withdrawn only after a question', async () => {
    const budget = { points: 4, orders_left: 2, ready: false, argued: 1, argue: null }
    const source = { ...live(), view: view({ can, budget, arguments: [argument({ teams: ['tokyo'] })] }) }
    render(SeatPanels, { source })
    await tab('Orders')
    expect(screen.getByText('1 of 3 orders sealed')).toBeTruthy()
    expect(screen.queryByText(/None yet/)).toBeNull()
    await fireEvent.click(screen.getByRole('button', { name: 'Withdraw' }))
    expect(source.sent).toEqual([])
    await fireEvent.click(dialog().getByRole('button', { name: 'Withdraw' }))
    await waitFor(() => expect(source.sent).toEqual([{ type: 'WithdrawOrder', order: 'a' }]))
  })
})

describe('an action whose result people will arrive at', () => {
  it('says so in place of dice that will not fall', async () => {
    const offers = { 'JP-1': { cost: 1, uses_left: 2, chance: null, no: null, closed: [], style: 'consensual' as const } }
    render(SeatPanels, { source: { ...live(), view: view({ offers }) } })
    await tab('Orders')
    await fireEvent.click(screen.getByRole('button', { name: /Issue the destroy order/ }))
    expect(screen.getByText('Those whom control asks will agree on its result.')).toBeTruthy()
    expect(screen.queryByText('It succeeds without a roll of dice.')).toBeNull()
  })
})

describe('an inject to which a response is owed', () => {
  it('says so while it is closed, and is opened by the line that asks for it', async () => {
    const owed = { tokyo: { due: 300_000, at: null, text: '', seat: null } }
    const marks = { i1: { read: true, recalled: null, readers: [], owed } }
    render(SeatPanels, { source: { ...live(), view: view({ can: [...view().can, 'AnswerInject'], inject_marks: marks }) } })
    await tab('Messages')
    await fireEvent.click(screen.getByRole('button', { name: /^Inbox/ }))
    expect(screen.getByRole('button', { name: /What we will not see/ }).textContent).toContain('Response expected')
    await fireEvent.click(screen.getByRole('button', { name: 'Go there' }))
    expect(screen.getByRole('textbox', { name: 'Your response' })).toBeTruthy()
  })
})
