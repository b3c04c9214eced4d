// SPDX-License-Identifier: Apache-2.0
// The drawing of the map: a file of its own (build.mjs), which the other views do not wait for.
import { geoNaturalEarth1, geoPath, GeoProjection } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { FeatureCollection } from 'geojson';
import { count, s } from './dom';

const WIDTH = 860, HEIGHT = 440;
export type Located = { name: string; where: string; events: number; lat: number; lon: number };

// The whole world, or as near as the places allow (never nearer than a small country).
function projection(places: Located[], near: boolean): GeoProjection {
  const all = geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: 'Sphere' });
  if (!near || !places.length) return all;
  const points: FeatureCollection = { type: 'FeatureCollection', features: places.flatMap((one) => [-4, 4].map((by) => ({ type: 'Feature', properties: {},
    geometry: { type: 'Point', coordinates: [one.lon + by, Math.max(-85, Math.min(85, one.lat + by))] } }))) };
  return geoNaturalEarth1().fitExtent([[50, 50], [WIDTH - 50, HEIGHT - 50]], points);
}

export function draw(topology: never, places: Located[], near: boolean): SVGSVGElement {
  const flat = projection(places, near), path = geoPath(flat), objects = (topology as { objects: Record<string, never> }).objects;
  const most = Math.max(1, ...places.map((one) => one.events)), radius = (events: number) => 2 + 18 * Math.sqrt(events / most);
  const land = path(feature(topology, objects.land)) ?? '', borders = path(mesh(topology, objects.countries, (a: unknown, b: unknown) => a !== b)) ?? '';
  // The most told first, and names over all circles; a name that would lie on another is left to the table.
  const taken: [x: number, y: number, width: number][] = [];
  const room = (x: number, y: number, width: number) => !taken.some((one) => Math.abs(one[1] - y) < 12 && x < one[0] + one[2] && one[0] < x + width) && taken.push([x, y, width]) < 40;
  const drawn = [...places].sort((a, b) => b.events - a.events).flatMap((one) => { const at = flat([one.lon, one.lat]); return at ? [{ one, x: at[0], y: at[1] }] : []; });
  return s('svg', { class: 'world', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `Map of ${count(places.length, 'place')}; the table holds the same` },
    s('path', { class: 'land', d: land }), s('path', { class: 'border', d: borders }),
    drawn.map(({ one, x, y }) => s('circle', { class: 'place', cx: x, cy: y, r: radius(one.events) }, s('title', {}, `${one.name}, ${one.where}: ${count(one.events, 'event')}`))),
    drawn.map(({ one, x, y }) => room(x + radius(one.events), y, one.name.length * 6.5) && s('text', { class: 'place', x: x + radius(one.events) + 3, y: y + 4 }, one.name)));
}
