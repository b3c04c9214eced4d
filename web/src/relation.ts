// SPDX-License-Identifier: Apache-2.0
// Two actors over time, or one: what happened, what was said, and where reports of it differ.
import { address, Comparison, EventRow, Facets, get, List, Relation, Statement, StoryPage, StoryReply, Value } from './api';
import { Child, count, exports, h, s } from './dom';
import { View } from './main';
import { about, badge, country, day, days, does, office, percent, says, sentence, states, who, whoAll } from './words';

type Entry = { from: string; kind: 'event' | 'statement' | 'about' | 'wording'; node: HTMLElement };
const STORIES = 20; // whose comparisons are asked for

function picker(counted: Promise<Facets>, a: string, b: string, go: (address: string) => void): HTMLElement {
  const field = (name: string, words: string, value: string, required: boolean) => h('label', {}, words, h('input', { name, value, list: 'actors', required, autocomplete: 'off' }));
  const actors = h('datalist', { id: 'actors' });
  counted.then((facets) => setTimeout(() => actors.replaceChildren(...facets.actors.map((one) => h('option', { value: one.value }, country(one.label ?? one.value))))), () => {});
  const form = h('form', { class: 'filters', 'aria-label': 'Choose actors' }, field('a', 'Actor', a, true), field('b', 'and (may be left empty)', b, false),
    actors,
    h('span', { class: 'buttons' }, h('button', { type: 'submit' }, 'Show')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form), of = (name: string) => encodeURIComponent(String(data.get(name) ?? '').trim());
    if (of('a')) go(`/relation/${of('a')}${of('b') ? `/${of('b')}` : ''}`);
  });
  return form;
}

// Cooperation up, conflict down, and below how many pages were read: a trend may be a change of sources.
function chart(months: Relation['months']): Child {
  if (!months.length) return null;
  const shown = months.slice(-48), few = shown.length <= 12, step = few ? 52 : 26, height = 166, middle = 62, width = Math.max(shown.length * step, step);
  const top = Math.max(1, ...shown.flatMap((one) => [one.cooperation, one.conflict])), pages = Math.max(1, ...shown.map((one) => one.coverage ?? one.pages));
  const bar = (kind: string, i: number, y: number, tall: number) => tall > 0 && s('rect', { class: kind, x: i * step + 4, y, width: step - 8, height: tall });
  return h('figure', { class: 'months' },
    h('div', { class: 'scroll-x', tabindex: 0, role: 'region', 'aria-label': 'Chart by month' },
      s('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' }, s('line', { class: 'rail', x1: 0, x2: width, y1: middle, y2: middle }), shown.map((one, i) => [
        bar('cooperation', i, middle - (50 * one.cooperation) / top, (50 * one.cooperation) / top), bar('conflict', i, middle, (50 * one.conflict) / top),
        bar('coverage', i, 148 - (26 * (one.coverage ?? one.pages)) / pages, (26 * (one.coverage ?? one.pages)) / pages),
        (few || i === 0 || one.month.endsWith('-01')) && s('text', { x: i * step + 4, y: 163 }, day(one.month))]))),
    h('details', { open: shown.length <= 12 }, h('summary', {}, 'As a table'), h('table', { class: 'dense' }, h('caption', {}, 'Events by month, and pages read'),
      h('thead', {}, h('tr', {}, ['Month', 'Cooperation', 'Conflict', 'Events', 'Pages read of the month'].map((words) => h('th', { scope: 'col' }, words)))),
      h('tbody', {}, shown.map((one) => h('tr', {}, h('th', { scope: 'row' }, day(one.month)),
        [one.cooperation, one.conflict, one.events, one.coverage ?? one.pages].map((n) => h('td', { class: 'n' }, n))))))),
    h('figcaption', { class: 'small' }, 'Above the line cooperation, below it (dashed) conflict, grey how many pages were read of the month. Both count what took place; what is planned, denied or only recalled is among the events alone.'));
}

const offices = (event: EventRow): string[] => [...new Set([...event.actors, ...event.recipients].filter((party) => party.office).map((party) => `${who(party)}: ${office(party.office)}`))];

function mostTold(events: EventRow[]): string[] {
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([type]) => type);
}

// The pairs of countries that most of these events have together.
function pairsOf(events: EventRow[]): [string, string][] {
  const counts = new Map<string, number>();
  for (const event of events) {
    const codes = [...new Set([...event.actors, ...event.recipients].map((party) => party.country).filter((code): code is string => !!code))].sort();
    codes.slice(0, 8).forEach((one, i) => codes.slice(i + 1, 8).forEach((other) => counts.set(`${one} ${other}`, (counts.get(`${one} ${other}`) ?? 0) + 1)));
  }
  return [...counts].sort((x, y) => y[1] - x[1]).slice(0, 10).map(([pair]) => pair.split(' ') as [string, string]);
}

