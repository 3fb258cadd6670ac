import type { DeckSeen, TrackSeen } from '../../protocol'

/** What an action is mainly about, in the order in which a menu shows it. */
export const families = [
  'force',
  'contingency',
  'pressure',
  'offramp',
  'nk',
  'history',
  'reassure',
  'sdf',
  'alliance',
  'tri',
] as const

/** One of them, or none that we have a word for. */
export type Family = (typeof families)[number] | 'other'

/** The family of an action: the first of its tags that names one. */
export function familyOf(tags: readonly string[]): Family {
  return families.find((family) => tags.includes(family)) ?? 'other'
}

/** Cards by family; families without a card are left out. */
export function byFamily(deck: readonly DeckSeen[]): { family: Family; cards: DeckSeen[] }[] {
  return [...families, 'other' as const]
    .map((family) => ({ family, cards: deck.filter((card) => familyOf(card.tags) === family) }))
    .filter(({ cards }) => cards.length > 0)
}

/** What tracks measure, by the first part of their names. */
export const shelves = ['general', 'trust', 'line', 'crisis', 'home', 'readiness'] as const

/** One of them. */
export type Shelf = (typeof shelves)[number]

const byPrefix: Readonly<Record<string, Shelf>> = {
  trust: 'trust',
  stance: 'line',
  nk: 'crisis',
  consequences: 'crisis',
  incentives: 'crisis',
  public_safety: 'home',
  domestic: 'home',
  plans: 'readiness',
  msl: 'readiness',
}

/** Tracks by what they measure, the ladder's with the crisis; the order inside is the scenario's. */
export function byShelf(tracks: readonly TrackSeen[], ladder: string | null): { shelf: Shelf; tracks: TrackSeen[] }[] {
  const shelfOf = ({ id }: TrackSeen): Shelf => (id === ladder ? 'crisis' : byPrefix[id.split('.', 1)[0] ?? ''] ?? 'general')
  return shelves
    .map((shelf) => ({ shelf, tracks: tracks.filter((track) => shelfOf(track) === shelf) }))
    .filter((group) => group.tracks.length > 0)
}
