import type en from '../en/lobby'
import type { Translation } from '../words.svelte'

/** Words of the lobby and of joining. */
export default {
  'join.title': '着席',
  'join.busy': 'リンクを確認しています…',
  'join.refused': 'このリンクでは席に着けません。',
  'join.ask': '統裁官に新しいリンクを求めてください。',
  'lobby.title': '演習一覧',
} satisfies Translation<typeof en>
