import type { GameSeen, TrackSeen, View } from '../protocol'
import { plain, say, type Texts } from '../words/words.svelte'

/** Where a track stands, in words, as `Level` takes it. */
export interface Standing {
  /** Absent where the usual word for a value does. */
  readonly word: Texts | undefined
  readonly value: number | undefined
  readonly low: number | undefined
  readonly high: number | undefined
  /** Whether the word has the figures in it: "8 turns". */
  readonly told: boolean
}

type Measured = Pick<TrackSeen, 'id' | 'word' | 'unit' | 'value' | 'low' | 'high'>

/** A track in words: its own word, its rung on the ladder, or its figures with their unit. */
export function standing(track: Measured, game: Pick<GameSeen, 'ladder' | 'ladder_track'>): Standing {
  const [value, low, high] = [track.value ?? undefined, track.low ?? undefined, track.high ?? undefined]
  const known = { value, low, high }
  if (track.word) return { ...known, word: track.word, told: false }
  const figures = value ?? (low === undefined || high === undefined ? undefined : `${low}–${high}`)
  if (figures === undefined) return { ...known, word: undefined, told: false }
  const rung = track.id === game.ladder_track && value !== undefined ? game.ladder[value] : undefined
  const after = rung ? plain(rung) : track.unit ? counted(track.unit, value) : ''
  return { ...known, word: after ? `${figures} ${after}` : String(figures), told: true }
}

/** A unit beside its figure. Scenarios name it in the plural; of the languages that we speak, English alone has another form for one. */
function counted(unit: Texts, value: number | undefined): string {
  const { words, language } = say(unit)
  return language === 'en' && value === 1 ? words.replace(/s$/, '') : words
}

/** The track that counts the rungs of the ladder, if the scenario has one that these eyes see. */
export function ladderTrack({ game, tracks }: Pick<View, 'game' | 'tracks'>): TrackSeen | undefined {
  return tracks.find(({ id }) => id === game.ladder_track)
}
