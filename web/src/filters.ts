// SPDX-License-Identifier: Apache-2.0
// What a list is narrowed by: a form whose state is the address of the view.
import { Facet, Facets, get, Query } from './api';
import { h, whole } from './dom';
import { country, does } from './words';

export const filterNames = ['q', 'since', 'until', 'actor', 'country', 'type', 'outlet'] as const;
export type FilterName = (typeof filterNames)[number];

export function filtersOf(params: URLSearchParams): Query {
  const query: Query = {};
  for (const name of filterNames) if (params.get(name)) query[name] = params.get(name);
  return query;
}

// A choice has what is chosen at once, and all there is to choose as soon as it is counted.
function choice(name: FilterName, words: string, facets: Promise<Facet[]>, query: Query, label: (facet: Facet) => string): HTMLElement {
  const select = h('select', { name });
  const fill = (all: Facet[], chosen: string) => {
    const known = all.some((facet) => facet.value === chosen) || !chosen ? all : [{ value: chosen, count: 0 }, ...all];
    select.replaceChildren(h('option', { value: '' }, 'any'),
      ...known.map((facet) => h('option', { value: facet.value, selected: facet.value === chosen }, `${label(facet)}${facet.count ? ` (${whole(facet.count)})` : ''}`)));
  };
  fill([], String(query[name] ?? ''));
  facets.then((all) => setTimeout(() => fill(all, select.value)), () => {}); // hundreds of lines that nobody sees yet: after the view
  return h('label', {}, words, select);
}

// Those of the whole record are ready on the server; those under a filter are counted when the lists, which are waited for, are there and shown.
const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
export const facetsOf = (query: Query, lists: Promise<unknown>): Promise<Facets> =>
  Object.keys(query).length === 0 ? get<Facets>('/api/facets') : lists.then(() => after(80)).then(() => get<Facets>('/api/facets', query));

// The list does not wait for what there is to choose from, which is counted over the whole record; it waits a moment, so that what
// comes quickly moves nothing.
const MOMENT = 20;
export const moment = (promise: Promise<unknown>): Promise<unknown> => Promise.race([promise.catch(() => null), new Promise((resolve) => setTimeout(resolve, MOMENT))]);

// `go` is told the new address; a form that is sent without script does nothing, for form-action is none.
export function filterForm(path: string, query: Query, counted: Promise<Facets>, go: (address: string) => void): HTMLElement {
  const field = (name: FilterName, words: string, type: string) => h('label', {}, words, h('input', { name, type, value: query[name] ?? '', autocomplete: 'off' }));
  const part = <K extends 'actors' | 'countries' | 'types' | 'outlets'>(name: K): Promise<Facet[]> => counted.then((facets) => facets[name]);
  const late = h('p', { class: 'small', role: 'status' });
  counted.catch((error) => { late.textContent = `What there is to choose from could not be counted: ${String((error as Error).message)}. Fewer days make it quicker.`; });
  const form = h('form', { class: 'filters', role: 'search', 'aria-label': 'Narrow the list' },
    field('q', 'Words', 'search'), field('since', 'From day', 'date'), field('until', 'To day', 'date'),
    choice('actor', 'Actor', part('actors'), query, (facet) => country(facet.label ?? facet.value)),
    choice('country', 'Where', part('countries'), query, (facet) => country(facet.value)),
    choice('type', 'Act', part('types'), query, (facet) => `${facet.value} – ${does(facet.value)}`),
    choice('outlet', 'Outlet', part('outlets'), query, (facet) => (facet.label && facet.label !== facet.value ? `${facet.label} – ${facet.value}` : facet.value)),
    h('span', { class: 'buttons' }, h('button', { type: 'submit' }, 'Show'), Object.keys(query).length > 0 && h('a', { href: path }, 'Clear')), late);
  const send = () => {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) params.set(name, String(value));
    go(params.toString() ? `${path}?${params}` : path);
  };
  form.addEventListener('submit', (event) => { event.preventDefault(); send(); });
  return form;
}
