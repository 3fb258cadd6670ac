/** Something to be told once, out of the way. */
export interface Notice {
  readonly id: number
  readonly say: string
  /** What to do instead, or more about it. */
  readonly more: string
  /** A problem stays until it is put away; the rest goes by itself. */
  readonly problem: boolean
}

interface More {
  readonly more?: string
  readonly problem?: boolean
}

const shown = 5000

/** The notices on the screen, oldest first. */
class Board {
  list = $state.raw<readonly Notice[]>([])
  /** How many rooms on the screen have a place of their own for notices. */
  placed = $state(0)
  #next = 1

  /** Shows a notice. */
  say(say: string, { more = '', problem = false }: More = {}): void {
    const notice = { id: this.#next++, say, more, problem }
    // The same words twice are one notice: three refusals of one button need no pile.
    this.list = [...this.list.filter((each) => each.say !== say), notice].slice(-4)
    if (!problem) setTimeout(() => this.dismiss(notice.id), shown)
  }

  /** Puts one away. */
  dismiss(id: number): void {
    this.list = this.list.filter((each) => each.id !== id)
  }
}

export const notices = new Board()
