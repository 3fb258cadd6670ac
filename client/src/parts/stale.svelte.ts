/** Parts of the page that could not be fetched: the server has others by now, or is out of reach. */
class Stale {
  why = $state<'updated' | 'away'>()

  /** Listens for parts that do not come. */
  watch(): void {
    window.addEventListener('vite:preloadError', () => void this.notice())
  }

  /** A part did not come: finds out why. */
  async notice(): Promise<void> {
    this.why ??= 'away'
    try {
      const answer = await fetch('/', { cache: 'no-store' })
      this.why = answer.ok ? 'updated' : 'away'
    } catch {
      this.why = 'away'
    }
  }
}

export const stale = new Stale()
