// SPDX-License-Identifier: Apache-2.0
// What a list is narrowed by: a form whose state is the address of the view.
import { Facet, Facets, Query } from './api';
import { h } from './dom';
import { country, does } from './words';

export const filterNames = ['q', 'since', 'until', 'actor', 'country', 'type', 'outlet'] as const;
export type FilterName = (typeof filterNames)[number];

export function filtersOf(params: URLSearchParams): Query {
  const query: Query = {};
  for (const name of filterNames) if (params.get(name)) query[name] = params.get(name);
  return query;
}

function choice(name: FilterName, words: string, facets: Facet[], query: Query, label: (facet: Facet) => string): HTMLElement {
  const chosen = query[name] ?? '';
  const known = facets.some((facet) => facet.value === chosen) || !chosen ? facets : [{ value: String(chosen), count: 0 }, ...facets];
  return h('label', {}, words, h('select', { name }, h('option', { value: '' }, 'any'),
    known.map((facet) => h('option', { value: facet.value, selected: facet.value === chosen }, `${label(facet)}${facet.count ? ` (${facet.count})` : ''}`))));
}

// `go` is told the new address; a form that is sent without script does nothing, for form-action is none.
export function filterForm(path: string, query: Query, facets: Facets, go: (address: string) => void): HTMLElement {
  const field = (name: FilterName, words: string, type: string) => h('label', {}, words, h('input', { name, type, value: query[name] ?? '', autocomplete: 'off' }));
  const form = h('form', { class: 'filters', role: 'search', 'aria-label': 'Narrow the list' },
    field('q', 'Words', 'search'), field('since', 'From day', 'date'), field('until', 'To day', 'date'),
    choice('actor', 'Actor', facets.actors, query, (facet) => country(facet.label ?? facet.value)),
    choice('country', 'Where', facets.countries, query, (facet) => country(facet.value)),
    choice('type', 'Act', facets.types, query, (facet) => `${facet.value} – ${does(facet.value)}`),
    choice('outlet', 'Outlet', facets.outlets, query, (facet) => (facet.label && facet.label !== facet.value ? `${facet.label} – ${facet.value}` : facet.value)),
    h('span', { class: 'buttons' }, h('button', { type: 'submit' }, 'Show'), Object.keys(query).length > 0 && h('a', { href: path }, 'Clear')));
  const send = () => {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) params.set(name, String(value));
    go(params.toString() ? `${path}?${params}` : path);
  };
  form.addEventListener('submit', (event) => { event.preventDefault(); send(); });
  return form;
}
