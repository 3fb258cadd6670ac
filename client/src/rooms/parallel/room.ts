import { left } from '../../game/clock'
import { pending } from '../../parts/requests'
import type { SeatCommand, View } from '../../protocol'

/** What a facilitator may ask of several rooms in one stroke. */
export const strokes = ['start', 'pause', 'resume', 'extend', 'end', 'accept', 'results', 'open'] as const

/** One of them. */
export type Stroke = (typeof strokes)[number]

/** The command of a stroke, where a room takes it now. */
export function commandOf(stroke: Stroke, view: View, minutes: number): SeatCommand | undefined {
  const command = ((): SeatCommand => {
    switch (stroke) {
      case 'start':
        return { type: 'StartGame' }
      case 'pause':
        return { type: 'PauseClock', why: '' }
      case 'resume':
        return { type: 'ResumeClock' }
      case 'extend':
        return { type: 'ExtendTurn', minutes }
      case 'end':
        return { type: 'EndTurn' }
      case 'accept':
        return { type: 'AcceptResults', subjects: null }
      case 'results':
        return { type: 'ReleaseResults' }
      case 'open':
        return { type: 'OpenTurn' }
    }
  })()
  const idle = (stroke === 'pause' && !view.clock.running) || (stroke === 'resume' && view.clock.running)
  // What needs a ruling gets it in the room itself, with a look at it; what needs no thought does not.
  const open = view.desk.filter((result) => !result.settled)
  const unjudged = (stroke === 'results' && open.length > 0) || (stroke === 'accept' && open.every((result) => result.thought))
  return !idle && !unjudged && view.now.banner === null && view.can.includes(command.type) ? command : undefined
}

/** Why control should look at a room, worst first. */
export type Need = 'emergency' | 'away' | 'asked' | 'desk' | 'late' | 'ready' | 'results'

/** What needs control in a room now, with how many of it. */
export function needs(view: View, now: number): { need: Need; n: number }[] {
  const { banner, away, phase } = view.now
  const found: { need: Need; n: number }[] = []
  const note = (need: Need, n: number) => n > 0 && found.push({ need, n })
  note('emergency', Number(banner !== null))
  note('away', Number(away !== null))
  note('asked', pending(view).length)
  note('desk', view.desk.filter((result) => !result.settled).length)
  if (phase === 'play') {
    note('late', Number(view.clock.running && left(view.clock, view.clock.deadline, now) <= 0))
    note('ready', Number(view.health.length > 0 && view.health.every((team) => team.ready)))
  }
  note('results', Number((phase === 'adjudication' && view.desk.every((result) => result.settled)) || phase === 'readout'))
  return found
}
