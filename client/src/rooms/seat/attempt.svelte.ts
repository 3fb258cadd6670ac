/** One try at something at one place of the room: whether it is under way, and why it was refused. */
export class Attempt {
  busy = $state(false)
  /** The last failure, shown where the action is; gone with the next try. */
  failed = $state.raw<unknown>()

  /** Does it; whether it was done. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.failed = undefined
    try {
      await work()
      return true
    } catch (error) {
      this.failed = error
      return false
    } finally {
      this.busy = false
    }
  }
}
