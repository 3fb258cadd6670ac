import { geoArea, geoConicConformal, geoPath, type GeoProjection } from 'd3-geo'
import { merge, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import land from './land.json'
import type { Position } from './places'

const topology = land as unknown as Topology<{ land: GeometryCollection }>

/** All land as one shape: no country is set apart by a colour. */
const ground = merge(topology, topology.objects.land.geometries as Parameters<typeof merge>[1])
const borders = mesh(topology, topology.objects.land, (a, b) => a !== b)

/** What is always in view: from Seoul's sea to Honshu's east, from Kyushu to the Tumen. */
const core: readonly Position[] = [
  [124.3, 31.8],
  [142.6, 31.8],
  [123.4, 43.2],
  [143.4, 43.2],
]
/** The land ends here: nothing may draw the view beyond. */
const cut = { west: 112, south: 21, east: 156, north: 53 }

/** The projection that shows the core and whatever else must be seen, in a frame of this size. */
export function projection(width: number, height: number, also: readonly Position[]): GeoProjection {
  const near = also.filter(
    ([lon, lat]) => lon > cut.west && lon < cut.east && lat > cut.south && lat < cut.north,
  )
  const coordinates = [...core, ...near].map((position) => [...position])
  const margin = Math.max(8, Math.min(width, height) * 0.03)
  return geoConicConformal()
    .rotate([-134, 0])
    .parallels([30, 44])
    .fitExtent(
      [
        [margin, margin],
        [Math.max(margin + 1, width - margin), Math.max(margin + 1, height - margin)],
      ],
      { type: 'MultiPoint', coordinates },
    )
    .clipExtent([
      [-20, -20],
      [width + 20, height + 20],
    ])
}

/** The outlines to draw: the land, and the borders on it. */
export function outlines(by: GeoProjection): { ground: string; borders: string } {
  const draw = geoPath(by).digits(1)
  return { ground: draw(ground) ?? '', borders: draw(borders) ?? '' }
}

/** The outline of a zone, whichever way round its corners are listed. */
export function zone(by: GeoProjection, corners: readonly Position[]): string {
  const ring = [...corners, ...corners.slice(0, 1)].map((corner) => [...corner])
  const polygon = (coordinates: number[][]): GeoJSON.Polygon => ({ type: 'Polygon', coordinates: [coordinates] })
  // On a sphere a ring the wrong way round is all the world but the zone.
  const inside = geoArea(polygon(ring)) < Math.PI ? ring : ring.reverse()
  return geoPath(by).digits(1)(polygon(inside)) ?? ''
}

/** How many pixels a distance is in the middle of the view, and a round distance of a fitting length. */
export function scaleBar(by: GeoProjection, most: number): { km: number; width: number } {
  const [a, b] = [by([133.5, 37]), by([134.5, 37])]
  const degree = 111.32 * Math.cos((37 * Math.PI) / 180)
  const perKm = a && b ? Math.hypot(b[0] - a[0], b[1] - a[1]) / degree : 1
  const km = [500, 400, 300, 200, 100, 50].find((each) => each * perKm <= most) ?? 50
  return { km, width: km * perKm }
}
