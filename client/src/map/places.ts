import type { Texts } from '../words/words.svelte'

/** A position: longitude and latitude in degrees. */
export type Position = readonly [lon: number, lat: number]

/** A point with a name. The kinds that have a sign of their own: capital, city, base, site, sea, islet. */
export interface Place {
  readonly id: string
  readonly name: Texts
  readonly lon: number
  readonly lat: number
  readonly kind: string
}

/** Something that a capital has or knows of, at a place or a position. */
export interface Asset {
  readonly id: string
  readonly team: string
  readonly kind: string
  readonly name: Texts
  readonly at: string | Position
  readonly note?: Texts
}

/** An area: exclusion, impact, patrol. */
export interface Zone {
  readonly id: string
  readonly name: Texts
  readonly polygon: readonly Position[]
}

/** The path of a missile, between places or positions. */
export interface Arc {
  readonly id: string
  readonly from: string | Position
  readonly to: string | Position
  readonly name?: Texts
}

function named(id: string, kind: string, lon: number, lat: number, en: string, ja: string, ko: string): Place {
  return { id, kind, lon, lat, name: { en, ja, ko } }
}

/** The lands and waters, named in the reader's language. */
export const geography: readonly Place[] = [
  named('japan', 'land', 137.9, 36.3, 'Japan', '日本', '일본'),
  named('rok', 'land', 128.3, 36.3, 'South Korea', '韓国', '한국'),
  named('dprk', 'land', 126.6, 40.25, 'North Korea', '北朝鮮', '북한'),
  named('china', 'land', 124.2, 43.4, 'China', '中国', '중국'),
  named('russia', 'land', 134.8, 45.4, 'Russia', 'ロシア', '러시아'),
  named('sea-of-japan-east-sea', 'water', 134.4, 40.1, 'Sea of Japan / East Sea', '日本海 / 東海', '동해 / 일본해'),
  named('yellow-sea', 'water', 123.4, 35.6, 'Yellow Sea', '黄海', '황해'),
  named('east-china-sea', 'water', 126.2, 31.3, 'East China Sea', '東シナ海', '동중국해'),
  named('pacific', 'water', 143.6, 34.2, 'Pacific Ocean', '太平洋', '태평양'),
]

/** The places of the theatre; a scenario's place of the same id takes a place's stead. */
export const theatre: readonly Place[] = [
  named('washington', 'capital', -77.04, 38.9, 'Washington', 'ワシントン', '워싱턴'),
  named('tokyo', 'capital', 139.75, 35.68, 'Tokyo', '東京', '도쿄'),
  named('seoul', 'capital', 126.98, 37.57, 'Seoul', 'ソウル', '서울'),
  named('pyongyang', 'capital', 125.75, 39.03, 'Pyongyang', '平壌', '평양'),
  named('beijing', 'capital', 116.4, 39.9, 'Beijing', '北京', '베이징'),
  named('busan', 'city', 129.08, 35.1, 'Busan', '釜山', '부산'),
  named('niigata', 'city', 139.04, 37.92, 'Niigata', '新潟', '니가타'),
  named('sasebo', 'base', 129.72, 33.16, 'Sasebo', '佐世保', '사세보'),
  named('yokosuka', 'base', 139.66, 35.29, 'Yokosuka', '横須賀', '요코스카'),
  named('iruma', 'base', 139.41, 35.84, 'Iruma', '入間', '이루마'),
  named('misawa', 'base', 141.37, 40.7, 'Misawa', '三沢', '미사와'),
  named('musudan_ri', 'site', 129.67, 40.86, 'Musudan-ri', '舞水端里', '무수단리'),
  named('kittaeryong', 'site', 127.62, 38.99, 'Kittaeryong', '旗対嶺', '깃대령'),
  named('islets', 'islet', 131.87, 37.24, 'Dokdo/Takeshima', '竹島/独島', '독도/다케시마'),
]

/** The theatre's places and a scenario's, the scenario's first. */
export function together(scenario: readonly Place[]): Place[] {
  const own = new Set(scenario.map((place) => place.id))
  return [...scenario, ...theatre.filter((place) => !own.has(place.id))]
}
