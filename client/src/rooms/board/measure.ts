/** The screen that the board is drawn for: at other sizes it is the same picture, larger or smaller. */
const drawn = { width: 1920, height: 1080, text: 16 }
/** On less than this, in pixels, it is a page to scroll. */
const smallest = 1000

/** How large a rem must be for the board to fill a screen; undefined where it is read like any page. */
export function rem(width: number, height: number): number | undefined {
  if (width < smallest || width < height) return undefined
  return drawn.text * Math.min(width / drawn.width, height / drawn.height)
}
