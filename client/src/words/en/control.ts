/** Words of the control room. */
export default {
  'control.title': 'Control room',
} as const
