/** Light, dark, or as the system says. */
export type Theme = 'auto' | 'light' | 'dark'

export const themes: readonly Theme[] = ['auto', 'light', 'dark']

const kept = 'theme'

/** The look that the reader chose, remembered on this machine. */
class Look {
  theme = $state<Theme>('auto')

  /** Takes up what was chosen before. */
  restore(): void {
    const before = localStorage.getItem(kept)
    this.choose(themes.find((theme) => theme === before) ?? 'auto')
  }

  choose(theme: Theme): void {
    this.theme = theme
    if (theme === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
    localStorage.setItem(kept, theme)
  }
}

export const look = new Look()
