import { left, span } from '../../game/clock'
import { teamName } from '../../parts/team'
import { address, here } from '../../route.svelte'
import { plain, t } from '../../words/words.svelte'
import type { Cell } from './cell.svelte'
import { needed, type Act, type Step } from './guide'
import { listed } from './names'
import { covered, undecided } from './undecided'

/** What control does to the game, by name: the helm, the guide and the keyboard all call these. */
export interface Actions {
  start(): void
  pause(why?: string): void
  pauseBecause(): void
  resume(): void
  extend(minutes: number): void
  extendBy(): void
  endTurn(): void
  reopen(): void
  accept(): void
  releaseResults(): void
  openTurn(): void
  endGame(): void
  openReview(): void
  setRate(): void
  automatic(on: boolean): void
  stop(): void
  clear(): void
  mark(): void
  /** Does what the guide proposes. */
  step(step: Step): void
}

/** The actions of a cell. What cannot be undone asks first; the rest is done at once. */
export function actions(cell: Cell): Actions {
  const turnName = (number: number): string => plain(cell.view.now.turns.find((turn) => turn.number === number)?.name)

  /** The injects that the opening of a turn sends out by itself. */
  function first(turn: number): string {
    const lines = cell.view.sheet.filter((seen) => seen.turn === turn && seen.minute === 0 && seen.status === 'waiting')
    const sure = lines.filter((seen) => seen.trigger === 'scheduled').map((seen) => t('control.inject', { number: seen.inject, title: plain(seen.title) }))
    const perhaps = lines.filter((seen) => seen.trigger === 'conditional').map((seen) => t('control.inject', { number: seen.inject, title: plain(seen.title) }))
    return [
      sure.length > 0 ? t('control.open.first', { lines: listed(sure) }) : t('control.open.nofirst'),
      perhaps.length > 0 ? t('control.open.perhaps', { lines: listed(perhaps) }) : '',
    ]
      .filter(Boolean)
      .join('\n')
  }

  /** Whether the game begins with a plan phase, which then is what starts. */
  const plans = (): boolean => cell.view.game.plan_phase !== null

  const acts: Actions = {
    start() {
      const without = cell.view.health
        .map(({ team }) => team)
        .filter((team) => !cell.source.presence.online.some((seat) => seat.startsWith(`${team}.`)))
      const { online } = cell.source.presence
      const gaps = undecided(cell.view, online).filter(({ team, present }) => present.length > 0 && !covered(team, cell.view.roster, online))
      cell.ask({
        title: t(plans() ? 'control.start.plan' : 'control.start.ask', { minutes: cell.view.game.plan_phase?.minutes ?? 0 }),
        say: [
          without.length > 0 ? t('control.start.without', { teams: listed(without.map((team) => teamName(team))) }) : '',
          ...gaps.map(({ team, seat }) => t('control.undecided', { team: teamName(team), seat: plain(seat.name) })),
          plans() ? t('control.start.plan.say') : first(1),
        ]
          .filter(Boolean)
          .join('\n'),
        confirm: t('control.start'),
        run: () => cell.send({ type: 'StartGame' }),
      })
    },
    pause(why = '') {
      void cell.do({ type: 'PauseClock', why })
    },
    pauseBecause() {
      cell.ask({
        title: t('control.pause.ask'),
        say: t('control.pause.say'),
        confirm: t('control.pause'),
        words: { label: t('control.pause.why'), rows: 1, max: 200, ready: [t('control.pause.lunch'), t('control.pause.break'), t('control.pause.tomorrow')] },
        run: (why) => cell.send({ type: 'PauseClock', why }),
      })
    },
    resume() {
      void cell.do({ type: 'ResumeClock' })
    },
    extend(minutes) {
      void cell.do({ type: 'ExtendTurn', minutes })
    },
    extendBy() {
      cell.ask({
        title: t('control.extend.ask'),
        say: t('control.extend.say'),
        confirm: t('control.extend'),
        words: { label: t('control.extend.minutes'), rows: 1, required: true, value: '15' },
        run: (said) => cell.send({ type: 'ExtendTurn', minutes: whole(said) }),
      })
    },
    endTurn() {
      const { view } = cell
      const rest = left(view.clock, view.clock.deadline, cell.source.now())
      const busy = view.health.filter((each) => !each.ready).map(({ team }) => teamName(team))
      const end = () => cell.send({ type: 'EndTurn' })
      const open = view.table.filter((proposal) => proposal.status === 'open').length
      if ((busy.length === 0 && open === 0) || rest <= 0) {
        void cell.do({ type: 'EndTurn' })
        return
      }
      cell.ask({
        title: t(view.now.planning ? 'control.end.plan' : 'control.end.ask', { turn: view.now.turn, time: span(rest) }),
        say: [
          busy.length > 0 ? t('control.end.busy', { teams: listed(busy) }) : '',
          open > 0 ? t('control.end.open', { n: open }) : '',
          t(view.now.planning ? 'control.end.plan.say' : 'control.end.say'),
        ]
          .filter(Boolean)
          .join('\n'),
        confirm: t(view.now.planning ? 'control.end.planning' : 'control.end'),
        run: end,
      })
    },
    reopen() {
      cell.ask({
        title: t(cell.view.now.planning ? 'control.reopen.plan' : 'control.reopen.ask', { turn: cell.view.now.turn }),
        say: t(cell.view.now.planning ? 'control.reopen.plan.say' : 'control.reopen.say'),
        confirm: t(cell.view.now.planning ? 'control.reopen.planning' : 'control.reopen'),
        words: { label: t('control.reopen.minutes'), rows: 1, required: true, value: '5' },
        run: (said) => cell.send({ type: 'ReopenTurn', minutes: whole(said) }),
      })
    },
    accept() {
      void cell.do({ type: 'AcceptResults', subjects: null })
    },
    releaseResults() {
      const { view } = cell
      const end = view.forecast?.name
      cell.ask({
        title: t(view.now.planning ? 'control.results.plan' : 'control.results.ask', { n: view.desk.length, turn: view.now.turn }),
        say: [t(view.now.planning ? 'control.results.plan.say' : 'control.results.say'), end ? t('control.forecast.end', { end: plain(end) }) : ''].filter(Boolean).join('\n'),
        confirm: t('control.results.release'),
        run: () => cell.send({ type: 'ReleaseResults' }),
      })
    },
    openTurn() {
      const turn = cell.view.now.turn + 1
      cell.ask({
        title: t('control.open.ask', { turn }),
        say: first(turn),
        confirm: t('control.open'),
        run: () => cell.send({ type: 'OpenTurn' }),
      })
    },
    endGame() {
      const { turn, phase } = cell.view.now
      cell.ask({
        title: t('control.finish.ask', { turn, name: turnName(turn) }),
        say: [phase === 'play' || phase === 'adjudication' ? t('control.finish.unresolved') : '', t('control.finish.say')].filter(Boolean).join('\n'),
        confirm: t('control.finish'),
        danger: true,
        words: { label: t('control.reason'), hint: t('control.finish.hint'), required: true, rows: 2 },
        run: (reason) => cell.send({ type: 'EndGame', reason }),
      })
    },
    openReview() {
      cell.ask({
        title: t('control.review.ask'),
        say: t('control.review.say'),
        confirm: t('control.review.open'),
        run: () => cell.send({ type: 'OpenReview' }),
      })
    },
    setRate() {
      cell.ask({
        title: t('control.rate.ask'),
        say: t('control.rate.say'),
        confirm: t('control.rate.set'),
        words: { label: t('control.rate.label'), rows: 1, required: true, value: String(cell.view.clock.rate / 1000), ready: ['1', '2', '5', '10'] },
        run: (said) => cell.send({ type: 'SetRate', permille: Math.round(Number(said.replace(',', '.')) * 1000) }),
      })
    },
    automatic(on) {
      void cell.do({ type: 'SetAutomatic', on }, t(on ? 'control.automatic.on' : 'control.automatic.off'))
    },
    stop() {
      cell.ask({
        title: t('control.stop.ask'),
        say: t('control.stop.say'),
        confirm: t('control.stop'),
        danger: true,
        words: { label: t('control.stop.text'), hint: t('control.stop.hint'), rows: 1, max: 200 },
        run: (text) => cell.send({ type: 'DeclareEmergency', text }),
      })
    },
    clear() {
      cell.ask({
        title: t('control.clear.ask'),
        say: t('control.clear.say'),
        confirm: t('control.clear'),
        run: () => cell.send({ type: 'ClearEmergency' }),
      })
    },
    mark() {
      cell.front = 'marks'
      cell.marking = Date.now()
      void cell.do({ type: 'AddMark' })
    },
    step(step) {
      switch (step.act) {
        case undefined:
          return
        case 'release':
          cell.chosen = cell.open = step.line.seen.inject
          cell.composing = false
          return show(`line-${step.line.seen.inject}`)
        case 'answer':
          cell.front = 'requests'
          return show(`request-${step.request.id}`)
        case 'judge':
          cell.result = step.result.subject
          return show(`result-${step.result.subject}`)
        case 'review':
          return here.go(address({ room: 'review', game: cell.game }))
        default:
          return acts[step.act]()
      }
    },
  }
  return acts
}

/** Whether this seat may do what a step proposes. */
export function allowed(cell: Cell, act: Act): boolean {
  const command = needed[act]
  return command === undefined || cell.can(command)
}

/** Scrolls something into sight once it is drawn, and puts the keyboard there. */
export function show(id: string): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(id)
    element?.scrollIntoView({ block: 'nearest' })
    element?.querySelector<HTMLElement>('button, textarea, input')?.focus({ preventScroll: true })
  })
}

function whole(said: string): number {
  return Math.max(0, Math.round(Number(said) || 0))
}
