// SPDX-License-Identifier: Apache-2.0
// Where: circles as large as the number of events, and the same as a table.
import { address, get, List, Place } from './api';
import { count, exports, h } from './dom';
import { facetsOf, filterForm, filtersOf } from './filters';
import { View } from './main';
import { country } from './words';
import type { Located } from './world';

const drawing: string = '/assets/world.js'; // a file of its own: build.mjs

export const mapView: View = async ({ params, go }) => {
  const query = filtersOf(params);
  const answers = Promise.all([get<List<Place>>('/api/places', { ...query, limit: 500 }), get<unknown>('/assets/world.json'), import(drawing) as Promise<typeof import('./world')>]);
  const facets = facetsOf(query, answers);
  const [list, topology, { draw }] = await answers;
  const places = list.items.filter((one): one is Place & Located => one.lat !== null && one.lon !== null).map((one) => ({ ...one, where: country(one.country) }));
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
