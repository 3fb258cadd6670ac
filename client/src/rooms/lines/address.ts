/** A line of a game; the one that is played without a line. */
export interface Room {
  readonly game: string
  readonly line?: string | undefined
}

/** The address at which lines are compared. */
export function compareAddress(rooms: readonly Room[]): string {
  return `/compare?${query(rooms)}`
}

/** The address at which rooms are run side by side. */
export function roomsAddress(games: readonly string[]): string {
  return `/rooms?${query(games.map((game) => ({ game })))}`
}

/** The lines that an address names. */
export function roomsIn(search: string): Room[] {
  return new URLSearchParams(search).getAll('of').flatMap((each) => {
    const [game, line] = each.split('.')
    return game ? [{ game, line: line || undefined }] : []
  })
}

function query(rooms: readonly Room[]): string {
  return rooms.map(({ game, line }) => `of=${encodeURIComponent(line === undefined ? game : `${game}.${line}`)}`).join('&')
}
