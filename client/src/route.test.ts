import { expect, test } from 'vitest'
import { address, route } from './route.svelte'

test.each([
  ['/', '', { room: 'house' }],
  ['/', '#abc-DEF_1', { room: 'join', secret: 'abc-DEF_1' }],
  ['/play/g1/tokyo.leader', '', { room: 'play', game: 'g1', seat: 'tokyo.leader' }],
  ['/play/g%201/tokyo.leader/', '', { room: 'play', game: 'g 1', seat: 'tokyo.leader' }],
  ['/review/g1', '', { room: 'review', game: 'g1' }],
  ['/board/g1', '', { room: 'board', game: 'g1' }],
  ['/play/g1', '', { room: 'nowhere' }],
  ['/play', '', { room: 'nowhere' }],
  ['/review/g1/x', '', { room: 'nowhere' }],
  ['/play/a/b/c', '', { room: 'nowhere' }],
  ['/%zz', '', { room: 'nowhere' }],
])('%s%s', (pathname, hash, expected) => {
  expect(route({ pathname, hash })).toEqual(expected)
})

test('a line of a game, and rooms side by side', () => {
  expect(route({ pathname: '/review/g1', hash: '', search: '?line=l2' })).toEqual({ room: 'review', game: 'g1', line: 'l2' })
  expect(route({ pathname: '/compare', hash: '', search: '?of=g1' })).toEqual({ room: 'compare', search: '?of=g1' })
  expect(route({ pathname: '/rooms/x', hash: '' })).toEqual({ room: 'nowhere' })
})

test('an address leads back to where it came from', () => {
  const play = { room: 'play', game: 'a/b', seat: 'seoul.defence' } as const
  expect(route({ pathname: address(play), hash: '' })).toEqual(play)
})
