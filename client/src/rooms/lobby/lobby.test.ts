import { describe, expect, test } from 'vitest'
import type { LinkListed } from '../../protocol'
import { loopback, reachable } from './reach'
import { placesOf, roundly } from './seats'

describe('an address', () => {
  test('is this machine’s alone if it is a loopback address', () => {
    for (const url of ['http://127.0.0.1:8000/', 'http://localhost:8000', 'http://[::1]:80/#x']) expect(loopback(url)).toBe(true)
    for (const url of ['http://192.168.0.4:8000', 'https://seminar.example', 'nonsense']) expect(loopback(url)).toBe(false)
  })

  test('becomes reachable with a command that keeps its port', () => {
    expect(reachable('http://127.0.0.1:8123/x')).toBe('alliance serve --host 0.0.0.0 --port 8123 --public-url http://192.168.0.10:8123')
  })
})

describe('the seats of a game', () => {
  const roster = {
    seats: ['tokyo.leader', 'tokyo.foreign', 'seoul.leader', 'seoul.foreign'].map((seat) => ({
      seat,
      team: seat.split('.')[0] ?? '',
      name: { en: seat },
      person: seat === 'tokyo.leader' ? 'h1' : null,
    })),
    people: { h1: 'Sato' },
  }
  const link = (id: string, seat: string, some: Partial<LinkListed> = {}): LinkListed => ({
    id,
    seat,
    url: null,
    created_at: 0,
    revoked: false,
    used: false,
    person: null,
    ...some,
  })
  const told = (id: string, seat: string) => ({ id, seat, url: `http://x/#${id}`, qr: '' })

  const places = placesOf({
    roster,
    online: ['tokyo.leader'],
    links: [link('a', 'tokyo.leader', { used: true }), link('b', 'tokyo.foreign'), link('c', 'seoul.leader', { revoked: true })],
    told: { 'tokyo.leader': told('a', 'tokyo.leader'), 'tokyo.foreign': told('old', 'tokyo.foreign') },
  })

  test('stand by their links: used, waiting, or none that still works', () => {
    expect(places.map(({ standing }) => standing)).toEqual(['used', 'unused', 'none', 'none'])
  })

  test('are taken as soon as somebody sits there, before the list of links says so', () => {
    const [place] = placesOf({ roster, online: [], links: [link('a', 'tokyo.leader')], told: {} })
    expect(place?.standing).toBe('used')
  })

  test('show a link only while it is the one that works', () => {
    expect(places.map(({ link }) => link?.id)).toEqual(['a', undefined, undefined, undefined])
  })

  test('say who sits there now', () => {
    expect(places[0]).toMatchObject({ person: 'Sato', online: true })
    expect(places[1]).toMatchObject({ person: undefined, online: false })
  })
})

test('a length of time is told to the nearest ten minutes', () => {
  expect(roundly(218)).toEqual({ hours: 3, minutes: 40 })
  expect(roundly(178)).toEqual({ hours: 3, minutes: 0 })
})
