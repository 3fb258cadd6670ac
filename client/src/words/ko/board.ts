import type en from '../en/board'
import type { Translation } from '../words.svelte'

/** Words of the board. */
export default {
  'board.title': '상황판',
  'board.turnof': '{total}턴 중 {n}턴',
  'board.world': '상황 시각',
  'board.clock': '턴 남은 시간',
  'board.lobby': '곧 연습을 시작합니다',
  'board.paused': '일시 정지',
  'board.over': '시간 종료',
  'board.adjudication': '결과를 판정하고 있습니다',
  'board.readout': '결과를 발표하고 있습니다',
  'board.ended': '연습이 끝났습니다',
  'board.stop': '연습 중지. 실제 비상 상황입니다.',
  'board.ladder': '확전 단계',
  'board.before': '이번 턴 이전',
  'board.public': '공개된 사실',
  'board.public.none': '아직 공개된 것이 없습니다.',
  'board.tracks': '현재 상황',
  'board.away': '연결이 끊겼습니다. 마지막 상황을 표시합니다.',
  'board.none': '이 브라우저에는 상황판을 열 권한이 없습니다. 통제실에서 여십시오.',
} satisfies Translation<typeof en>
