import type en from '../en/review'
import type { Translation } from '../words.svelte'

/** Words of the review and of the board. */
export default {
  'review.title': '検討',
  'board.title': '表示盤',
} satisfies Translation<typeof en>
