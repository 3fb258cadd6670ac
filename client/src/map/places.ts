import type { Texts } from '../words/words.svelte'

/** A position: longitude and latitude in degrees. */
export type Position = readonly [lon: number, lat: number]

/** How much a place matters when there is room for few names. */
export type PlaceKind = 'capital' | 'city' | 'base' | 'site' | 'islet' | 'sea' | 'land'

/** Something that stays where it is and has a name. */
export interface Place {
  readonly id: string
  readonly name: Texts
  readonly lon: number
  readonly lat: number
  readonly kind: PlaceKind
}

function place(id: string, kind: PlaceKind, lon: number, lat: number, en: string, ja: string, ko: string): Place {
  return { id, kind, lon, lat, name: { en, ja, ko } }
}

/** The places of the theatre. A room may add the scenario's own. */
export const theatre: readonly Place[] = [
  place('washington', 'capital', -77.04, 38.9, 'Washington', 'ワシントン', '워싱턴'),
  place('tokyo', 'capital', 139.69, 35.69, 'Tokyo', '東京', '도쿄'),
  place('seoul', 'capital', 126.98, 37.57, 'Seoul', 'ソウル', '서울'),
  place('pyongyang', 'capital', 125.75, 39.03, 'Pyongyang', '平壌', '평양'),
  place('beijing', 'capital', 116.4, 39.9, 'Beijing', '北京', '베이징'),
  place('busan', 'city', 129.04, 35.18, 'Busan', '釜山', '부산'),
  place('niigata', 'city', 139.04, 37.92, 'Niigata', '新潟', '니가타'),
  place('sasebo', 'base', 129.72, 33.16, 'Sasebo', '佐世保', '사세보'),
  place('yokosuka', 'base', 139.67, 35.28, 'Yokosuka', '横須賀', '요코스카'),
  place('iruma', 'base', 139.41, 35.84, 'Iruma', '入間', '이루마'),
  place('misawa', 'base', 141.37, 40.7, 'Misawa', '三沢', '미사와'),
  place('musudan', 'site', 129.67, 40.86, 'Musudan-ri', '舞水端里', '무수단리'),
  place('kittaeryong', 'site', 127.62, 38.99, 'Kittaeryong', '旗対嶺', '깃대령'),
  place('dokdo', 'islet', 131.87, 37.24, 'Dokdo/Takeshima', '竹島/独島', '독도/다케시마'),
  place('east-sea', 'sea', 134.6, 39.9, 'Sea of Japan / East Sea', '日本海 / 東海', '동해 / 일본해'),
  place('yellow-sea', 'sea', 123.4, 36.0, 'Yellow Sea', '黄海', '황해'),
  place('east-china-sea', 'sea', 125.6, 30.4, 'East China Sea', '東シナ海', '동중국해'),
  place('pacific', 'sea', 145.0, 33.6, 'Pacific Ocean', '太平洋', '태평양'),
  place('japan', 'land', 137.2, 36.2, 'Japan', '日本', '일본'),
  place('rok', 'land', 128.1, 36.4, 'South Korea', '韓国', '한국'),
  place('dprk', 'land', 126.7, 40.2, 'North Korea', '北朝鮮', '북한'),
  place('china', 'land', 123.6, 43.6, 'China', '中国', '중국'),
  place('russia', 'land', 134.6, 45.8, 'Russia', 'ロシア', '러시아'),
]
