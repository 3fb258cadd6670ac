import type en from '../en/board'
import type { Translation } from '../words.svelte'

/** Words of the board. */
export default {
  'board.title': '表示盤',
  'board.turnof': '第{n}ターン／全{total}',
  'board.world': '世界の日時',
  'board.clock': 'ターンの残り',
  'board.lobby': 'まもなく演習を始めます',
  'board.paused': '一時停止',
  'board.over': '時間です',
  'board.adjudication': '結果を裁定しています',
  'board.readout': '結果を発表しています',
  'board.ended': '演習は終了しました',
  'board.stop': '演習中止。実際の緊急事態です。',
  'board.ladder': 'エスカレーション',
  'board.before': 'このターンの前',
  'board.public': '公に知られていること',
  'board.public.none': 'まだ公表されたものはありません。',
  'board.tracks': '現状',
  'board.away': '接続が切れました。最後の状況を表示しています。',
  'board.none': 'このブラウザーには表示盤を開く権限がありません。統裁室から開いてください。',
} satisfies Translation<typeof en>
