import type en from '../en/lobby'
import type { Translation } from '../words.svelte'

/** Words of the lobby and of joining. */
export default {
  'join.title': '좌석 참가',
  'join.busy': '링크를 확인하고 있습니다…',
  'join.refused': '이 링크로는 좌석에 참가할 수 없습니다.',
  'join.ask': '통제관에게 새 링크를 요청하십시오.',
  'lobby.title': '연습 목록',
} satisfies Translation<typeof en>
