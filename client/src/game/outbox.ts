import { Refused } from './refused'

/** A command that has no answer yet. */
interface Pending {
  readonly id: string
  readonly do: object
  readonly at: number
  faults: number
  resolve(): void
  reject(why: Refused): void
}

/** Longer ago than this, in ms, a command from before a reload is not meant any more. */
const stale = 10 * 60_000

/** The commands that have no answer yet, oldest first; they outlive a reload of the page. */
export class Outbox {
  readonly #pending = new Map<string, Pending>()
  readonly #kept: { storage: Storage; key: string } | undefined

  constructor(kept?: { storage: Storage; key: string }) {
    this.#kept = kept
    for (const { id, do: command, at } of this.#read())
      if (Date.now() - at < stale)
        this.#pending.set(id, { id, do: command, at, faults: 0, resolve() {}, reject() {} })
  }

  get size(): number {
    return this.#pending.size
  }

  /** The frames still to be answered, in the order in which they were asked. */
  get frames(): string[] {
    return [...this.#pending.values()].map(written)
  }

  /** Keeps a command until it is answered. */
  add(id: string, command: object): { frame: string; answer: Promise<void> } {
    let pending: Pending | undefined
    const answer = new Promise<void>((resolve, reject) => {
      pending = { id, do: command, at: Date.now(), faults: 0, resolve, reject }
      this.#pending.set(id, pending)
    })
    this.#write()
    return { frame: JSON.stringify({ id, do: command }), answer }
  }

  /** The command was carried out. */
  accept(id: string): void {
    this.#take(id)?.resolve()
  }

  /** The command was not carried out; whether it was one of ours. */
  refuse(id: string, why: Refused): boolean {
    const pending = this.#take(id)
    pending?.reject(why)
    return pending !== undefined
  }

  /** The oldest broke the server. The second time it is given up, or it would do so for ever. */
  blameOldest(why: Refused): boolean {
    const [oldest] = this.#pending.values()
    if (oldest === undefined) return false
    oldest.faults += 1
    return oldest.faults > 1 && this.refuse(oldest.id, why)
  }

  /** The longest was more than the server takes. */
  blameLongest(why: Refused): boolean {
    const [longest] = [...this.#pending.values()].sort((a, b) => written(b).length - written(a).length)
    return longest !== undefined && this.refuse(longest.id, why)
  }

  /** Nothing will be answered any more. */
  refuseAll(why: Refused): void {
    for (const id of [...this.#pending.keys()]) this.refuse(id, why)
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    this.#write()
    return pending
  }

  #write(): void {
    if (this.#kept === undefined) return
    const { storage, key } = this.#kept
    const rows = [...this.#pending.values()].map(({ id, do: command, at }) => ({ id, do: command, at }))
    try {
      if (rows.length > 0) storage.setItem(key, JSON.stringify(rows))
      else storage.removeItem(key)
    } catch {
      // A full or forbidden storage costs only the outliving of a reload.
    }
  }

  #read(): { id: string; do: object; at: number }[] {
    try {
      return JSON.parse(this.#kept?.storage.getItem(this.#kept.key) ?? '[]')
    } catch {
      return []
    }
  }
}

function written(pending: Pending): string {
  return JSON.stringify({ id: pending.id, do: pending.do })
}

/** A random identifier. `crypto.randomUUID` is missing on plain HTTP, as in a seminar room's network. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
