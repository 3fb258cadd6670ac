// Writes src/map/land.json: the land and borders of Northeast Asia, clipped and simplified.
// Run with `node tools/crop-map.mjs` after changing the box or the world-atlas version.
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { feature, quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import { filter, filterWeight, presimplify, simplify } from 'topojson-simplify'

// Wider than the 116-150E, 22-50N that a room shows, so that no panel shape reaches the cut.
const box = { west: 104, south: 16, east: 164, north: 58 }
const smallest = 4e-4 // square degrees: drops detail finer than about a pixel on a projector
const atlas = new URL('../node_modules/world-atlas/countries-10m.json', import.meta.url)
const out = new URL('../src/map/land.json', import.meta.url)

/** The part of a ring on one side of a line (Sutherland and Hodgman). */
function cut(ring, inside, cross) {
  return ring.flatMap((b, i) => {
    const a = ring.at(i - 1)
    if (inside(a) === inside(b)) return inside(b) ? [b] : []
    return inside(b) ? [cross(a, b), b] : [cross(a, b)]
  })
}

function at(axis, value) {
  return (a, b) => {
    const part = (value - a[axis]) / (b[axis] - a[axis])
    return axis === 0 ? [value, a[1] + part * (b[1] - a[1])] : [a[0] + part * (b[0] - a[0]), value]
  }
}

function clip(ring) {
  let rest = ring.slice(0, -1)
  rest = cut(rest, (p) => p[0] >= box.west, at(0, box.west))
  rest = cut(rest, (p) => p[0] <= box.east, at(0, box.east))
  rest = cut(rest, (p) => p[1] >= box.south, at(1, box.south))
  rest = cut(rest, (p) => p[1] <= box.north, at(1, box.north))
  return rest.length > 2 ? [...rest, rest[0]] : null
}

function clipped(country) {
  const { type, coordinates } = country.geometry
  const polygons = (type === 'Polygon' ? [coordinates] : coordinates)
    .map((rings) => rings.map(clip).filter(Boolean))
    .filter((rings) => rings.length > 0)
  const geometry = { type: 'MultiPolygon', coordinates: polygons }
  return polygons.length > 0 ? { type: 'Feature', id: country.id, properties: {}, geometry } : null
}

const world = JSON.parse(readFileSync(atlas, 'utf8'))
const features = feature(world, world.objects.countries).features.map(clipped).filter(Boolean)
const whole = presimplify(topology({ land: { type: 'FeatureCollection', features } }))
const kept = filter(simplify(whole, smallest), filterWeight(whole, smallest * 4))
const text = JSON.stringify(quantize(kept, 2e4))
writeFileSync(out, `${text}\n`)
console.log(`${features.length} countries, ${text.length} bytes, ${gzipSync(text).length} gzipped`)
