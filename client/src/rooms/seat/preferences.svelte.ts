/** What a person prefers in any room, remembered on this machine. */
interface Wishes {
  /** Whether single keys do things. */
  readonly keys: boolean
  /** Whether a flash is heard. */
  readonly sound: boolean
}

const kept = 'preferences'

class Preferences {
  #wishes = $state.raw<Wishes>(recall())

  get keys(): boolean {
    return this.#wishes.keys
  }

  get sound(): boolean {
    return this.#wishes.sound
  }

  choose(wishes: Partial<Wishes>): void {
    this.#wishes = { ...this.#wishes, ...wishes }
    localStorage.setItem(kept, JSON.stringify(this.#wishes))
  }
}

function recall(): Wishes {
  const usual: Wishes = { keys: true, sound: false }
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<Wishes>) }
  } catch {
    return usual
  }
}

export const preferences = new Preferences()

/** Two short tones. Browsers stay silent until the page has been touched. */
export function chime(): void {
  const audio = new AudioContext()
  for (const [i, pitch] of [660, 880].entries()) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()]
    const start = audio.currentTime + i * 0.18
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.12, start)
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16)
    tone.connect(volume).connect(audio.destination)
    tone.start(start)
    tone.stop(start + 0.17)
  }
}