function eventEntry(event: EventRow): HTMLElement {
  const words = event.told_in[0];
  return h('div', {}, h('p', {}, h('span', { class: `kind ${event.quad <= 2 ? 'cooperation' : 'conflict'}` }, event.quad <= 2 ? '▲ cooperation' : '▼ conflict'), ' ',
    h('strong', {}, sentence(event)), states(event).map((state) => [' ', h('span', { class: 'tag' }, state)])),
  words?.text && h('p', {}, h('a', { class: 'words', href: `/page/${words.page}#event.${words.ref}` }, words.text)),
  h('p', { class: 'small' }, h('code', {}, [event.type, event.mode].filter(Boolean).join(' ')), ` · ${count(event.outlets, 'outlet')}, ${count(event.origins, 'origin')} · ${percent(event.confidence)} · `,
    h('a', { href: `/story/${event.story}` }, 'story')),
  offices(event).length > 0 && h('p', { class: 'small' }, `In office that day: ${offices(event).join('; ')}`));
}

function statementEntry(one: Statement, kind = '“ statement'): HTMLElement {
  const held = one.speaker.length === 1 && one.speaker[0].office;
  return h('div', {}, h('p', {}, h('span', { class: 'kind' }, kind), ' ', h('strong', {}, whoAll(one.speaker) || 'Speaker not named'), held && ` (${office(held)})`, one.cue && ` ${one.cue}:`),
    h('blockquote', {}, h('a', { class: 'words', href: `/page/${one.page}#statement.${one.ref}` }, one.content ?? '(words not shown)')),
    h('p', { class: 'small' }, [one.kind, one.outlet, one.doubtful].filter(Boolean).join(' · '), ' · ', h('a', { href: `/story/${one.story}` }, 'story')));
}

function wordingEntry(id: string, one: Comparison): HTMLElement {
  return h('div', {}, h('p', {}, badge(one.verdict), ' ', h('strong', {}, about(one.about, one.kind))),
    h('ol', { class: 'positions' }, one.positions.map((position) => h('li', {}, says(position.says), h('span', { class: 'small' }, ` ${position.origins.map((name) => name.split('/').pop()).join(', ')}`)))),
    h('p', { class: 'small' }, one.why, ' · ', h('a', { href: `/story/${id}#${one.id}` }, 'story')));
}

// All entries by day. What is added later finds its place among them, and its count.
function chronicle(all: Entry[], alone: boolean): { node: HTMLElement; add: (more: Entry[]) => void } {
  const kinds: [Entry['kind'], string][] = [['event', 'Events'], ...(alone ? [['statement', 'Said by them'], ['about', 'Said about them by others']] as [Entry['kind'], string][]
    : [['statement', 'Statements']] as [Entry['kind'], string][]), ['wording', 'Words that differ']];
  const entries: Entry[] = [], list = h('ol', { class: 'chronicle' }), labels = new Map<Entry['kind'], HTMLElement>();
  const boxes = kinds.map(([kind]) => {
    const box = h('input', { type: 'checkbox', name: kind, checked: true }), label = h('span', {});
    box.addEventListener('change', () => list.classList.toggle(`no-${kind}`, !box.checked));
    labels.set(kind, label);
    return h('label', {}, box, label);
  });
  const add = (more: Entry[]) => {
    entries.push(...more);
    entries.sort((x, y) => x.from.localeCompare(y.from));
    list.replaceChildren(...entries.map((entry) => h('li', { class: `k-${entry.kind}` }, entry.node)));
    for (const [kind, words] of kinds) labels.get(kind)!.textContent = ` ${words} (${entries.filter((entry) => entry.kind === kind).length})`;
  };
  add(all);
  return { add, node: h('section', { 'aria-labelledby': 'chronicle' }, h('h2', { id: 'chronicle' }, 'Chronicle'), h('fieldset', { class: 'layers' }, h('legend', {}, 'Show'), boxes), list) };
}

