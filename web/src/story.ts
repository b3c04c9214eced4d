// SPDX-License-Identifier: Apache-2.0
// One story: the reports side by side as columns. A row is a fact, a cell what one report says of it; its words and the same words
// in the page's text lead to each other.
import { address, Comparison, EventRow, get, List, Mark, PageReply, Statement, StoryPage, StoryReply } from './api';
import { Child, count, exports, h, outside, quiet, say } from './dom';
import { View } from './main';
import { differing, place, Text, textOf } from './marks';
import { actorKey, badge, basis, country, days, does, outletOf, percent, sentence, states, verdictOrder, who, whoAll } from './words';

// Which cell and which words belong together: both know the same key.
interface Links { cells: Map<string, HTMLElement>; texts: Map<number, Text>; marks: Map<number, Mark[]> }

// Reports by day, those without a last day at the end, a copy right after the page that it is a copy of.
function ordered(pages: StoryPage[]): StoryPage[] {
  const from = (page: StoryPage) => (page.day || page.latest ? page.earliest : null) ?? '9999';
  const first = [...pages].sort((a, b) => from(a).localeCompare(from(b)) || a.id - b.id);
  const of = (page: StoryPage) => first.findIndex((one) => one.id === (page.copy_of ?? page.version_of ?? page.id));
  return [...first].sort((a, b) => of(a) - of(b) || Number(!!a.copy_of || !!a.version_of) - Number(!!b.copy_of || !!b.version_of));
}

function howDated(page: StoryPage, pages: StoryPage[]): HTMLElement {
  return h('details', {}, h('summary', {}, `How its day is known: ${page.basis}`),
    h('p', {}, `${basis(page.basis)}.`),
    page.evidence.length > 0 && h('ul', {}, page.evidence.map((one) => {
      const from = pages.find((other) => other.sha256 === one.reading);
      return h('li', {}, one.text ? h('q', {}, one.text) : null, ` ${one.says}`,
        from && from.id !== page.id && [' (', h('a', { href: `/page/${from.id}` }, outletOf(from)), ')']);
    })));
}

function column(page: StoryPage, pages: StoryPage[]): HTMLElement {
  const origin = pages.find((other) => other.id === (page.copy_of ?? page.version_of));
  return h('div', { class: 'head' },
    h('h3', {}, h('a', { href: `/page/${page.id}` }, outletOf(page))), h('p', {}, page.title ?? 'without a title'),
    h('p', { class: 'small' }, days(page), ` · ${count(page.words, 'word')}`),
    page.copy_of ? h('p', { class: 'tag' }, '↳ copy of ', origin ? outletOf(origin) : 'another page') : page.version_of
      ? h('p', { class: 'tag' }, '↻ version of ', origin ? outletOf(origin) : 'another page') : h('p', { class: 'tag own' }, '● own report'),
    howDated(page, pages));
}

const row = (pages: StoryPage[], head: Child, cell: (page: StoryPage) => Child[], props = {}): HTMLElement =>
  h('div', { class: 'fact', role: 'group', ...props }, h('div', { class: 'about' }, head), h('ul', { class: 'cells' }, pages.map((page) => {
    const inside = cell(page);
    return h('li', { class: inside.length ? 'cell' : 'cell none' }, h('span', { class: 'outlet' }, outletOf(page)),
      inside.length ? inside : h('span', { class: 'missing' }, h('span', { 'aria-hidden': 'true' }, '—'), quiet('does not mention it')));
  })));

// The words of a cell: a link to the same words in the page's text.
function words(links: Links, key: string, page: StoryPage, inside: Child): HTMLElement {
  const link = h('a', { class: 'words', href: `#${key}`, title: 'Show these words in the page' }, inside);
  link.addEventListener('click', (event) => { event.preventDefault(); toWords(links, key, page); });
  links.cells.set(key, link);
  return link;
}

function choose(links: Links, key: string): void {
  document.querySelectorAll('.chosen').forEach((one) => one.classList.remove('chosen'));
  links.cells.get(key)?.classList.add('chosen');
  const group = key.split('.')[0];
  for (const text of links.texts.values()) {
    const mine = [...text.pieces].filter(([name]) => name === key || (group.startsWith('c') && name.split('.')[0] === group)).flatMap(([, pieces]) => pieces);
    mine.forEach((piece) => piece.classList.add('chosen'));
    // Every report shows its own words of the fact; the window itself stays where it is.
    const box = text.element.parentElement;
    if (mine[0] && box) box.scrollTop = mine[0].offsetTop - 48;
  }
  history.replaceState(null, '', `#${key}`);
}

function toWords(links: Links, key: string, page: StoryPage): void {
  const piece = links.texts.get(page.id)?.pieces.get(key)?.[0];
  choose(links, key);
  if (!piece) { say('These words are not in the text that is shown'); return; }
  if (!piece.hasAttribute('href')) piece.setAttribute('tabindex', '-1');
  piece.focus({ preventScroll: true });
  links.texts.get(page.id)?.element.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  say(`The words in ${outletOf(page)}`);
}

