import { api, ApiError, download } from '../../game/api'
import { held, houseToken, seatToken, take } from '../../game/session'
import type { Capital, Cover, GameListed, Joined, LinkIssued, LinkListed, ScenarioListed, Temperament } from '../../protocol'
import { t } from '../../words/words.svelte'

/** What the facilitator asks of the server, with one session. */
export class House {
  readonly #token: string

  constructor(token: string) {
    this.#token = token
  }

  scenarios(): Promise<ScenarioListed[]> {
    return api('/scenarios', { token: this.#token })
  }

  games(): Promise<GameListed[]> {
    return api('/games', { token: this.#token })
  }

  /** Opens a game, or several parallel rooms of it. */
  open(scenario: string, title: string, rooms: number, planPhase = false, bots: Temperament | null = null): Promise<GameListed[]> {
    return api('/games', { token: this.#token, body: { scenario, title, rooms, plan_phase: planPhase, bots } })
  }

  /** Opens the same scenario with the same dice, seats and bots, with a plan phase or without. */
  twin(game: string, title: string, planPhase: boolean): Promise<GameListed> {
    return api(this.#path(game, 'twin'), { token: this.#token, body: { title, plan_phase: planPhase, bots: true } })
  }

  /** Takes the lead seat of a game, and says where to go. */
  async enter(game: string): Promise<string> {
    const joined = await api<Joined>(`/games/${encodeURIComponent(game)}/enter`, { token: this.#token, method: 'POST' })
    return take(game, joined.seat ?? 'control.lead', joined.token)
  }

  links(game: string): Promise<LinkListed[]> {
    return api(this.#path(game, 'links'), { token: this.#token })
  }

  /** A new link to a seat; the one before it stops working. */
  async link(game: string, seat: string): Promise<LinkIssued> {
    const issued = await api<LinkIssued>(this.#path(game, 'links'), { token: this.#token, body: { seat } })
    keep(game, [issued])
    return issued
  }

  /** New links to every seat that nobody has come to yet. */
  async linkAll(game: string): Promise<LinkIssued[]> {
    const issued = await api<LinkIssued[]>(this.#path(game, 'links/all'), { token: this.#token, method: 'POST' })
    keep(game, issued)
    return issued
  }

  cover(game: string): Promise<Cover[]> {
    return api(this.#path(game, 'cover'), { token: this.#token })
  }

  /** Lets a bot play for a capital, or no longer. */
  async setCover(game: string, team: Capital, temperament: Temperament | null): Promise<void> {
    await api(this.#path(game, 'cover'), { token: this.#token, body: { team, temperament } })
  }

  /** The whole log of a game, as a file. */
  export(game: string): Promise<Blob> {
    return download(this.#path(game, 'export'), { token: this.#token })
  }

  /** Takes in an exported log as a game of its own. */
  async import(file: Blob): Promise<GameListed> {
    let response: Response
    try {
      response = await fetch(`/api/import?note=${encodeURIComponent(t('lobby.import.note'))}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${this.#token}`, 'Content-Type': 'application/jsonl', Accept: 'application/json' },
        credentials: 'omit',
        body: file,
      })
    } catch {
      throw new ApiError(0, t('error.offline'))
    }
    const said = (await response.json().catch(() => ({}))) as Partial<Record<string, string>>
    if (!response.ok)
      throw new ApiError(response.status, said['title'] ?? t('error.server', { status: String(response.status) }), said['detail'], said['code'], said['instead'])
    return said as unknown as GameListed
  }

  #path(game: string, rest: string): string {
    return `/games/${encodeURIComponent(game)}/${rest}`
  }
}

/** The session that may hand out a game's links in this browser: the house's, or its lead's seat. */
export function runnerToken(game: string): string | undefined {
  return houseToken() ?? seatToken(game, 'control.lead')
}

/** Seats of games that this browser holds, for those who come back without the house's link. */
export function ownSeats(): { game: string; seat: string }[] {
  return held()
}

const kept = (game: string): string => `links:${game}`

/** Links are told once. This tab remembers those it asked for, so that a reload does not cost them. */
function keep(game: string, issued: readonly LinkIssued[]): void {
  const all = { ...known(game), ...Object.fromEntries(issued.map((link) => [link.seat, link])) }
  sessionStorage.setItem(kept(game), JSON.stringify(all))
}

/** The links that this tab was told, by seat. */
export function known(game: string): Record<string, LinkIssued> {
  try {
    return JSON.parse(sessionStorage.getItem(kept(game)) ?? '{}') as Record<string, LinkIssued>
  } catch {
    return {}
  }
}
