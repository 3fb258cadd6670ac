/** A stretch of a text: in both versions, only in the old one, or only in the new one. */
export interface Stretch {
  readonly kind: 'same' | 'out' | 'in'
  readonly text: string
}

/** What was changed between two versions of a text, word by word. */
export function compare(before: string, after: string, language?: string): Stretch[] {
  const [old, now] = [words(before, language), words(after, language)]
  const common = shared(old, now)
  const stretches: { kind: Stretch['kind']; text: string }[] = []
  const add = (kind: Stretch['kind'], text: string) => {
    const last = stretches.at(-1)
    if (last?.kind === kind) last.text += text
    else stretches.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add('same', now[j++] ?? '')
      i++
    } else if (i < old.length && (j >= now.length || longest(common, i + 1, j) >= longest(common, i, j + 1)))
      add('out', old[i++] ?? '')
    else add('in', now[j++] ?? '')
  }
  return stretches
}

function words(text: string, language?: string): string[] {
  return [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)
}

/** For every pair of places, the length of the longest run of words that both texts have after them. */
function shared(old: readonly string[], now: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = table[i]
      if (row)
        row[j] = old[i] === now[j] ? longest(table, i + 1, j + 1) + 1 : Math.max(longest(table, i + 1, j), longest(table, i, j + 1))
    }
  return table
}

function longest(table: readonly Uint16Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0
}
