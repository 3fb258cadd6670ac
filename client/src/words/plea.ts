import { fill, languages, plain, words, type Language, type Texts } from './words.svelte'

/** Asks control for the right to decide. In every language at once: control may read another than the asker's. */
const pleas: Record<Language, string> = {
  en: 'Please let {seat} decide for us.',
  ja: '決定権を{seat}にお移しください。',
  ko: '{seat}에서 결정할 수 있도록 해 주십시오.',
}

/** The request that a seat be given the right to decide, in the reader's language. */
export function plea(seat: Texts): string {
  return fill(pleas[words.language], words.language, { seat: plain(seat) })
}

/** Whether a question is that request for this seat, whatever language it was asked in. */
export function isPlea(question: string, seat: Readonly<Record<string, string>>): boolean {
  const named = (language: Language) => seat[language] || seat['en'] || Object.values(seat).find(Boolean) || ''
  return languages.some((language) => question.trim() === fill(pleas[language], language, { seat: named(language) }))
}
