/** Words of the lobby and of joining. */
export default {
  'join.title': 'Taking your seat',
  'join.busy': 'Checking the link…',
  'join.refused': 'This link does not open a seat.',
  'join.ask': 'Ask the facilitator for a new link.',
  'lobby.title': 'Seminars',
} as const
