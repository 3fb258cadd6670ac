import { fireEvent, render, screen } from '@testing-library/svelte'
import { createRawSnippet, tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Refused } from '../game/refused'
import { words } from '../words/words.svelte'
import Button from './Button.svelte'
import Countdown from './Countdown.svelte'
import Dialog from './Dialog.svelte'
import Level from './Level.svelte'
import Notices from './Notices.svelte'
import { notices } from './notices.svelte'
import Scrubber from './Scrubber.svelte'
import Tabs from './Tabs.svelte'
import Text from './Text.svelte'

function html(text: string) {
  return createRawSnippet(() => ({ render: () => `<span>${text}</span>` }))
}

test('a button that is off can be reached, says why, and does nothing', async () => {
  const onclick = vi.fn()
  render(Button, { why: 'Costs 3; 2 are left', onclick, children: html('Commit') })
  const button = screen.getByRole('button', { name: 'Commit' })
  await fireEvent.click(button)
  expect(onclick).not.toHaveBeenCalled()
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Costs 3; 2 are left')
})

describe('a level', () => {
  test('is words first', () => {
    const { container } = render(Level, { value: 34, change: -6 })
    expect(container.textContent).toBe('strained (34, down 6)')
  })

  test('that is an estimate is a band', () => {
    const { container } = render(Level, { low: 30, high: 45 })
    expect(container.textContent).toBe('strained to guarded (30–45, estimate)')
  })

  test('takes the scenario’s own word', () => {
    const { container } = render(Level, { value: 2, word: { en: 'launch over Japan' } })
    expect(container.textContent).toBe('launch over Japan (2)')
  })
})

describe('a countdown', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('ticks by itself, and tells screen readers only the minutes', async () => {
    const clock = { elapsed: 0, since: 1_000_000, rate: 1000 }
    render(Countdown, { clock, deadline: 62_000, now: Date.now })
    const timer = screen.getByRole('timer')
    expect(timer.textContent).toBe('1:02 left')
    expect(timer.getAttribute('aria-label')).toBe('2 minutes left')
    vi.advanceTimersByTime(1000)
    await tick()
    expect(timer.textContent).toBe('1:01 left')
    expect(timer.className).not.toContain('last')
    vi.advanceTimersByTime(1000)
    await tick()
    expect(timer.className).toContain('last')
    vi.advanceTimersByTime(65_000)
    await tick()
    expect(timer.textContent).toBe('Closed 0:05 ago')
  })

  test('does not close what is owed: it says by how much that is late, and nothing of why the clock stands', () => {
    const still = { elapsed: 60_000, since: null, rate: 1000, why: 'Lunch' }
    render(Countdown, { clock: still, deadline: 50_000, now: Date.now, owed: true })
    expect(screen.getByRole('timer').textContent).toBe('overdue by 0:10')
    expect(document.body.textContent).not.toContain('Lunch')
  })

  test('stands still while the clock does', async () => {
    render(Countdown, { clock: { elapsed: 0, since: null, rate: 1000 }, deadline: 50_000, now: Date.now })
    vi.advanceTimersByTime(5000)
    await tick()
    expect(screen.getByRole('timer').textContent).toBe('Paused, 0:50 left')
  })

  test('says of what may still come that it is overdue, not closed', () => {
    const late = { clock: { elapsed: 65_000, since: null, rate: 1000 }, deadline: 60_000, now: Date.now }
    const closed = render(Countdown, late)
    expect(screen.getByRole('timer').textContent).toBe('Closed 0:05 ago')
    closed.unmount()
    render(Countdown, { ...late, owed: true })
    expect(screen.getByRole('timer').textContent).toBe('overdue by 0:05')
  })
})

describe('a dialog', () => {
  const props = { open: true, title: 'Release M-07 to all three capitals?', confirm: 'Release' }

  test('does it once and closes', async () => {
    const onconfirm = vi.fn(() => Promise.resolve())
    const onclose = vi.fn()
    render(Dialog, { ...props, onconfirm, onclose })
    const dialog = screen.getByRole('dialog', { name: props.title })
    await fireEvent.submit(dialog.querySelector('form') as HTMLFormElement)
    await vi.waitFor(() => expect(onclose).toHaveBeenCalledOnce())
    expect(onconfirm).toHaveBeenCalledOnce()
  })

  test('stays and says why when it was refused', async () => {
    const onconfirm = () => Promise.reject(new Refused('read', 'It was read.', 'Send a correction.'))
    render(Dialog, { ...props, onconfirm })
    await fireEvent.submit(screen.getByRole('dialog').querySelector('form') as HTMLFormElement)
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toBe('It was read. Send a correction.'))
    expect(screen.getByRole('dialog').hasAttribute('open')).toBe(true)
  })
})

test('tabs are walked with the arrows', async () => {
  const tabs = [
    { id: 'a', label: 'Now' },
    { id: 'b', label: 'Inbox', count: 2, waiting: true },
  ]
  const panel = createRawSnippet((id: () => string) => ({ render: () => `<p>panel ${id()}</p>` }))
  render(Tabs, { tabs, label: 'Parts', value: 'a', panel })
  await fireEvent.keyDown(screen.getByRole('tab', { name: 'Now' }), { key: 'ArrowLeft' })
  const inbox = screen.getByRole('tab', { name: /Inbox/ })
  expect(inbox.getAttribute('aria-selected')).toBe('true')
  expect(document.activeElement).toBe(inbox)
  expect(inbox.textContent).toContain('2 items, Waiting on you')
})

test('notices of the same words are one, and problems stay', () => {
  vi.useFakeTimers()
  render(Notices)
  notices.say('Sent')
  notices.say('Closed', { problem: true })
  notices.say('Closed', { problem: true })
  expect(notices.list.map((notice) => notice.say)).toEqual(['Sent', 'Closed'])
  vi.advanceTimersByTime(10_000)
  expect(notices.list.map((notice) => notice.say)).toEqual(['Closed'])
  vi.useRealTimers()
})

test('where a room has a place for notices, they are there alone, the newest in sight', async () => {
  render(Notices)
  const room = render(Notices, { place: 'line' })
  notices.say('Sent')
  notices.say('Closed', { problem: true })
  await tick()
  expect(screen.getAllByRole('region', { name: 'Notices' })).toHaveLength(1)
  expect(screen.getByRole('region').textContent?.trim()).toBe('Closed')
  await fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(screen.getByRole('region').textContent?.trim()).toBe('Sent')
  room.unmount()
  await tick()
  expect(screen.getByRole('region').textContent?.trim()).toBe('Sent')
})

test('the timeline is a slider that says where it is', async () => {
  const steps = [1, 1, 2].map((turn, i) => ({ seq: i + 1, at: Date.UTC(2007, 10, 1, 10, 42), turn }))
  const [onseek, onplay] = [vi.fn(), vi.fn()]
  render(Scrubber, { steps, place: 1, onseek, onplay })
  const slider = screen.getByRole('slider')
  expect(slider.getAttribute('aria-valuetext')).toMatch(/^Entry 2 of 3, .+, turn 1$/)
  await fireEvent.keyDown(slider, { key: 'End' })
  expect(onseek).toHaveBeenLastCalledWith(2)
  await fireEvent.keyDown(slider, { key: ' ' })
  expect(onplay).toHaveBeenCalledOnce()
})

test('a text in another language than the interface says which', async () => {
  await words.choose('ko')
  const { container } = render(Text, { texts: { en: 'Hello' } })
  expect(container.querySelector('span')?.lang).toBe('en')
})
