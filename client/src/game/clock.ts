import type { ClockSeen } from '../protocol'

/** The exercise clock as a value: still at `elapsed` ms, or running from there since wall time `since` ms; `why` says why it is still. */
export type Clock = Pick<ClockSeen, 'elapsed' | 'since' | 'rate'> & Partial<Pick<ClockSeen, 'why'>>

/** Exercise time in ms at a wall time in ms. The rate is exercise ms per 1000 wall ms. */
export function exercise(clock: Clock, now: number): number {
  if (clock.since === null) return clock.elapsed
  return clock.elapsed + Math.floor((Math.max(0, now - clock.since) * clock.rate) / 1000)
}

/** Exercise ms until a deadline; negative once it has passed. */
export function left(clock: Clock, deadline: number, now: number): number {
  return deadline - exercise(clock, now)
}

/** A span as `4:12` or `1:04:12`. Time left is rounded up, so that 0:00 means that it is over. */
export function span(ms: number): string {
  const seconds = ms > 0 ? Math.ceil(ms / 1000) : Math.floor(-ms / 1000)
  const pair = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const rest = pair(seconds % 60)
  return hours > 0 ? `${hours}:${pair(minutes)}:${rest}` : `${minutes}:${rest}`
}
