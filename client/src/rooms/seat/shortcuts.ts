/** Keys and what they do: two letters one after the other, or one sign. */
export const shortcuts = [
  ['g i', 'inbox'],
  ['g r', 'room'],
  ['g n', 'notes'],
  ['g c', 'control'],
  ['g b', 'brief'],
  ['g o', 'orders'],
  ['g j', 'table'],
  ['g e', 'results'],
  ['g m', 'map'],
  ['n', 'next'],
  ['/', 'search'],
  ['?', 'help'],
] as const

/** What a shortcut does. */
export type Does = (typeof shortcuts)[number][1]

/** Listens to keys outside of fields and dialogs; `g` waits a moment for its second letter. */
export function listen(does: (what: Does) => void, on: () => boolean): (event: KeyboardEvent) => void {
  let first = { key: '', at: 0 }
  return (event) => {
    if (!on() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return
    const keys = event.timeStamp - first.at < 1500 && first.key === 'g' ? `g ${event.key}` : event.key
    first = { key: event.key, at: event.timeStamp }
    const what = shortcuts.find(([each]) => each === keys)?.[1]
    if (what === undefined) return
    event.preventDefault()
    does(what)
  }
}

function writing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input:not([type=checkbox], [type=radio]), textarea, select, dialog') !== null
}
