/** What has a use of its own for arrows. */
const arrows = 'input, textarea, select, dialog, [contenteditable], [role="slider"], [role="tab"]'
/** What the space bar presses. */
const pressed = 'button, a, summary, [role="button"]'

/** Whether a key that was pressed somewhere on the page is the timeline's. */
export function mine(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false
  const { target } = event
  if (!(target instanceof Element)) return true
  return !target.closest(arrows) && !(event.key === ' ' && target.closest(pressed))
}
