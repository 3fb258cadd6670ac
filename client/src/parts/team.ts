import { plain, t, type Key, type Texts } from '../words/words.svelte'

/** A team that has an accent and words of its own in the interface. */
export type Team = 'washington' | 'tokyo' | 'seoul' | 'control' | 'observer' | 'pyongyang'

const teams: readonly string[] = ['washington', 'tokyo', 'seoul', 'control', 'observer', 'pyongyang'] satisfies Team[]

/** Whether the interface knows the team by itself. */
export function isTeam(id: string): id is Team {
  return teams.includes(id)
}

/** The team of a seat: `tokyo` of `tokyo.leader`. */
export function teamOf(seat: string): string {
  return seat.split('.', 1)[0] ?? seat
}

/** A team's name in the reader's language; the scenario's own word comes first. */
export function teamName(id: string, name?: Texts): string {
  if (name !== undefined) return plain(name)
  return isTeam(id) ? t(`team.${id}` satisfies Key) : id
}

/** The letter that stands for a team, so that no meaning hangs on colour alone. */
export function letter(id: string, name?: Texts): string {
  return isTeam(id) ? t(`letter.${id}` satisfies Key) : (teamName(id, name).at(0) ?? '?').toUpperCase()
}
