import { t } from '../words/words.svelte'

/** What the server said when it did not do as asked: a problem (RFC 9457), or no answer at all (status 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string = '',
    /** The problem's type, the last part of its address. */
    readonly code: string = '',
    /** What to do instead, where the server knows it. */
    readonly instead: string = '',
  ) {
    super(detail || title)
  }

  /** Whether asking again later may succeed. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  token?: string | undefined
  signal?: AbortSignal
}

/** Asks the server's HTTP interface; `path` is below `/api`. Throws `ApiError`. */
export async function api<Answer>(path: string, ask: Ask = {}): Promise<Answer> {
  const response = await request(path, ask)
  if (!response.ok) throw await problem(response)
  return (response.status === 204 ? undefined : await response.json()) as Answer
}

/** The same, for what is not JSON: an export, a QR code, a report. */
export async function download(path: string, ask: Ask = {}): Promise<Blob> {
  const response = await request(path, ask)
  if (!response.ok) throw await problem(response)
  return await response.blob()
}

/** An answer of many lines, each a value of its own, as they arrive. */
export async function* readLines<Line>(path: string, ask: Ask = {}): AsyncGenerator<Line> {
  const response = await request(path, ask)
  if (!response.ok) throw await problem(response)
  let rest = ''
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  for (let got = await reader?.read(); got && !got.done; got = await reader?.read()) {
    const lines = (rest + got.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line) yield JSON.parse(line) as Line
  }
  if (rest) yield JSON.parse(rest) as Line
}

async function request(path: string, { method, body, token, signal }: Ask): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json, application/problem+json, */*;q=0.1' })
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  try {
    return await fetch(`/api${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      credentials: 'omit',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, t('error.offline'))
  }
}

async function problem(response: Response): Promise<ApiError> {
  const said: unknown = await response.json().catch(() => ({}))
  const field = (name: string): string => {
    const value = typeof said === 'object' && said !== null && name in said && Reflect.get(said, name)
    return typeof value === 'string' ? value : ''
  }
  const title = field('title') || t('error.server', { status: String(response.status) })
  const code = field('code') || (field('type').split(/[/:#]/).at(-1) ?? '')
  return new ApiError(response.status, title, field('detail'), code, field('instead'))
}
