import type { Capital, ComposeInject, Confidence, Method, View } from '../../protocol'
import { plain, say, type Language } from '../../words/words.svelte'

/** How an inject can be brought, in the order of the buttons. */
export const methods: readonly Method[] = ['news', 'cable', 'intelligence', 'situation', 'phone', 'flash']

/** An inject being written. */
export interface Draft {
  readonly method: Method
  /** "all", or capitals and seats. */
  readonly to: readonly string[]
  /** A voice of the scenario, or empty for a free sender. */
  readonly voice: string
  readonly sender: string
  readonly title: string
  readonly text: string
  readonly language: string
  readonly confidence: Confidence
}

/** An empty draft. */
export function blank(language: Language): Draft {
  return { method: 'news', to: ['all'], voice: 'media', sender: '', title: '', text: '', language, confidence: 'moderate' }
}

/** The voice that usually brings such news; a person may choose another. */
export function usualVoice(method: Method, voices: View['game']['voices']): string {
  const usual: Partial<Record<Method, string>> = { news: 'media' }
  const voice = usual[method] ?? ''
  return voice in voices ? voice : ''
}

/** Who the draft says it is from, in its own language. */
export function senderOf(draft: Draft, voices: View['game']['voices']): string {
  const name = voices[draft.voice]
  if (name === undefined) return draft.sender.trim()
  return name[draft.language] ?? plain(name)
}

/** What is still missing before it can be sent. */
export function missing(draft: Draft, voices: View['game']['voices']): ('to' | 'sender' | 'title' | 'text')[] {
  const gaps: ('to' | 'sender' | 'title' | 'text')[] = []
  if (draft.to.length === 0) gaps.push('to')
  if (senderOf(draft, voices) === '') gaps.push('sender')
  if (draft.title.trim() === '') gaps.push('title')
  if (draft.text.trim() === '') gaps.push('text')
  return gaps
}

/** The command that sends it. */
export function composed(draft: Draft, voices: View['game']['voices']): ComposeInject {
  return {
    type: 'ComposeInject',
    to: draft.to,
    sender: senderOf(draft, voices),
    method: draft.method,
    title: draft.title.trim(),
    text: draft.text.trim(),
    language: draft.language,
    confidence: draft.method === 'intelligence' ? draft.confidence : null,
  }
}

/** A capital put among those addressed, or taken out; three capitals are not "all", which is public. */
export function toggled(to: readonly string[], who: Capital | 'all' | string): string[] {
  if (who === 'all') return ['all']
  const named = to.filter((each) => each !== 'all')
  if (named.includes(who)) return named.filter((each) => each !== who)
  const team = who.split('.', 1)[0]
  // A capital includes its seats, and a seat means that seat and not the whole capital.
  return [...named.filter((each) => each !== team && !each.startsWith(`${who}.`)), who]
}

/** A text in the draft's language for a scenario's name. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string): string {
  return texts[language] ?? say(texts).words
}
