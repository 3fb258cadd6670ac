const enough = 180

/** What a text says first: its first sentence, and those after it while there is room. */
export function gist(text: string, language?: string): string {
  const sentences = [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text.trim())]
  let said = ''
  for (const { segment } of sentences) {
    if (said && said.length + segment.length > enough) break
    said += segment.replace(/\s+/g, ' ')
  }
  return said.trim()
}
