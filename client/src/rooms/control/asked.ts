import { plain, t } from '../../words/words.svelte'
import type { Room } from '../seat/room.svelte'

/** What is asked of a seat just now, in the words in which it reads it; empty if nothing can be. */
export function asked(room: Room): string {
  const { what, decision, proposal } = room.expected
  if (room.view.me.team === 'observer' || what === 'observe' || what === 'hear') return ''
  const first = t(`expected.${what}`, {
    ask: plain(decision?.ask),
    authority: room.who(room.view.me.authority),
    team: room.team(proposal?.by ?? ''),
    name: plain(proposal?.name),
    n: what === 'read' ? room.unopened.length : (room.view.budget?.orders_left ?? 0),
    points: room.view.budget?.points ?? 0,
  })
  return room.waits.length > 1 ? t('head.waits', { n: room.waits.length, first }) : first
}
