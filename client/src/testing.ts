import { beforeEach } from 'vitest'
import { words } from './words/words.svelte'

beforeEach(async () => {
  localStorage.clear()
  sessionStorage.clear()
  await words.choose('en')
})
