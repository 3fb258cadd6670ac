/** What a key does in the control room. */
export type KeyAct =
  | 'guide'
  | 'pause'
  | 'compose'
  | 'accept'
  | 'mark'
  | 'down'
  | 'up'
  | 'open'
  | 'release'
  | 'hold'
  | 'washington'
  | 'tokyo'
  | 'seoul'
  | 'public'
  | 'back'
  | 'help'

/** The keys, in the order in which they are explained. */
export const keys: readonly { readonly key: string; readonly shown: string; readonly act: KeyAct }[] = [
  { key: 'g', shown: 'g', act: 'guide' },
  { key: 'p', shown: 'p', act: 'pause' },
  { key: 'm', shown: 'm', act: 'mark' },
  { key: 'n', shown: 'n', act: 'compose' },
  { key: 'a', shown: 'a', act: 'accept' },
  { key: 'j', shown: 'j', act: 'down' },
  { key: 'k', shown: 'k', act: 'up' },
  { key: 'o', shown: 'o', act: 'open' },
  { key: 'r', shown: 'r', act: 'release' },
  { key: 'h', shown: 'h', act: 'hold' },
  { key: 'w', shown: 'w', act: 'washington' },
  { key: 't', shown: 't', act: 'tokyo' },
  { key: 's', shown: 's', act: 'seoul' },
  { key: 'u', shown: 'u', act: 'public' },
  { key: 'Escape', shown: 'Esc', act: 'back' },
  { key: '?', shown: '?', act: 'help' },
]

const kept = 'control:keys'

/** Whether single keys are switched on in this browser; they are unless somebody switched them off. */
export function keysOn(): boolean {
  return localStorage.getItem(kept) !== 'off'
}

/** Switches single keys on or off. */
export function switchKeys(on: boolean): void {
  if (on) localStorage.removeItem(kept)
  else localStorage.setItem(kept, 'off')
}

/** What a key press means; nothing while somebody types, a question is open, or with a modifier. */
export function meaning(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'target' | 'defaultPrevented'>): KeyAct | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return undefined
  const target = event.target instanceof Element ? event.target : undefined
  if (target?.closest('input, textarea, select, [contenteditable], dialog')) return undefined
  return keys.find(({ key }) => key === event.key)?.act
}
