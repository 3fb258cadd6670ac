import type en from '../en/control'
import type { Translation } from '../words.svelte'

/** Words of the control room. */
export default {
  'control.title': '통제실',
} satisfies Translation<typeof en>