export const relation: View = async ({ path, params, go }) => {
  const [a = '', b = ''] = path, after = params.get('after');
  const counted = get<Facets>('/api/facets');
  if (!a) {
    const facets = await counted;
    const codes = facets.actors.filter((one) => /^[A-Z]{3}$/.test(one.value)).slice(0, 6).map((one) => one.value);
    const told = await get<List<EventRow>>('/api/events', { limit: 500 });
    const pairs = pairsOf(told.items);
    return { title: 'Relation', body: [h('h1', { tabindex: -1 }, 'Relation'), h('p', {}, 'Two actors over time, or one: a country’s code, a name or an entity.'), picker(counted, '', '', go),
      h('h2', {}, 'The most told'), h('ul', { class: 'roomy' }, codes.map((one) => h('li', {}, h('a', { href: `/relation/${one}` }, country(one))))),
      pairs.length > 0 && h('h2', {}, 'Together in events'), h('ul', { class: 'roomy' }, pairs.map(([one, other]) => h('li', {}, h('a', { href: `/relation/${one}/${other}` }, `${country(one)} and ${country(other)}`))))] };
  }
  const query = { a, b, limit: 100, after };
  const reply = await get<Relation>('/api/relation', query);
  const about = reply.about ?? [], days_of = new Map<string, string>();
  for (const one of [...reply.events, ...reply.statements, ...about]) if (!days_of.has(one.story)) days_of.set(one.story, one.earliest ?? one.latest ?? '9');
  const entry = (kind: Entry['kind'], when: { earliest: string | null; latest: string | null }, node: HTMLElement): Entry => {
    node.prepend(h('p', { class: 'date' }, days(when)));
    return { kind, from: when.earliest ?? when.latest ?? '9', node };
  };
  const names = [reply.a, reply.b].filter((one): one is NonNullable<typeof one> => one !== null).map((one) => country(one.name ?? one.country));
  // Of what stories compare, that which lies in the words of these events and statements.
  const ranges = [...reply.events.flatMap((one) => one.told_in), ...reply.statements, ...about];
  const concerns = (value: Value, pages: StoryPage[]) => {
    const page = pages.find((one) => one.sha256 === value.reading)?.id;
    return value.begin !== null && ranges.some((one) => one.page === page && one.begin <= value.begin! && value.begin! < one.end);
  };
  const entries = [...reply.events.map((one) => entry('event', one, eventEntry(one))), ...reply.statements.map((one) => entry('statement', one, statementEntry(one))),
    ...about.map((one) => entry('about', one, statementEntry(one, `“ about ${names[0]}`)))];
  const told = entries.length > 0 ? chronicle(entries, !b) : null;
  // What differs is in the stories, which are asked for when all else can be read.
  const ready = () => void Promise.all([...days_of.keys()].slice(0, STORIES).map((id) => get<StoryReply>(`/api/story/${id}`))).then((stories) => told?.add(
    stories.flatMap(({ story, pages }) => story.comparisons.filter((one) => one.verdict !== 'agree' && one.positions.length > 1 && one.values.some((value) => concerns(value, pages)))
      .map((one) => entry('wording', story.when ?? { earliest: days_of.get(story.id) ?? null, latest: null }, wordingEntry(story.id, one))))), () => {});
  const title = names.join(' and ');
  return {
    title, ready, said: `${title}: ${count(reply.events.length, 'event')}`,
    body: [
      h('h1', { tabindex: -1 }, title), picker(counted, a, b, go),
      h('p', {}, `${count(reply.events.length, 'event')}${reply.next ? ' (there are more)' : ''}, ${count(reply.statements.length, 'statement')} ${b ? 'of one about the other' : `by this actor, ${about.length} about it by others`}.`,
        reply.events.length > 0 && ` Most told: ${mostTold(reply.events).map((type) => does(type)).join(', ')}.`),
      exports([['All of this as JSON', address('/api/relation', query)], ['Events CSV', address('/api/events', { a, b, limit: 500, format: 'csv' })],
        ['Statements CSV', address('/api/statements', { a, b, limit: 500, format: 'csv' })],
        ...(b ? [] : [['Said about CSV', address('/api/statements', { about: a, limit: 500, format: 'csv' })] as [string, string]]), ['Network GEXF', address('/api/network.gexf', { a, b })]]),
      entries.length === 0 && h('p', {}, 'The record has nothing of these actors together.'),
      reply.months.length > 0 && h('section', { 'aria-labelledby': 'months' }, h('h2', { id: 'months' }, 'By month'), chart(reply.months)),
      reply.offices.length > 0 && h('section', { 'aria-labelledby': 'offices' }, h('h2', { id: 'offices' }, 'Offices, as the events show them'),
        h('ul', { class: 'offices' }, reply.offices.map((one) => h('li', {}, h('strong', {}, one.name), ` ${office(one.office)} `,
          h('span', { class: 'small' }, `in events of ${days({ earliest: one.since, latest: one.until })}`))))),
      told?.node,
      reply.next && h('p', { class: 'pager' }, h('a', { href: address(`/relation/${encodeURIComponent(a)}${b ? `/${encodeURIComponent(b)}` : ''}`, { after: reply.next }) }, 'Later')),
    ],
  };
};
