import type { GameListed, Lines } from '../protocol'
import { api } from './api'

/** Where a game is to go on from. */
export interface Fork {
  /** The line it is in; the one that is played without it. */
  readonly line: string | undefined
  readonly after: number
  /** The title of a second room; without it the game itself goes on from there. */
  readonly room: string | undefined
  readonly freshDice: boolean
  /** Whether the game's bots play in the second room too. */
  readonly bots: boolean
}

/** The histories of a game, oldest first. */
export function linesOf(game: string, token: string | undefined): Promise<Lines> {
  return api(path(game), { token })
}

/** Goes on from an earlier point; tells of the game in which it does. */
export function fork(game: string, token: string | undefined, { line, after, room, freshDice, bots }: Fork): Promise<GameListed> {
  const body = { after, fresh_dice: freshDice, ...(line === undefined ? {} : { line }), ...(room === undefined ? {} : { room, bots }) }
  return api(path(game), { token, body })
}

function path(game: string): string {
  return `/games/${encodeURIComponent(game)}/lines`
}
