import type { View } from '../../protocol'

/** What a seat has before it in the middle of the room. */
export type Place =
  | { readonly kind: 'now' | 'talks' | 'inbox' | 'notes' | 'brief' | 'orders' | 'table' | 'results' | 'map' | 'end' }
  | { readonly kind: 'room' | 'track'; readonly id: string }

/** The tabs of a phone, in order. */
export const tabs = ['now', 'talks', 'orders', 'table', 'map'] as const

/** One of them. */
export type TabId = (typeof tabs)[number]

/** The tab under which a place is found on a phone. */
export function tabOf(place: Place): TabId {
  switch (place.kind) {
    case 'talks':
    case 'inbox':
    case 'room':
    case 'notes':
      return 'talks'
    case 'orders':
      return 'orders'
    case 'table':
      return 'table'
    case 'map':
    case 'track':
      return 'map'
    default:
      return 'now'
  }
}

/** Whether two places are the same. */
export function same(a: Place, b: Place): boolean {
  return a.kind === b.kind && ('id' in a ? a.id : '') === ('id' in b ? b.id : '')
}

/** Whether this seat has such a place: an observer has no orders, and nothing has ended before the end. */
export function exists(place: Place, view: View): boolean {
  switch (place.kind) {
    case 'room':
      return view.rooms.some((room) => room.id === place.id)
    case 'track':
      return view.tracks.some((track) => track.id === place.id)
    case 'brief':
      return view.brief !== null || view.objectives.length > 0
    case 'orders':
    case 'table':
      return view.deck.length > 0
    case 'notes':
      return view.me.eyes !== 'public'
    case 'end':
      return view.finish !== null
    default:
      return true
  }
}