function toFact(links: Links, marks: Mark[]): void {
  const mark = marks.find((one) => links.cells.has(one.ref));
  if (!mark) return;
  choose(links, mark.ref);
  const cell = links.cells.get(mark.ref) as HTMLElement;
  cell.closest('details')?.setAttribute('open', '');
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: 'center' });
}

function addMark(links: Links, page: PageReply | undefined, kind: string, key: string, at: { begin: number | null; end: number | null; text: string | null }, label: string): void {
  if (!page) return;
  const marks = links.marks.get(page.id) ?? [];
  for (const where of place(page.lines, at.begin, at.end, at.text)) marks.push({ kind, ref: key, ...where, label, why: [], confidence: null });
  links.marks.set(page.id, marks);
}

function comparison(links: Links, pages: StoryPage[], texts: Map<number, PageReply>, one: Comparison): HTMLElement {
  const many = one.positions.length > 1;
  return row(pages, [
    h('h3', { id: `about-${one.id}` }, badge(one.verdict), ' ', one.about.replace(/ > /g, ' → ')),
    many && one.kind !== 'wording' && h('ol', { class: 'positions' }, one.positions.map((position) => h('li', {}, h('strong', {}, position.says ?? 'not said')))),
    h('p', { class: 'small' }, one.why)], (page) => one.values.map((value, n) => ({ value, n })).filter(({ value }) => value.reading === page.sha256).map(({ value, n }) => {
    const key = `${one.id}.${page.id}.${n}`, others = one.values.filter((other) => other.position !== value.position).map((other) => other.text ?? '');
    addMark(links, texts.get(page.id), 'compared', key, value, `${one.verdict}: ${one.about}`);
    return h('p', {}, many && h('span', { class: 'position', title: `position ${value.position}` }, quiet('position '), String(value.position)), ' ',
      words(links, key, page, value.text ? differing(value.text, one.verdict === 'agree' ? [] : others) : value.says ?? 'here'),
      value.says && !value.text?.includes(value.says) && one.kind !== 'wording' && h('span', { class: 'small' }, ` ${value.says}`),
      value.according_to && one.kind !== 'wording' && h('span', { class: 'small' }, ` according to ${value.according_to}`));
  }), { 'aria-labelledby': `about-${one.id}`, 'data-verdict': one.verdict });
}

function eventHead(event: EventRow): Child {
  return [h('h3', {}, sentence(event)), h('p', { class: 'small' }, h('code', {}, [event.type, event.mode].filter(Boolean).join(' ')), event.cameo && [' CAMEO ', h('code', {}, event.cameo)],
    ` · ${days(event)}`, event.where && ` · ${event.where.name}`, states(event).map((state) => [' ', h('span', { class: 'tag' }, state)]), ` · ${percent(event.confidence)}`)];
}

function telling(links: Links, pages: StoryPage[], texts: Map<number, PageReply>, event: EventRow, page: StoryPage, brief: boolean): Child[] {
  return event.told_in.filter((one) => one.page === page.id && pages.includes(page)).map((one) => {
    const key = `e.${page.id}.${one.ref}`;
    addMark(links, texts.get(page.id), 'event', key, one, `${event.type}: ${does(event.type)}`);
    return h('p', {}, words(links, key, page, one.text ?? sentence(event)), brief && h('span', { class: 'small' }, ` ${event.type}, ${days(event)}`));
  });
}

