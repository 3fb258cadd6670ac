/** Puts words on the clipboard, also on plain HTTP, where browsers keep the clipboard from pages. */
export async function copy(words: string): Promise<boolean> {
  try {
    if (window.isSecureContext) {
      await navigator.clipboard.writeText(words)
      return true
    }
  } catch {
    // Denied: the old way may still be allowed.
  }
  const field = document.createElement('textarea')
  field.value = words
  field.setAttribute('readonly', '')
  field.style.position = 'fixed'
  field.style.opacity = '0'
  // Inside an open dialog the rest of the page cannot take the focus.
  const home = document.querySelector('dialog[open]') ?? document.body
  home.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  return done
}
