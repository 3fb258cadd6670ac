import { createSubscriber } from 'svelte/reactivity'

/** The browser's own beat: whatever reads `beat()` is worked out again every second, while it is shown. */
const subscribe = createSubscriber((update) => {
  let timer = 0
  const tick = () => {
    update()
    timer = window.setTimeout(tick, 1000 - (Date.now() % 1000))
  }
  timer = window.setTimeout(tick, 1000 - (Date.now() % 1000))
  return () => window.clearTimeout(timer)
})

/** Makes the reader depend on the passing of seconds. */
export function beat(): void {
  subscribe()
}
