// SPDX-License-Identifier: Apache-2.0
// Stories: what the record holds, by day, narrowed by facets and words.
import { address, get, Hit, List, Month, Query, RecordInfo, StoryRow } from './api';
import { count, exports, h, s } from './dom';
import { facetsOf, filterForm, filtersOf, moment } from './filters';
import { View } from './main';
import { axis, bar, Scale, scaleOf } from './time';
import { badge, country, day, days, verdictOrder, who } from './words';

const WIDTH = 320, FIRST = 10; // stories of the first paint: a window of them

// Fewer outlets than origins: of some reports the outlet is not known.
const outlets = (story: StoryRow): string => (story.outlets ? `${count(story.outlets, 'outlet')}${story.outlets < story.origins ? ' known' : ''}` : 'outlet not known');

function row(story: StoryRow, scale: Scale | null): HTMLElement {
  const marks = verdictOrder.filter((verdict) => story.verdicts[verdict] > 0);
  const parties = [...new Set(story.parties.map((party) => (party.entity === party.country ? country(party.country) : who(party))).filter(Boolean))];
  return h('li', { class: 'story-row' },
    h('div', { class: 'what' },
      h('a', { class: 'headline', href: `/story/${story.id}` }, story.headline ?? 'without a headline'),
      h('p', { class: 'small' }, [story.places.join(', '), parties.slice(0, 6).join(', ')].filter(Boolean).join(' · ')),
      h('p', { class: 'small' }, story.pages === 1 ? 'One report ' : `${count(story.pages, 'page')} · ${outlets(story)} · ${count(story.origins, 'origin')} `,
        marks.map((verdict) => [badge(verdict, story.verdicts[verdict]), ' ']))),
    h('div', { class: 'when' }, h('p', {}, days(story)), bar(scale, story, WIDTH)));
}

// A month without events is a month too.
function everyMonth(all: Month[]): Month[] {
  const filled: Month[] = [];
  for (const month of all) {
    for (let last = filled[filled.length - 1]; last; last = filled[filled.length - 1]) {
      const next = new Date(Date.UTC(Number(last.value.slice(0, 4)), Number(last.value.slice(5)), 1)).toISOString().slice(0, 7);
      if (next >= month.value || filled.length > 600) break;
      filled.push({ value: next, events: 0, pages: 0 });
    }
    filled.push(month);
  }
  return filled;
}

// Events a month, above; a click narrows to the month.
function months(all: Month[], query: Query): HTMLElement | null {
  all = everyMonth(all);
  if (all.length < 2) return null;
  const top = Math.max(...all.map((month) => month.events), 1);
  const tall = (events: number) => Math.max(2, (46 * events) / top); // one event is seen beside a thousand
  const last = (month: string) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
  return h('section', { class: 'months', 'aria-labelledby': 'months-title' }, h('h2', { id: 'months-title' }, 'Events by month'),
    h('ul', { class: 'columns' }, all.slice(-60).map((month, i) => h('li', {},
      h('a', { href: address('/', { ...query, since: `${month.value}-01`, until: last(month.value) }),
        title: `${day(month.value)}: ${count(month.events, 'event')}, ${count(month.pages, 'page')}` },
        s('svg', { viewBox: '0 0 20 48', 'aria-hidden': 'true' },
          month.events > 0 && s('rect', { class: 'known', x: 2, y: 48 - tall(month.events), width: 16, height: tall(month.events) })),
        h('span', { class: 'quiet' }, `${day(month.value)}: ${count(month.events, 'event')}`),
        h('span', { class: 'tick', 'aria-hidden': 'true' }, day(month.value).slice(0, 3), h('br'), (i === 0 || month.value.endsWith('-01')) && month.value.slice(0, 4)))))));
}

function hits(list: List<Hit>, query: Query): HTMLElement | null {
  const q = String(query.q ?? '');
  if (!q) return null;
  return h('section', { 'aria-labelledby': 'hits-title' },
    h('h2', { id: 'hits-title' }, `${count(list.total, 'page')} with “${q}”`),
    h('ol', { class: 'hits' }, list.items.map((hit) => h('li', {},
      h('a', { href: `/page/${hit.page}` }, hit.title ?? `page ${hit.page}`), h('span', { class: 'small' }, ` ${[hit.outlet, days(hit)].filter(Boolean).join(' · ')}`),
      h('p', {}, hit.snippet.map((part) => (part.hit ? h('mark', {}, part.text) : part.text)))))),
    h('p', {}, list.total > list.items.length && `The first ${list.items.length}. `, h('a', { href: address('/api/search', { ...query, limit: 500, format: 'csv' }), download: '' }, 'These pages as CSV'), ' ',
      h('a', { href: address('/api/search', { ...query, limit: 500 }), download: '' }, 'as JSON')));
}

