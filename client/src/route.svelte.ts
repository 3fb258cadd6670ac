/** Where in the application one is. */
export type Route =
  | { readonly room: 'house' }
  | { readonly room: 'join'; readonly secret: string }
  | { readonly room: 'play'; readonly game: string; readonly seat: string }
  | { readonly room: 'review'; readonly game: string; readonly line?: string }
  | { readonly room: 'board'; readonly game: string }
  | { readonly room: 'compare' | 'rooms'; readonly search: string }
  | { readonly room: 'nowhere' }

/** What an address means. The secret of a link is in the fragment, so that no server log holds it. */
export function route({ pathname, hash, search = '' }: { pathname: string; hash: string; search?: string }): Route {
  const [room = '', game, seat, ...more] = parts(pathname)
  if (room === '') return hash.length > 1 ? { room: 'join', secret: hash.slice(1) } : { room: 'house' }
  if ((room === 'compare' || room === 'rooms') && !game) return { room, search }
  if (more.length > 0 || !game) return { room: 'nowhere' }
  if (room === 'play' && seat) return { room, game, seat }
  if (room === 'board' && !seat) return { room, game }
  if (room === 'review' && !seat) {
    const line = new URLSearchParams(search).get('line')
    return line ? { room, game, line } : { room, game }
  }
  return { room: 'nowhere' }
}

/** The address of a place. */
export function address(to: Exclude<Route, { room: 'join' | 'nowhere' | 'compare' | 'rooms' }>): string {
  if (to.room === 'house') return '/'
  const game = encodeURIComponent(to.game)
  return to.room === 'play'
    ? `/play/${game}/${encodeURIComponent(to.seat)}`
    : `/${to.room}/${game}`
}

function parts(pathname: string): string[] {
  try {
    return pathname.replace(/^\/|\/$/g, '').split('/').map(decodeURIComponent)
  } catch {
    return ['nowhere']
  }
}

/** Where this browser is now. */
class Here {
  route = $state.raw<Route>(route(window.location))

  constructor() {
    window.addEventListener('popstate', this.#look)
    window.addEventListener('hashchange', this.#look)
  }

  /** Goes to a path of this application; `instead` leaves no way back to the present one. */
  go(path: string, { instead = false } = {}): void {
    if (instead) window.history.replaceState(null, '', path)
    else window.history.pushState(null, '', path)
    this.#look()
    window.scrollTo(0, 0)
  }

  readonly #look = (): void => {
    this.route = route(window.location)
  }
}

export const here = new Here()

/** Follows plain clicks on our own links without loading the page again. */
export function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute('download')) return
  const url = new URL(link.href, window.location.href)
  if (url.origin !== window.location.origin || url.pathname.startsWith('/api/')) return
  if (url.hash && url.pathname === window.location.pathname) return
  event.preventDefault()
  here.go(url.pathname + url.search + url.hash)
}
