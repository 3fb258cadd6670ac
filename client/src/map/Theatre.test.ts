import { fireEvent, render, screen } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import { words } from '../words/words.svelte'
import type { Asset } from './places'
import Theatre from './Theatre.svelte'

const assets: Asset[] = [
  { id: 'a', team: 'tokyo', kind: 'ship', at: 'sasebo', name: { en: 'Destroyer', ja: '護衛艦' }, note: { en: 'In port.' } },
  { id: 'b', team: 'seoul', kind: 'radar', at: 'nowhere', name: { en: 'Radar' } },
]

test('an asset can be found and opened with the keyboard', async () => {
  const onselect = vi.fn()
  render(Theatre, { assets, onselect })
  const asset = screen.getByRole('button', { name: 'Destroyer, Tokyo, Sasebo' })
  expect(asset.getAttribute('tabindex')).toBe('0')
  await fireEvent.keyDown(asset, { key: 'Enter' })
  expect(onselect).toHaveBeenLastCalledWith('a')
  expect(asset.getAttribute('aria-pressed')).toBe('true')
  expect(screen.getByText(/In port/)).toBeTruthy()
  await fireEvent.keyDown(asset, { key: ' ' })
  expect(onselect).toHaveBeenLastCalledWith(undefined)
})

test('an asset at an unknown place is left out, not a failure', () => {
  render(Theatre, { assets })
  expect(screen.getAllByRole('button')).toHaveLength(1)
})

test('the names follow the reader’s language', async () => {
  await words.choose('ja')
  render(Theatre, { assets })
  expect(screen.getByRole('button', { name: '護衛艦、東京, 佐世保' })).toBeTruthy()
  expect(screen.getByRole('group', { name: '北東アジアの地図' }).textContent).toContain('東京')
})
