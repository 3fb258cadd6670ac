import type en from '../en/review'
import type { Translation } from '../words.svelte'

/** Words of the review and of the board. */
export default {
  'review.title': '복기',
  'board.title': '상황판',
} satisfies Translation<typeof en>
