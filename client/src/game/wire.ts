/** Longer than this the server would close the socket (64 KiB), so that it is not sent. */
export const longest = 60_000

/** The part of a WebSocket that a game uses, so that a test can hold the other end. */
export type Socket = Pick<WebSocket, 'onopen' | 'onmessage' | 'onclose' | 'send' | 'close'>

/** The server's close codes that mean more than "try again". */
export const closed = {
  type: 1003,
  fast: 1008,
  large: 1009,
  fault: 1011,
  unknown: 4401,
  revoked: 4403,
} as const
