// SPDX-License-Identifier: Apache-2.0
// Where: circles as large as the number of events, and the same as a table.
import { geoNaturalEarth1, geoPath, GeoProjection } from 'd3-geo';
import { scaleSqrt } from 'd3-scale';
import { feature, mesh } from 'topojson-client';
import type { FeatureCollection } from 'geojson';
import { address, get, List, Place } from './api';
import { count, exports, h, s } from './dom';
import { facetsOf, filterForm, filtersOf, moment } from './filters';
import { View } from './main';
import { country } from './words';

const WIDTH = 860, HEIGHT = 440;
type Located = Place & { lat: number; lon: number };

// The whole world, or as near as the places allow (never nearer than a small country).
function projection(places: Located[], near: boolean): GeoProjection {
  const all = geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: 'Sphere' });
  if (!near || !places.length) return all;
  const points: FeatureCollection = { type: 'FeatureCollection', features: places.flatMap((one) => [-4, 4].map((by) => ({ type: 'Feature', properties: {},
    geometry: { type: 'Point', coordinates: [one.lon + by, Math.max(-85, Math.min(85, one.lat + by))] } }))) };
  return geoNaturalEarth1().fitExtent([[50, 50], [WIDTH - 50, HEIGHT - 50]], points);
}

function draw(topology: never, places: Located[], near: boolean): SVGSVGElement {
  const flat = projection(places, near), path = geoPath(flat), objects = (topology as { objects: Record<string, never> }).objects;
  const radius = scaleSqrt().domain([0, Math.max(1, ...places.map((one) => one.events))]).range([2, 20]);
  const land = path(feature(topology, objects.land)) ?? '', borders = path(mesh(topology, objects.countries, (a: unknown, b: unknown) => a !== b)) ?? '';
  // The most told first; a name that would lie on another is left to the table.
  const taken: [x: number, y: number, width: number][] = [];
  const room = (x: number, y: number, width: number) => !taken.some((one) => Math.abs(one[1] - y) < 12 && x < one[0] + one[2] && one[0] < x + width) && taken.push([x, y, width]) < 40;
  return s('svg', { class: 'world', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `Map of ${count(places.length, 'place')}; the table holds the same` },
    s('path', { class: 'land', d: land }), s('path', { class: 'border', d: borders }),
    [...places].sort((a, b) => b.events - a.events).map((one) => {
      const at = flat([one.lon, one.lat]);
      if (!at) return null;
      return s('g', { class: 'place', transform: `translate(${at[0]},${at[1]})` },
        s('circle', { r: radius(one.events) }, s('title', {}, `${one.name}, ${country(one.country)}: ${count(one.events, 'event')}`)),
        room(at[0] + radius(one.events), at[1], one.name.length * 6.5) && s('text', { x: radius(one.events) + 3, y: 4 }, one.name));
    }));
}

export const mapView: View = async ({ params, go }) => {
  const query = filtersOf(params);
  const answers = Promise.all([get<List<Place>>('/api/places', { ...query, limit: 500 }), get<unknown>('/assets/world.json')]);
  const facets = facetsOf(query, answers);
  const [list, topology] = await answers;
  await moment(facets);
  const places = list.items.filter((one): one is Located => one.lat !== null && one.lon !== null);
  const near = params.get('near') === '1';
  return {
    title: 'Map', said: count(list.total, 'place'),
    body: [
      h('h1', { tabindex: -1 }, 'Where'),
      h('p', { class: 'small' }, 'Places of events as reports name them. Size is the number of events told, which is also a matter of which pages were read.'),
      filterForm('/map', query, facets, go),
      h('div', { class: 'map-view' },
        h('figure', {}, draw(topology as never, places, near), h('figcaption', { class: 'small' },
          h('a', { href: address('/map', { ...query, near: near ? '' : 1 }) }, near ? 'Show the whole world' : 'Show these places near'),
          ' · Outlines: Natural Earth, 1:110 million; borders take no side.')),
        h('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Places' }, h('table', {}, h('caption', {}, count(list.total, 'place')),
          h('thead', {}, h('tr', {}, ['Place', 'Country', 'Events', 'Cooperation', 'Conflict'].map((words) => h('th', { scope: 'col' }, words)))),
          h('tbody', {}, list.items.map((one) => h('tr', {}, h('th', { scope: 'row' }, one.name),
            h('td', {}, one.country && h('a', { href: address('/', { ...query, country: one.country }) }, country(one.country))), [one.events, one.cooperation, one.conflict].map((n) => h('td', { class: 'n' }, n)))))))),
      exports([['Places CSV', address('/api/places', { ...query, limit: 500, format: 'csv' })], ['Places JSON', address('/api/places', { ...query, limit: 500 })]]),
    ],
  };
};
