import type en from '../en/seat'
import type { Translation } from '../words.svelte'

/** Words of a capital's room. */
export default {
  'seat.title': '좌석',
} satisfies Translation<typeof en>
