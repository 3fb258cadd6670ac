import type en from './en'

/** A language that the interface speaks. */
export type Language = 'en' | 'ja' | 'ko'

export const languages: readonly Language[] = ['en', 'ja', 'ko']

/** Each language by its own name. */
export const names: Record<Language, string> = { en: 'English', ja: '日本語', ko: '한국어' }

type English = typeof en

/** The name of a phrase in the catalogue. */
export type Key = keyof English

/** The same phrases as the English ones, in another language. */
export type Translation<Phrases> = { readonly [K in keyof Phrases]: string }

type Name<Inside extends string> = Inside extends `${infer N},${string}` ? N : Inside
type Names<Phrase extends string> = Phrase extends `${string}{${infer Inside}}${infer Rest}`
  ? Name<Inside> | Names<Rest>
  : never

/** What has to be filled in: nothing, or one value a name in braces. */
export type Fill<K extends Key> = [Names<English[K]>] extends [never]
  ? []
  : [values: Record<Names<English[K]>, string | number>]

const catalogues: Record<Language, () => Promise<{ default: Record<Key, string> }>> = {
  en: () => import('./en'),
  ja: () => import('./ja'),
  ko: () => import('./ko'),
}

const fonts: Record<Language, () => Promise<unknown>> = {
  en: async () => undefined,
  ja: () => import('@fontsource-variable/noto-sans-jp/wght.css'),
  ko: () => import('@fontsource-variable/noto-sans-kr/wght.css'),
}

const kept = 'language'

/** The interface's words, in the language that the reader chose. */
class Words {
  language = $state<Language>('en')
  phrases = $state.raw<Partial<Record<Key, string>>>({})

  /** Speaks a language from now on, and remembers it on this machine. */
  async choose(language: Language, remember = true): Promise<void> {
    const [catalogue] = await Promise.all([catalogues[language](), fontsFor(language)])
    this.phrases = catalogue.default
    this.language = language
    document.documentElement.lang = language
    if (remember) localStorage.setItem(kept, language)
  }
}

export const words = new Words()

/** Fetches the letters of a language, for text that is not in the interface's own. */
export function fontsFor(language: string): Promise<unknown> {
  // A missing font is no reason to show nothing: the system's own will do.
  return isLanguage(language) ? fonts[language]().catch(() => undefined) : Promise.resolve()
}

/** The language that was chosen before, or the browser's first that we speak. */
export function preferred(): Language {
  const wished = [localStorage.getItem(kept), ...navigator.languages]
  const short = wished.map((tag) => tag?.slice(0, 2).toLowerCase() ?? '')
  return short.find(isLanguage) ?? 'en'
}

function isLanguage(tag: string): tag is Language {
  return (languages as readonly string[]).includes(tag)
}

/** A phrase of the interface, filled in. */
export function t<K extends Key>(key: K, ...[values]: Fill<K>): string {
  const phrase = words.phrases[key] ?? key
  return values === undefined ? phrase : fill(phrase, words.language, values)
}

const slot = /\{(\w+)(?:,\s*plural,\s*((?:\w+\[[^\]]*\]\s*)+))?\}/g

/** Words between quotation marks: their own outer marks go, and those within become single ones. */
const inside: Readonly<Record<string, { readonly close: string; say(words: string): string }>> = {
  '“': { close: '”', say: (words) => words.replace(/^[“"]([^“”"]*)[”"]$/, '$1').replaceAll('“', '‘').replaceAll('”', '’') },
  '「': { close: '」', say: (words) => words.replace(/^「([^「」]*)」$/, '$1').replaceAll('「', '『').replaceAll('」', '』') },
}

/** `{n}` becomes the value, `{n, plural, one[# order] other[# orders]}` the form for that number. */
export function fill(
  phrase: string,
  language: Language,
  values: Readonly<Record<string, string | number>>,
): string {
  const written = (value: string | number | undefined) =>
    typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : (value ?? '')
  return phrase.replace(slot, (whole, name: string, plural: string | undefined, place: number) => {
    const value = values[name]
    const before = phrase[place - 1] ?? ''
    const inner = inside[before]
    if (plural === undefined) return inner && phrase[place + whole.length] === inner.close ? inner.say(written(value)) : written(value)
    const forms = new Map(
      [...plural.matchAll(/(\w+)\[([^\]]*)\]/g)].map(([, form, text]) => [form, text]),
    )
    const form = new Intl.PluralRules(language).select(Number(value))
    return (forms.get(form) ?? forms.get('other') ?? '').replaceAll('#', written(value))
  })
}

/** A text of the scenario or of a person, in one or more languages; plain words have none named. */
export type Texts = string | Readonly<Record<string, string>>

/** The reader's own language if the text has it, else English, else whatever there is. */
export function say(texts: Texts | undefined): { words: string; language: string | undefined } {
  if (texts === undefined || typeof texts === 'string')
    return { words: texts ?? '', language: undefined }
  const order = [words.language, 'en', ...Object.keys(texts)]
  const language = order.find((each) => texts[each])
  return { words: language ? (texts[language] ?? '') : '', language }
}

/** The words of a text alone, for names in labels and titles. */
export function plain(texts: Texts | undefined): string {
  return say(texts).words
}
