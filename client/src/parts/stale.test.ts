import { afterEach, expect, test, vi } from 'vitest'
import { stale } from './stale.svelte'

afterEach(() => vi.unstubAllGlobals())

test('a part that does not come means another server, or none', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 200 })))
  await stale.notice()
  expect(stale.why).toBe('updated')
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no net')))
  await stale.notice()
  expect(stale.why).toBe('away')
})
