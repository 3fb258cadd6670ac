import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { nobody } from '../../game/source'
import { notices } from '../../parts/notices.svelte'
import type { DeckSeen } from '../../protocol'
import { drill, en, feeds, live, tabled, view } from './sample'
import SeatPanels from './SeatPanels.svelte'

const go = (tab: string) => fireEvent.click(screen.getByRole('tab', { name: new RegExp(`^${tab}`) }))

describe('the seat room', () => {
  it('reads an inject by opening it, and says who says so and how sure', async () => {
    const source = live()
    render(SeatPanels, { source })
    await fireEvent.click(screen.getByRole('button', { name: /What we will not see/ }))
    expect(source.sent).toEqual([{ type: 'ReadInject', inject: 'i1' }])
    expect(screen.getByText('Our radars will pick it up late.')).toBeTruthy()
    expect(screen.getByText(/^Content note:/)).toBeTruthy()
    expect(screen.getByText('moderate confidence')).toBeTruthy()
    expect(screen.getByText('As far as you know, only Tokyo has this.')).toBeTruthy()
  })

  it('tells words for everybody from a capital’s own about what everybody knows', async () => {
    const told = (own: boolean) => ({ inbox: { from: 0, items: (feeds.inbox?.items ?? []).map((item) => ({ ...item, public: true, own })) } })
    const { unmount } = render(SeatPanels, { source: { ...live(), feeds: told(false) } })
    await fireEvent.click(screen.getByRole('button', { name: /What we will not see/ }))
    expect(screen.getByText('All three capitals and the public have this.')).toBeTruthy()
    unmount()
    render(SeatPanels, { source: { ...live(), feeds: told(true) } })
    await fireEvent.click(screen.getByRole('button', { name: /What we will not see/ }))
    expect(screen.getByText('All three capitals and the public know of this; these words are for Tokyo alone.')).toBeTruthy()
  })

  it('tells those who expect it first, then seals the order', async () => {
    const source = live()
    render(SeatPanels, { source })
    await go('Orders')
    await fireEvent.click(screen.getByRole('button', { name: /Issue the destroy order/ }))
    await fireEvent.input(screen.getByLabelText(/^Reason/), { target: { value: 'The launch is near.' } })
    await fireEvent.click(screen.getByRole('button', { name: /Seal this order/ }))
    await fireEvent.click(screen.getByRole('button', { name: 'Seal' }))
    await waitFor(() => expect(source.sent).toHaveLength(2))
    expect(source.sent).toEqual([
      { type: 'SendConsult', to: ['washington'], action: 'JP-1', text: 'Tokyo intends: Issue the destroy order.' },
      { type: 'CommitOrder', action: 'JP-1', reason: 'The launch is near.' },
    ])
  })

  it('shows a refusal where the action is', async () => {
    render(SeatPanels, { source: live('CommitOrder') })
    await go('Orders')
    await fireEvent.click(screen.getByRole('button', { name: /Issue the destroy order/ }))
    await fireEvent.input(screen.getByLabelText(/^Reason/), { target: { value: 'The launch is near.' } })
    await fireEvent.click(screen.getByRole('button', { name: /Seal this order/ }))
    const dialog = screen.getByRole('button', { name: 'Seal' }).closest('dialog')
    await fireEvent.click(screen.getByRole('button', { name: 'Seal' }))
    await waitFor(() => expect(within(dialog as HTMLElement).getByRole('alert').textContent).toContain('Ask control to extend'))
  })

  it('suggests an action to the team where another seat seals', async () => {
    const adviser = view().can.filter((type) => type !== 'CommitOrder')
    const source = { ...live(), view: view({ can: adviser, me: { ...view().me, authority: 'tokyo.other' } }) }
    render(SeatPanels, { source })
    await go('Orders')
    await fireEvent.click(screen.getByRole('button', { name: /Issue the destroy order/ }))
    expect(screen.getByText(/Only a note counts as telling first/)).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Suggest it to the team' }))
    expect(source.sent).toEqual([])
    await fireEvent.input(screen.getByLabelText(/^Reason/), { target: { value: 'The launch is near.' } })
    await fireEvent.click(screen.getByRole('button', { name: 'Suggest it to the team' }))
    const text = 'I suggest “Issue the destroy order”. The launch is near.'
    expect(source.sent).toEqual([{ type: 'SendMessage', room: 'tokyo', text }])
    await waitFor(() => expect(notices.list.map(({ say }) => say)).toContain('Suggested to your team'))
  })

  it('begins to tell others of an inject, and leaves it to them to send it', async () => {
    const source = live()
    render(SeatPanels, { source })
    await fireEvent.click(screen.getByRole('button', { name: /What we will not see/ }))
    await fireEvent.click(screen.getByRole('button', { name: 'Tell others…' }))
    await fireEvent.click(within(screen.getByRole('group', { name: /which room/ })).getByRole('button', { name: 'Own team' }))
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
    expect(field.value).toBe('Air Self-Defense Force: “What we will not see” – Our radars will pick it up late.')
    expect(source.sent.map(({ type }) => type)).toEqual(['ReadInject'])
  })

  it('gives back what could not be said', async () => {
    const source = live('SendMessage')
    render(SeatPanels, { source })
    await go('Messages')
    await fireEvent.click(screen.getByRole('button', { name: /Own team/ }))
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
    await fireEvent.input(field, { target: { value: 'Good morning.' } })
    await fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
    expect(source.sent).toEqual([])
    await fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => expect(field.value).toBe('Good morning.'))
    expect(source.sent).toEqual([{ type: 'SendMessage', room: 'tokyo', text: 'Good morning.' }])
  })

  it('is the same room with nothing to send, and nothing to do, in a review', async () => {
    render(SeatPanels, { source: { view: view(), feeds, presence: nobody, now: () => 0 } })
    expect(screen.queryByRole('button', { name: 'Go there' })).toBeNull()
    expect(screen.queryByText(/have not been opened|has not been opened|Seal up to/)).toBeNull()
    await fireEvent.click(screen.getByRole('button', { name: /What we will not see/ }))
    expect(screen.getByText('Our radars will pick it up late.')).toBeTruthy()
    await go('Orders')
    await fireEvent.click(screen.getByRole('button', { name: /Issue the destroy order/ }))
    expect(screen.queryByRole('button', { name: /Seal this order/ })).toBeNull()
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  it('says why the clock stands: in its own words what the game does, as typed what control says', () => {
    const still = { ...view().clock, running: false, since: null }
    const { unmount } = render(SeatPanels, { source: { ...live(), view: view({ clock: { ...still, why: 'Lunch until one' } }) } })
    expect(screen.getByText(/Lunch until one/)).toBeTruthy()
    unmount()
    render(SeatPanels, { source: { ...live(), view: view({ clock: { ...still, why: 'outage' } }) } })
    expect(screen.getByText(/The server was away/)).toBeTruthy()
  })

  it('stops the time of a capital that control has paused, though the others play on', () => {
    const clock = { ...view().clock, held: { since: 60_000, why: 'A word with you.' } }
    render(SeatPanels, { source: { ...live(), now: () => 300_000, view: view({ clock }) } })
    expect(screen.getByRole('timer').textContent).toContain('9:00')
    expect(screen.getByText(/Control has paused your capital. A word with you./)).toBeTruthy()
  })

  it('puts a joint action on the table under silence where it may be', async () => {
    const joint = (id: string, silence: boolean): DeckSeen => ({ ...drill, id, kind: 'joint', team: null, name: en(`Drill ${id}`), who: ['tokyo', 'seoul'], text: en('Meet.'), silence })
    const offer = { cost: 1, uses_left: 2, chance: null, no: null, closed: [], style: 'semi_rigid' as const }
    const source = { ...live(), view: view({ can: [...view().can, 'ProposeJoint'], deck: [joint('A', false), joint('B', true)], offers: { A: offer, B: offer } }) }
    render(SeatPanels, { source })
    await go('Joint')
    await fireEvent.click(screen.getByRole('button', { name: /Drill A/ }))
    expect(screen.queryByRole('checkbox', { name: /Silence is consent/ })).toBeNull()
    await fireEvent.click(screen.getByRole('button', { name: /Drill A/ }))
    await fireEvent.click(screen.getByRole('button', { name: /Drill B/ }))
    await fireEvent.click(screen.getByRole('checkbox', { name: /Silence is consent/ }))
    await fireEvent.click(screen.getByRole('button', { name: 'Put it on the table' }))
    await waitFor(() => expect(source.sent).toEqual([{ type: 'ProposeJoint', joint: 'B', text: 'Meet.', silence: true }]))
  })

  it('says before the start when orders open', async () => {
    const now = { ...view().now, phase: 'lobby' as const, turn: 0, turns: [] }
    const no = { code: 'no_orders_left', say: 'This turn takes no further orders.', instead: '' }
    render(SeatPanels, { source: { ...live(), view: view({ now, offers: { 'JP-1': { cost: 1, uses_left: 2, chance: null, no, closed: [], style: 'semi_rigid' } } }) } })
    await go('Orders')
    await fireEvent.click(screen.getByRole('button', { name: /Issue the destroy order/ }))
    expect(screen.getAllByText('Orders and joint actions open with turn 1.')).not.toHaveLength(0)
    expect(screen.queryByText(/no further orders/)).toBeNull()
  })

  it('leads through everything that waits, one press after the other', async () => {
    const put = (id: string, name: string) => tabled({ id, joint: `J-${id}`, name: en(name) })
    Element.prototype.scrollIntoView ??= () => undefined
    render(SeatPanels, { source: { ...live(), view: view({ can: [...view().can, 'ConsentJoint'], table: [put('a', 'Meeting'), put('b', 'Drill')] }) } })
    const line = () => screen.getAllByRole('status').find((each) => /things wait/.test(each.textContent))?.textContent?.trim()
    const press = () => fireEvent.click(screen.getByRole('button', { name: 'Go there' }))
    expect(line()).toContain('3 things wait. First: Seoul awaits your answer on “Meeting”.')
    await press()
    expect(line()).toContain('Next: Seoul awaits your answer on “Drill”.')
    await press()
    expect(line()).toContain('Next: 1 message has not been opened yet.')
    await press()
    expect(screen.getByRole('button', { name: /What we will not see/ })).toBeTruthy()
    expect(line()).toContain('First: Seoul awaits your answer on “Meeting”.')
  })

  it('amends a clause of the plan to another of its options, with its words', async () => {
    const option = (id: string, say: string) => ({ id, name: en(id), say: en(say), caveats: [] })
    // The test's document knows no chosen option and takes the first: the one that is chosen stands there.
    const clause = {
      ...{ id: 'C-1', name: en('Red line'), say: en(''), options: [option('late', 'Say it late.'), option('early', 'Say it early.')], defaults: {} },
      ...{ agreed: null, turn: null, at: null, caveats: [], friction: null, sources: [], silence: false },
    }
    const proposal = tabled({ joint: 'C-1', name: clause.name, text: 'Say it early.', option: 'early' })
    const source = { ...live(), view: view({ can: [...view().can, 'ConsentJoint', 'AmendJoint'], table: [proposal], plan: [clause] }) }
    render(SeatPanels, { source })
    await go('Joint')
    await fireEvent.click(screen.getByRole('button', { name: 'Amend…' }))
    await fireEvent.change(screen.getByLabelText('Option'), { target: { value: 'late' } })
    await fireEvent.click(screen.getByRole('button', { name: 'Put the new text' }))
    await waitFor(() => expect(source.sent).toEqual([{ type: 'AmendJoint', proposal: 'p', text: 'Say it late.', option: 'late' }]))
  })

  it('puts the decision of an ordinary turn before its orders, and asks for those once it is made', async () => {
    const decision = {
      ...{ id: 'offer', team: 'tokyo' as const, ask: en('What do you answer?'), chosen: null, default: 'wait', sources: [] },
      options: [{ id: 'wait', name: en('Wait'), say: en('Nobody comes.'), caveats: [] }],
    }
    const can = [...view().can, 'Choose'] as const
    const source = { ...live(), feeds: {}, view: view({ can, decisions: [decision] }) }
    const { unmount } = render(SeatPanels, { source })
    expect(screen.getByText('Decide now: What do you answer?')).toBeTruthy()
    await go('Orders')
    expect(screen.getByRole('button', { name: /Issue the destroy order/ })).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: /^Wait/ }))
    await waitFor(() => expect(source.sent).toEqual([{ type: 'Choose', decision: 'offer', option: 'wait' }]))
    unmount()
    render(SeatPanels, { source: { ...live(), feeds: {}, view: view({ can, decisions: [{ ...decision, chosen: 'wait' }] }) } })
    expect(screen.getByText(/^Seal up to 3 more orders/)).toBeTruthy()
  })

  it('says that nobody decides, and prepares the request to control', async () => {
    const decider = { seat: 'tokyo.leader', team: 'tokyo', name: en('Prime Minister’s Office'), person: null }
    const { me, roster, can } = view()
    const alone = view({
      me: { ...me, seat: 'tokyo.defense', name: en('Ministry of Defense') },
      roster: { ...roster, seats: [decider] },
      can: can.filter((type) => type !== 'CommitOrder'),
      rooms: [{ id: 'control+tokyo', teams: ['control', 'tokyo'], kind: 'control', speak: true, channel: 'open', minutes: 0 }],
    })
    const source = { ...live(), view: alone }
    render(SeatPanels, { source })
    expect(screen.getByText('Prime Minister’s Office, which decides, is empty.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: /Ask control/ }))
    const question = screen.getByRole<HTMLInputElement>('textbox', { name: /Question to control/ })
    expect(question.value).toBe('Please let Ministry of Defense decide for us.')
    expect(source.sent).toEqual([])
  })

  it('opens with the brief the first time, and with the inbox later', () => {
    const none = en('')
    const brief = { public: none, secret: none, red_line_public: none, red_line_secret: none, advice: none, facts: [] }
    const source = { ...live(), view: view({ brief }) }
    const { unmount } = render(SeatPanels, { source, memory: 'g:tokyo.leader' })
    expect(screen.getByRole('region', { name: 'Brief' })).toBeTruthy()
    unmount()
    render(SeatPanels, { source, memory: 'g:tokyo.leader' })
    expect(screen.queryByRole('region', { name: 'Brief' })).toBeNull()
  })

  it('cannot be missed when play stops for a real emergency', () => {
    const now = { ...view().now, banner: 'Fire alarm.' }
    render(SeatPanels, { source: { ...live(), view: view({ now }) } })
    expect(screen.getByText('REAL EMERGENCY – STOP PLAY').closest('[role=alert]')?.textContent).toContain('Fire alarm.')
  })
})