export const story: View = async ({ path, hash }) => {
  const id = path[0] ?? '';
  const [reply, events, said] = await Promise.all([get<StoryReply>(`/api/story/${encodeURIComponent(id)}`),
    get<List<EventRow>>('/api/events', { story: id, limit: 500 }), get<List<Statement>>('/api/statements', { story: id, limit: 500 })]);
  const pages = ordered(reply.pages), texts = new Map<number, PageReply>();
  // Four at a time; a story of hundreds of pages shows the texts of its first 24.
  const queue = pages.slice(0, 24).map((page) => page.id);
  await Promise.all([0, 1, 2, 3].map(async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) texts.set(next, await get<PageReply>(`/api/page/${next}`));
  }));

  const links: Links = { cells: new Map(), texts: new Map(), marks: new Map() };
  const sorted = [...(reply.story.comparisons ?? [])].sort((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));
  const differ = sorted.filter((one) => one.verdict !== 'agree').map((one) => comparison(links, pages, texts, one));
  const agree = sorted.filter((one) => one.verdict === 'agree').map((one) => comparison(links, pages, texts, one));
  const shared = events.items.filter((event) => event.told_in.length > 1), once = events.items.filter((event) => event.told_in.length < 2);
  const happenings = shared.map((event) => row(pages, eventHead(event), (page) => telling(links, pages, texts, event, page, false)));
  const alone = once.length > 0 && row(pages, [h('h3', {}, 'Told by one report only'), h('p', { class: 'small' }, count(once.length, 'event'))],
    (page) => once.flatMap((event) => telling(links, pages, texts, event, page, true)));
  const speakers = [...new Map(said.items.map((one) => [whoAll(one.speaker) || 'Speaker not named', one.speaker[0]]))];
  const statements = speakers.map(([name, party]) => row(pages,
    [h('h3', {}, party && actorKey(party) && who(party) === name ? h('a', { href: `/relation/${encodeURIComponent(actorKey(party)!)}` }, name) : name),
      party?.country && h('p', { class: 'small' }, country(party.country))],
    (page) => said.items.filter((one) => one.page === page.id && (whoAll(one.speaker) || 'Speaker not named') === name).map((one) => {
      const key = `s.${page.id}.${one.ref}`;
      for (const mark of texts.get(page.id)?.marks ?? [])
        if (mark.kind === 'statement' && mark.ref === one.ref) links.marks.set(page.id, [...(links.marks.get(page.id) ?? []), { ...mark, ref: key }]);
      return h('p', {}, words(links, key, page, one.content ?? '(words not shown)'), h('span', { class: 'small' }, ` ${[one.kind, one.cue, one.doubtful].filter(Boolean).join(' · ')}`));
    })));

  const columns = pages.filter((page) => texts.has(page.id)).map((page) => {
    const text = textOf(texts.get(page.id)!.lines, links.marks.get(page.id) ?? [], (mark) => mark.ref, (mark) => `#${mark.ref}`,
      (marks, _at, chosen) => { if (chosen) toFact(links, marks); });
    links.texts.set(page.id, text);
    return h('section', { class: 'page-text', 'aria-label': `Text of ${outletOf(page)}` },
      h('h3', {}, h('a', { href: `/page/${page.id}` }, outletOf(page)), page.url && [' ', outside(page.url, 'original')]),
      h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Text of ${outletOf(page)}, scrolls` }, text.element));
  });
  const tally = verdictOrder.map((verdict) => [verdict, sorted.filter((one) => one.verdict === verdict).length] as const).filter(([, n]) => n > 0);
  const origins = new Set(pages.filter((page) => !page.copy_of && !page.version_of)).size;
  const section = (name: string, title: string, rows: Child[], note: string) => rows.some(Boolean) && h('section', { 'aria-labelledby': name, class: 'facts' },
    h('h2', { id: name }, title), h('p', { class: 'small' }, note), rows);
  const sheet = h('div', { class: pages.length > 5 ? 'sheet many' : 'sheet' },
    h('div', { class: 'heads' }, h('h2', { class: 'about' }, 'The reports'), pages.map((page) => column(page, pages))),
    section('differ', 'Where the reports differ', differ, 'Numbers mark positions; they are no ranking. Underlined words stand in one wording only.'),
    section('agree', 'Where they agree', agree, 'Two or more reports say the same, once resolved.'),
    section('told', 'What they tell', [happenings, alone].flat(), 'Each event with the words of each report that tells it.'),
    section('speakers', 'Who says what', statements, 'Statements by speaker, as each report has them.'));
  sheet.style.setProperty('--n', String(pages.length));

  return {
    title: reply.story.headline ?? 'Story', said: `Story with ${count(pages.length, 'report')}`,
    body: [
      h('h1', { tabindex: -1 }, reply.story.headline ?? 'Story without a headline'),
      h('p', {}, [reply.story.when && days(reply.story.when), (reply.story.where ?? []).join(', ')].filter(Boolean).join(' · '),
        ` · ${count(pages.length, 'report')}, ${count(origins, 'of them original', 'of them original')}`),
      h('p', { class: 'tally' }, tally.length ? tally.map(([verdict, n]) => [badge(verdict, n), ' ']) : 'Nothing to compare: one report tells this story.'),
      exports([['Events CSV', address('/api/events', { story: id, limit: 500, format: 'csv' })], ['Statements CSV', address('/api/statements', { story: id, limit: 500, format: 'csv' })],
        ['Story JSON', `/api/story/${id}`], ['Network GEXF', address('/api/network.gexf', { story: id })]]),
      sheet,
      h('section', { 'aria-labelledby': 'texts' }, h('h2', { id: 'texts' }, 'The texts'),
        h('p', { class: 'small' }, 'Choose words above to see them here; choose highlighted words here to go back to the fact.',
          texts.size < pages.length && ` The texts of the first ${texts.size} pages are shown.`), h('div', { class: 'texts' }, columns)),
    ],
    ready: () => {
      const page = pages.find((one) => String(one.id) === hash.split('.')[1]);
      if (hash && page && links.cells.has(hash)) toWords(links, hash, page);
    },
  };
};