export const stories: View = async ({ params, go }) => {
  const query = filtersOf(params), after = params.get('after');
  const q = String(query.q ?? '');
  const lists = Promise.all([get<RecordInfo>('/api/record'), get<List<StoryRow>>('/api/stories', { ...query, after }),
    q ? get<List<Hit>>('/api/search', { ...query, limit: 10 }) : Promise.resolve({ items: [], total: 0, next: null })]);
  const facets = facetsOf(query, lists);
  const [record, list, found] = await lists;
  const byMonth = h('div', {});
  // The newest months are those that are seen first, however long the time.
  facets.then((all) => { byMonth.replaceChildren(months(all.months, query) ?? ''); const row = byMonth.querySelector('.columns'); if (row) row.scrollLeft = row.scrollWidth; }, () => {});
  if (Object.keys(query).length === 0) await moment(facets); // those under filters come later
  const scale = scaleOf(list.items, WIDTH), first = q ? FIRST >> 1 : FIRST;
  const rows = h('ol', { class: 'stories' }, list.items.slice(0, first).map((story) => row(story, scale)));
  return {
    title: 'Stories', said: `${count(list.total, 'story', 'stories')}`,
    body: [
      h('h1', { tabindex: -1 }, 'Stories'),
      h('p', { class: 'small' }, `${count(record.pages, 'page')}, ${count(record.stories, 'story', 'stories')}, ${count(record.events, 'event')}, `
        + `${count(record.statements, 'statement')}; ${days(record)}. `, record.private_names ? 'Private people are named.' : 'Private people are not named.'),
      record.unfinished && h('p', { class: 'notice', role: 'note' }, 'This record is being written, or a build of it was stopped: newer pages are in no story yet. Load the page again later; ',
        h('code', {}, 'annals build'), ' goes on where it was.'),
      filterForm('/', query, facets, go),
      hits(found, query), byMonth,
      h('section', { 'aria-labelledby': 'list-title' },
        h('div', { class: 'list-head' }, h('h2', { id: 'list-title' }, count(list.total, 'story', 'stories')), scale && axis(scale, WIDTH)),
        list.items.length ? rows
          : record.pages === 0 ? h('p', {}, record.unfinished ? 'There are no stories yet.' : ['This record has no pages. ', h('code', {}, 'annals build PAGE... -o RECORD.db'), ' reads pages into it.'])
            : h('p', {}, 'No story fits. ', h('a', { href: '/' }, 'Show all')),
        h('p', { class: 'pager' }, after && h('a', { href: address('/', query) }, 'First stories'),
          list.next && h('a', { href: address('/', { ...query, after: list.next }) }, 'Older stories')),
        h('p', { class: 'small key' }, 'On the axis: ', s('svg', { viewBox: '0 0 14 16', class: 'inline', 'aria-hidden': 'true' }, s('path', { class: 'known', d: 'M2,8 L7,3 L12,8 L7,13 Z' })),
          ' a day, ', s('svg', { viewBox: '0 0 28 16', class: 'inline', 'aria-hidden': 'true' }, s('rect', { class: 'known', x: 2, y: 5, width: 24, height: 6 })),
          ' somewhere in these days, ', s('svg', { viewBox: '0 0 28 16', class: 'inline', 'aria-hidden': 'true' }, s('rect', { class: 'open', x: 2, y: 5, width: 24, height: 6 })),
          ' one end not known. An origin is an outlet or agency whose own report it is; copies do not count.')),
      exports([['Stories CSV', address('/api/stories', { ...query, limit: 500, format: 'csv' })], ['Stories JSON', address('/api/stories', { ...query, limit: 500 })],
        ['Events CSV', address('/api/events', { ...query, limit: 500, format: 'csv' })], ['Statements CSV', address('/api/statements', { ...query, limit: 500, format: 'csv' })],
        ['Network GEXF', address('/api/network.gexf', query)]]),
    ],
    rest: () => rows.append(...list.items.slice(first).map((story) => row(story, scale))),
    ready: () => { const row = byMonth.querySelector('.columns'); if (row) row.scrollLeft = row.scrollWidth; },
  };
};
