import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { describe, expect, it } from 'vitest'
import { notices } from '../../parts/notices.svelte'
import type { ProposalSeen, StandSeen, View } from '../../protocol'
import { drill, en, live, tabled, view } from './sample'
import SeatPanels from './SeatPanels.svelte'

const open: StandSeen = { stand: 'open', seat: null, at: 0, reason: '', proviso: null, met: false, silent: false }
const consents: StandSeen = { ...open, stand: 'consents', seat: 'seoul.leader' }
const three: Partial<ProposalSeen> = { who: ['washington', 'tokyo', 'seoul'], least: 2 }

/** The joint table, as Tokyo's leader sees it with these proposals on it. */
async function sit(table: ProposalSeen[], more: Partial<View> = {}): Promise<ReturnType<typeof live>> {
  const can = [...view().can, 'ConsentJoint', 'AmendJoint', 'RefuseJoint', 'WithdrawConsent', 'ProposeJoint'] as const
  const source = { ...live(), view: view({ can, table, ...more }) }
  render(SeatPanels, { source })
  await fireEvent.click(screen.getByRole('tab', { name: /^Joint/ }))
  return source
}

const planning = { ...view().now, turn: 0, planning: true, turns: [] }

describe('the joint table', () => {
  it('reads out the caveats with the text that is consented to', async () => {
    await sit([tabled({ version: 2, caveats: [{ team: 'seoul', text: 'Only by day.', name: null, say: null, standard: null }] })])
    await fireEvent.click(screen.getByRole('button', { name: /^Consent to version 2/ }))
    expect(within(screen.getByRole('dialog')).getByText(/with the caveat: Only by day/)).toBeTruthy()
  })

  it('says who changed the text last, and by what', async () => {
    const amended = tabled({ version: 2, revision: { by: 'washington', at: 0, caveat: false } })
    const caveat = tabled({ id: 'q', joint: 'J-2', name: en('Drill'), version: 3, revision: { by: 'seoul', at: 0, caveat: true } })
    await sit([amended, caveat])
    expect(screen.getByText(/^Version 2 of the text, amended by Washington/)).toBeTruthy()
    expect(screen.getByText(/^Version 3 of the text, with a caveat attached by Seoul/)).toBeTruthy()
  })

  it.each([
    [null, 'Seoul awaits your answer on “Meeting”.'],
    [{ by: 'washington', at: 0, caveat: false } as const, 'Washington has amended “Meeting”. The new text awaits your answer.'],
    [{ by: 'washington', at: 0, caveat: true } as const, 'Washington has attached a caveat to “Meeting”. It awaits your answer.'],
  ])('is spoken of at the top by what was done last', async (revision, line) => {
    await sit([tabled({ version: revision ? 2 : 1, revision })])
    expect(screen.getByText(line, { exact: false })).toBeTruthy()
  })

  it('tells whoever is elsewhere that a proposal was refused, once', async () => {
    notices.list = []
    const frames = new SvelteMap([['now', view({ table: [tabled()] })]])
    const source = Object.defineProperty(live(), 'view', { get: () => frames.get('now') })
    render(SeatPanels, { source })
    expect(notices.list).toEqual([])
    for (const version of [1, 2]) {
      frames.set('now', view({ table: [tabled({ status: 'refused', version })] }))
      await tick()
    }
    expect(notices.list.map(({ say }) => say)).toEqual(['“Meeting”: Refused'])
  })

  it('says that consent holds until the plan phase closes, and when it takes effect', async () => {
    await sit([tabled(), tabled({ id: 'q', joint: 'J-2', name: en('Drill'), status: 'agreed', stands: { tokyo: consents, seoul: consents } })], { now: planning })
    expect(screen.getByText('All have consented. It stands when the crisis begins.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: /^Consent to version/ }))
    expect(screen.getByRole('dialog').textContent).toContain('until the plan phase closes')
    expect(screen.getByRole('tabpanel').textContent).not.toMatch(/turn closes/)
  })

  it('tells consent by silence and consent withdrawn from the rest', async () => {
    const stands = { washington: { ...consents, seat: null, silent: true }, tokyo: consents, seoul: { ...open, seat: 'seoul.leader' } }
    await sit([tabled({ ...three, by: 'tokyo', stands })])
    expect(screen.getByText(/said nothing, which is consent, just now/)).toBeTruthy()
    expect(screen.getByText(/withdrew its consent just now/)).toBeTruthy()
  })

  it('says that a condition is waited for, and drops one’s own', async () => {
    const proviso = { capital: null, clause: 'C-1', option: null }
    const missing = [{ team: 'tokyo' as const, why: 'proviso' as const, since: 0 }]
    const source = await sit([tabled({ missing, stands: { tokyo: { ...consents, proviso }, seoul: consents } })])
    expect(screen.getByText('waits for a condition')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Drop the condition' }))
    await waitFor(() => expect(source.sent).toEqual([{ type: 'ConsentJoint', proposal: 'p', version: 1 }]))
  })

  it('says what a refusal does, for all or where enough are left', async () => {
    await sit([tabled()])
    await fireEvent.click(screen.getByRole('button', { name: 'Refuse…' }))
    expect(screen.getByRole('dialog').textContent).toContain('off the table for all')
  })

  it('says that the others may go ahead without the one who refuses, who may think again', async () => {
    const stands = { washington: consents, tokyo: open, seoul: open }
    await sit([tabled({ ...three, by: 'washington', stands })])
    await fireEvent.click(screen.getByRole('button', { name: 'Refuse…' }))
    expect(screen.getByRole('dialog').textContent).toContain('may go ahead without you: 2 capitals suffice')
  })

  it('lets a capital that has refused consent after all while the rest is waited for', async () => {
    await sit([tabled({ ...three, by: 'washington', stands: { washington: consents, tokyo: { ...open, stand: 'refuses' }, seoul: open } })])
    expect(screen.getByRole('button', { name: /^Consent to version/ })).toBeTruthy()
  })

  it('names those who go ahead without the rest', async () => {
    const stands = { washington: consents, tokyo: consents, seoul: { ...open, stand: 'refuses' } }
    await sit([tabled({ ...three, status: 'agreed', parties: ['washington', 'tokyo'], stands })])
    expect(screen.getByText(/^Washington and Tokyo go ahead without the rest/)).toBeTruthy()
  })

  it('says before it is proposed how many of those it names suffice', async () => {
    const card = { ...drill, id: 'J-9', kind: 'joint', team: null, who: ['washington', 'tokyo', 'seoul'] as const, text: en('Meet.'), least: 2 }
    const offer = { cost: 1, uses_left: 2, chance: null, no: null, closed: [], style: 'semi_rigid' as const }
    await sit([], { deck: [card], offers: { 'J-9': offer } })
    await fireEvent.click(screen.getByRole('button', { name: /Issue the destroy order/ }))
    expect(screen.getByText(/2 of them suffice if the rest refuse/)).toBeTruthy()
  })
})

describe('the plan phase', () => {
  const option = { id: 'early', name: en('Early'), say: { en: 'Say it early.', ja: '早く伝える。' }, caveats: [] }
  const clause: View['plan'][number] = {
    ...{ id: 'C-1', name: en('First word'), say: en('Who hears first?'), options: [option], defaults: {} },
    ...{ agreed: null, turn: null, at: null, caveats: [], friction: null, sources: [], silence: false },
  }

  it('reads the words that the scenario has for an option in the reader’s own language', async () => {
    const proposal = tabled({ joint: 'C-1', name: clause.name, text: '早く伝える。', option: 'early' })
    await sit([proposal], { now: planning, plan: [clause] })
    expect(within(screen.getByRole('article')).getByText('Say it early.')).toBeTruthy()
    expect(screen.getByText('This is the standard text.')).toBeTruthy()
  })

  it('says what to do while nothing is on the table', async () => {
    const card = { ...drill, id: 'J-9', kind: 'joint', team: null, who: ['tokyo', 'seoul'] as const, text: en('Meet.') }
    await sit([], { now: planning, plan: [clause], deck: [card], offers: { 'J-9': { cost: 1, uses_left: 2, chance: null, no, closed: [], style: 'semi_rigid' } } })
    expect(screen.getByText(/Propose a clause below/)).toBeTruthy()
  })

  const no = { code: 'planning', say: 'Before the first turn only the plan is worked on.', instead: '' }

  it('has no orders, and says so once', async () => {
    const budget = { points: 6, orders_left: 0, ready: false, argued: 1, argue: no }
    const offers = { 'JP-1': { cost: 1, uses_left: 2, chance: null, no, closed: [], style: 'semi_rigid' as const } }
    render(SeatPanels, { source: { ...live(), view: view({ now: planning, budget, offers, can: [...view().can, 'ArgueAction'] }) } })
    await fireEvent.click(screen.getByRole('tab', { name: /^Orders/ }))
    expect(screen.getAllByText(/only the plan is worked on/)).toHaveLength(1)
    expect(screen.queryByText(/Choose from the actions below/)).toBeNull()
    expect(screen.getByRole('button', { name: /Argue for another action/ }).getAttribute('aria-disabled')).toBe('true')
  })

  it('is not called a turn', async () => {
    render(SeatPanels, { source: { ...live(), view: view({ now: planning }) } })
    await fireEvent.click(screen.getByRole('tab', { name: /^Now/ }))
    expect(screen.getByRole('button', { name: 'Report: done with the plan' })).toBeTruthy()
    expect(screen.getByRole('tabpanel').textContent).not.toMatch(/turn/)
  })
})
