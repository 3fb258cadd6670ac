/** Words of the review and of the board. */
export default {
  'review.title': 'Review',
  'board.title': 'Board',
} as const
