/** Words of a capital's room. */
export default {
  'seat.title': 'Seat',
} as const
