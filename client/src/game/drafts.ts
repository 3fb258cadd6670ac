/** What was begun to write in a place, kept in this tab so that a reload does not cost it. */
export function kept(place: string): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(key(place)) ?? '{}') as Record<string, string>
  } catch {
    return {}
  }
}

/** Keeps what is being written; nothing is kept of what is empty. */
export function keep(place: string, drafts: Readonly<Record<string, string>>): void {
  const written = Object.fromEntries(Object.entries(drafts).filter(([, words]) => words.trim() !== ''))
  if (Object.keys(written).length > 0) sessionStorage.setItem(key(place), JSON.stringify(written))
  else sessionStorage.removeItem(key(place))
}

function key(place: string): string {
  return `drafts:${place}`
}
