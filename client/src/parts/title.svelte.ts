/** What the browser's tab says, where a room says more than the name of the page. */
class Title {
  text = $state<string>()
}

export const title = new Title()

/** Names the tab for as long as the room is open: how much is new, and what it is. */
export function entitle(name: () => string | undefined, fresh: () => number): void {
  $effect(() => {
    const [said, n] = [name(), fresh()]
    title.text = said && n > 0 ? `(${n}) ${said}` : said
  })
  $effect(() => () => {
    title.text = undefined
  })
}
