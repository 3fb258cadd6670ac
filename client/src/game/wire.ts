/** The name of the protocol, offered as the websocket's subprotocol. */
export const subprotocol = 'alliance.v1'

/** The version of the protocol that this client speaks. */
export const protocol = 1

/** Longer than this the server would close the socket (64 KiB), so that it is not sent. */
export const longest = 60_000

/** A run of a feed's items; `from` is the first one's place in the whole feed. */
export interface Run {
  readonly from: number
  readonly items: readonly unknown[]
}

/** Why a command was not carried out. */
export interface Refusal {
  readonly id: string
  readonly code: string
  readonly say: string
  readonly instead: string
}

/** The first thing that the server says on a new connection. */
export interface Hello {
  readonly protocol: number
  readonly now: number
  readonly seat: string
  readonly game: string
}

/** What a page of older items holds. */
export interface Page extends Run {
  readonly id: string
  readonly feed: string
}

/** What may arrive in one frame. */
export interface Frame {
  readonly hello?: Hello
  readonly view?: Readonly<Record<string, unknown>>
  readonly feeds?: Readonly<Record<string, Run>>
  readonly ok?: string
  readonly no?: Refusal
  readonly presence?: Readonly<Record<string, unknown>>
  readonly page?: Page
}

/** The part of a WebSocket that a game uses, so that a test can hold the other end. */
export type Socket = Pick<WebSocket, 'onopen' | 'onmessage' | 'onclose' | 'send' | 'close'>

/** The server's close codes that mean more than "try again". */
export const closed = {
  type: 1003,
  fast: 1008,
  large: 1009,
  fault: 1011,
  restart: 1012,
  unknown: 4401,
  revoked: 4403,
} as const
