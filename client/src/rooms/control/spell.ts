import type { NearSeen, TrackSeen } from '../../protocol'
import { plain, t } from '../../words/words.svelte'

const names = /[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*/gi

/** A condition or an effect of the scenario with the names of its tracks instead of their ids. */
export function spell(text: string, tracks: readonly TrackSeen[]): string {
  const known = new Map(tracks.map((track) => [track.id, plain(track.name)]))
  return text
    .replace(names, (id) => known.get(id) ?? (id.startsWith('flag.') ? id.slice(5) : id).replaceAll('_', ' '))
    .replaceAll('>=', '≥')
    .replaceAll('<=', '≤')
    .replaceAll('==', '=')
    .replaceAll('!=', '≠')
    .replaceAll('&&', t('control.and'))
    .replaceAll('||', t('control.or'))
    .replace(/!(?=[^\s=])([^()&|]+|\([^()]*\))/g, (_, what: string) => negated(what))
    .replace(/(^|\s)-(?=\d)/g, '$1−')
}

function negated(what: string): string {
  // A space before the next word of the condition stays outside.
  const said = what.trimEnd()
  return t('control.not', { what: said }) + what.slice(said.length)
}

/** How a condition's parts stand: all of them hold, some, or none. */
export function standing(near: readonly NearSeen[]): 'all' | 'some' | 'none' | undefined {
  if (near.length === 0) return undefined
  const holding = near.filter((part) => part.holds).length
  return holding === near.length ? 'all' : holding === 0 ? 'none' : 'some'
}

/** How far a comparison is from holding, in the track's own units; undefined where it is no distance. */
export function distance(near: NearSeen): number | undefined {
  if (near.holds || near.left === null || near.right === null) return undefined
  const strict = /[^<>=!](<|>)(?![=])/.test(near.text)
  return Math.abs(near.right - near.left) + (strict ? 1 : 0)
}
