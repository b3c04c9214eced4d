// SPDX-License-Identifier: Apache-2.0
// One story: the reports side by side as columns. A row is a fact, a cell what one report says of it; its words and the same words
// in the page's text lead to each other.
import { address, Comparison, EventRow, get, List, Mark, PageReply, PageText, Party, Statement, StoryPage, StoryReply, Value } from './api';
import { Child, count, exports, h, outside, quiet, say, whole } from './dom';
import { View } from './main';
import { differing, place, Text, textOf, unfold } from './marks';
import { about, actorKey, badge, basis, country, day, days, does, hasOutlet, kindOf, outletOf, percent, says, sentence, states, verdictOrder, verdicts, who, whoAll } from './words';

// Which cell and which words belong together: both know the same key.
interface Links { cells: Map<string, HTMLElement>; texts: Map<number, Text>; marks: Map<number, Mark[]> }

// Reports by day, those without a last day at the end, a copy right after the page that it is a copy of.
function ordered(pages: StoryPage[]): StoryPage[] {
  const from = (page: StoryPage) => (page.day || page.latest ? page.earliest : null) ?? '9999';
  const first = [...pages].sort((a, b) => from(a).localeCompare(from(b)) || a.id - b.id);
  const of = (page: StoryPage) => first.findIndex((one) => one.id === (page.copy_of ?? page.version_of ?? page.id));
  return [...first].sort((a, b) => of(a) - of(b) || Number(!!a.copy_of || !!a.version_of) - Number(!!b.copy_of || !!b.version_of));
}

// A day that is known, or the days between which it lies; then from what, and the words that tell it.
function dated(page: StoryPage): string {
  const span = days(page);
  return page.day && span !== day(page.day) ? `${day(page.day)} (possible: ${span})` : span;
}

function howDated(page: StoryPage, pages: StoryPage[]): Child {
  return [h('p', { class: 'small' }, `Published ${dated(page)}: ${basis(page.basis)}.`),
    page.evidence.length > 0 && h('details', {}, h('summary', {}, `What tells its day (${page.evidence.length})`),
      h('ul', {}, page.evidence.map((one) => {
        const from = pages.find((other) => other.sha256 === one.reading);
        return h('li', {}, one.text ? h('q', {}, one.text) : null, ` ${says(one.says)}`,
          from && from.id !== page.id && [' (', h('a', { href: `/page/${from.id}` }, outletOf(from)), ')']);
      })))];
}

// The report that it is most like, and how much each thing that the two share says for one story ("1.1 = +4.1 words told up front, …, -8.0 of any two pages").
function whyHere(page: StoryPage, pages: StoryPage[]): Child {
  const like = pages.find((other) => other.id === page.most_like), [sum, terms] = page.shares?.split(' = ') ?? [];
  return !page.copy_of && like && terms ? h('details', {}, h('summary', {}, `Why it is in this story (${sum})`),
    h('p', { class: 'small' }, 'Most like ', h('a', { href: `/page/${like.id}` }, outletOf(like)), '; in log odds:'),
    h('ul', {}, terms.split(', ').map((term) => h('li', {}, term)))) : null;
}

function column(page: StoryPage, pages: StoryPage[]): HTMLElement {
  const origin = pages.find((other) => other.id === (page.copy_of ?? page.version_of));
  return h('div', { class: 'head' },
    h('h3', {}, h('a', { href: `/page/${page.id}` }, outletOf(page))), !hasOutlet(page) && h('p', { class: 'small' }, 'outlet not known; this is the file’s name'),
    h('p', {}, page.title ?? 'without a title'),
    page.copy_of ? h('p', { class: 'tag' }, '↳ copy of ', origin ? outletOf(origin) : 'another page') : page.version_of
      ? h('p', { class: 'tag' }, '↻ version of ', origin ? outletOf(origin) : 'another page') : h('p', { class: 'tag own' }, `● own report, ${count(page.words, 'word')}`),
    howDated(page, pages), whyHere(page, pages));
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
  document.querySelector('.drawer')?.classList.add('docked');
  const group = key.split('.')[0];
  for (const text of links.texts.values()) {
    const mine = [...text.pieces].filter(([name]) => name === key || (group.startsWith('c') && name.split('.')[0] === group)).flatMap(([, pieces]) => pieces);
    mine.forEach((piece) => { piece.classList.add('chosen'); unfold(piece); });
    // Every report shows its own words of the fact; the window itself stays where it is.
    const box = text.element.parentElement;
    box?.closest('.page-text')?.classList.toggle('shows', mine.length > 0);
    if (mine[0] && box) box.scrollTop = mine[0].offsetTop - 48;
  }
  history.replaceState(null, '', `#${key}`);
}

function putAway(links: Links): void {
  const cell = document.querySelector<HTMLElement>('.fact .words.chosen');
  document.querySelector('.drawer')?.classList.remove('docked');
  document.querySelectorAll('.chosen').forEach((one) => one.classList.remove('chosen'));
  history.replaceState(null, '', location.pathname + location.search);
  for (const text of links.texts.values()) text.element.parentElement?.scrollTo(0, 0);
  cell?.focus({ preventScroll: true });
  cell?.scrollIntoView({ block: 'nearest' });
}

function toWords(links: Links, key: string, page: StoryPage): void {
  const piece = links.texts.get(page.id)?.pieces.get(key)?.[0];
  choose(links, key);
  if (!piece) { say('These words are not in the text that is shown'); return; }
  if (!piece.hasAttribute('href')) piece.setAttribute('tabindex', '-1');
  piece.focus({ preventScroll: true });
  links.texts.get(page.id)?.element.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  // The fact stays in sight above its words.
  const cell = links.cells.get(key), drawer = document.querySelector('.drawer');
  if (cell && drawer) {
    const under = cell.getBoundingClientRect().bottom + 16 - drawer.getBoundingClientRect().top;
    if (under > 0) window.scrollBy(0, under);
  }
  say(`The words in ${outletOf(page)}`);
}

function toFact(links: Links, marks: Mark[]): void {
  // Of several facts with these words, back to the one that was come from.
  const mark = marks.find((one) => links.cells.get(one.ref)?.classList.contains('chosen')) ?? marks.find((one) => links.cells.has(one.ref));
  if (!mark) return;
  choose(links, mark.ref);
  const cell = links.cells.get(mark.ref) as HTMLElement;
  cell.closest('details')?.setAttribute('open', '');
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: 'center' });
}

function addMark(links: Links, page: PageText | undefined, kind: string, key: string, at: { begin: number | null; end: number | null; text: string | null }, label: string): void {
  if (!page) return;
  const marks = links.marks.get(page.id) ?? [];
  for (const where of place(page.lines, at.begin, at.end, at.text)) marks.push({ kind, ref: key, ...where, label, why: [], confidence: null });
  links.marks.set(page.id, marks);
}

// What one report says of a comparison: its words, linked, and what they come to.
function valuesOf(links: Links, texts: Map<number, PageText>, one: Comparison, page: StoryPage): HTMLElement[] {
  const many = one.positions.length > 1;
  const silent = (value: Value) => one.verdict === 'agree' && value.says === 'not said'; // nothing that could agree
  return one.values.map((value, n) => ({ value, n })).filter(({ value }) => value.reading === page.sha256 && !silent(value)).map(({ value, n }) => {
    const key = `${one.id}.${page.id}.${n}`, others = one.values.filter((other) => other.position !== value.position).map((other) => other.text ?? '');
    const means = one.kind === 'wording' || value.says === null || value.text?.includes(value.says) || (one.kind === 'occurrence' && value.says === 'happened') ? '' : says(value.says);
    const from = one.kind !== 'wording' && value.according_to ? `according to ${value.according_to}` : '';
    addMark(links, texts.get(page.id), 'compared', key, value, `${one.verdict}: ${about(one.about, one.kind)}`);
    return h('p', {}, many && [h('span', { class: 'position', title: `position ${value.position}` }, quiet('position '), String(value.position)), ' '],
      words(links, key, page, value.text ? differing(value.text, one.verdict === 'agree' ? [] : others) : means || 'here'),
      (means || from) && h('span', { class: 'small' }, ` (${[value.text && means, from].filter(Boolean).join(', ')})`));
  });
}

function comparison(links: Links, pages: StoryPage[], texts: Map<number, PageText>, one: Comparison): HTMLElement {
  return row(pages, [
    h('h3', { id: `about-${one.id}` }, badge(one.verdict), ' ', about(one.about, one.kind)),
    one.positions.length > 1 && one.kind !== 'wording' && h('ol', { class: 'positions' }, one.positions.map((position) => h('li', {}, h('strong', {}, says(position.says))))),
    h('p', { class: 'small' }, one.why)],
  (page) => valuesOf(links, texts, one, page), { 'aria-labelledby': `about-${one.id}`, 'data-verdict': one.verdict });
}

// An event that several reports tell: its words in each, and below them what agrees of it; what differs has its own row.
// A comparison of an event names its type and its parties; others only lie in the same words.
function isOf(one: Comparison, event: EventRow): boolean {
  const found = /([A-Z]{3,}): (.+)$/.exec(one.about), parties = [...event.actors, ...event.recipients];
  if (!found) return one.kind === 'quantity' || one.kind === 'modality';
  return found[1] === event.type && found[2].split(/ > |, /).every((name) => parties.some((party) => [party.name, party.country, party.text, country(party.country)].includes(name)));
}
const aspects: Record<string, string> = { occurrence: 'the act', day: 'day', place: 'place' };
function happening(links: Links, pages: StoryPage[], texts: Map<number, PageText>, event: EventRow, compared: Comparison[]): HTMLElement {
  const agree = compared.filter((one) => one.verdict === 'agree' && one.kind in aspects), differ = compared.filter((one) => one.verdict !== 'agree');
  return row(pages, [eventHead(event),
    agree.length > 0 && h('p', { class: 'small' }, badge('agree'), ` ${agree.map((one) => aspects[one.kind]).join(', ')}`),
    differ.map((one) => h('p', { class: 'small' }, badge(one.verdict), ' ', h('a', { href: `#about-${one.id}` }, one.kind === 'modality' ? 'done or pending' : aspects[one.kind] ?? one.about.split(' of ')[0])))],
  (page) => [...telling(links, pages, texts, event, page, false), ...agree.map((one) => [one, valuesOf(links, texts, one, page)] as const).filter(([, values]) => values.length > 0)
    .map(([one, values]) => h('div', { class: 'aspect' }, h('span', { class: 'small' }, `${aspects[one.kind]}: `), values))]);
}

function eventHead(event: EventRow): Child {
  return [h('h3', {}, sentence(event)), h('p', { class: 'small' }, `${days(event)}`, event.where && `, ${event.where.name}`,
    states(event).map((state) => [' ', h('span', { class: 'tag' }, state)]), h('br'),
    h('code', {}, [event.type, event.mode].filter(Boolean).join(' ')), event.cameo && [' CAMEO ', h('code', {}, event.cameo)], ` · confidence ${percent(event.confidence)}`)];
}

// What the record leaves open of this story, said plainly.
function unknowns(pages: StoryPage[], events: EventRow[], said: Statement[], compared: Comparison[]): Child {
  const names = (some: StoryPage[]) => some.map(outletOf).join(', '), some = (n: number, of: number, one: string) => `${whole(n)} of ${count(of, one)}`;
  const noOutlet = pages.filter((page) => !hasOutlet(page)), noDay = pages.filter((page) => !page.day || !page.earliest || page.earliest !== page.latest);
  const undated = events.filter((event) => event.earliest === null || event.earliest !== event.latest).length, nowhere = events.filter((event) => !event.where).length;
  const alone = events.filter((event) => event.actors.length === 0).length, speakerless = said.filter((one) => one.speaker.length === 0 || !whoAll(one.speaker)).length;
  const doubtful = said.filter((one) => one.doubtful).length, unclear = compared.filter((one) => one.verdict === 'unclear').length;
  const list = [
    noOutlet.length > 0 && `The outlet of ${names(noOutlet)}.`,
    noDay.length > 0 && `The exact day of publication of ${names(noDay)}; above stands between which days it lies, and what tells it.`,
    undated > 0 && `The exact day of ${some(undated, events.length, 'event')}.`, nowhere > 0 && `The place of ${some(nowhere, events.length, 'event')}.`,
    alone > 0 && `Who acted in ${some(alone, events.length, 'event')}.`, speakerless > 0 && `Who said ${some(speakerless, said.length, 'statement')}.`,
    doubtful > 0 && `Whether the words of ${some(doubtful, said.length, 'statement')} are quoted as they were said: the reason stands beside each.`,
    unclear > 0 && `Whether ${count(unclear, 'comparison')} marked “unclear” ${unclear === 1 ? 'is' : 'are'} of the same thing.`,
    'Which report is right; and whatever no report of this record tells.'];
  return h('section', { 'aria-labelledby': 'unknown', class: 'facts' }, h('h2', { id: 'unknown' }, 'What annals does not know of this story'), h('ul', {}, list.map((one) => one && h('li', {}, one))));
}

// The marks in plain words: those that this story has, with how many.
function legend(compared: Comparison[], pages: number): Child {
  const tally = verdictOrder.map((verdict) => [verdict, compared.filter((one) => one.verdict === verdict).length] as const).filter(([, n]) => n > 0);
  if (!tally.length) return h('p', { class: 'tally' }, pages > 1 ? 'Nothing in these reports could be compared.' : 'Nothing to compare: one report tells this story.');
  return h('section', { class: 'legend', 'aria-label': 'What the marks mean' },
    h('dl', { class: 'tally' }, tally.map(([verdict, n]) => h('div', {}, h('dt', {}, badge(verdict, n)), h('dd', {}, verdicts[verdict][1])))),
    h('p', { class: 'small' }, h('span', { class: 'position' }, '1'), ' ', h('span', { class: 'position' }, '2'), ' positions, which are no ranking; ',
      h('em', { class: 'differs' }, 'marked words'), ' stand in one wording only; — the report does not tell it. Choose any words to see them in the page.'));
}

function telling(links: Links, pages: StoryPage[], texts: Map<number, PageText>, event: EventRow, page: StoryPage, brief: boolean): Child[] {
  return event.told_in.filter((one) => one.page === page.id && pages.includes(page)).map((one) => {
    const key = `e.${page.id}.${one.ref}`;
    addMark(links, texts.get(page.id), 'event', key, one, `${event.type}: ${does(event.type)}`);
    return h('p', {}, words(links, key, page, one.text ?? sentence(event)),
      brief && h('span', { class: 'small' }, ` ${sentence(event)}, ${days(event)}${event.where ? `, ${event.where.name}` : ''}`, states(event).map((state) => [' ', h('span', { class: 'tag' }, state)])));
  });
}

// A story of many reports shows so many side by side.
const COLUMNS = 8;

export const story: View = async ({ path, params, hash }) => {
  const id = path[0] ?? '';
  const reply = await get<StoryReply>(`/api/story/${encodeURIComponent(id)}`, { texts: 1 });
  const all = ordered(reply.pages), asked = Number(params.get('from') ?? 1), first = Number.isInteger(asked) && asked > 0 && asked <= all.length ? asked - 1 : 0;
  const pages = all.slice(first, first + COLUMNS), texts = new Map<number, PageText>();
  const query = { story: reply.story.id, limit: 500, page: all.length > pages.length ? pages.map((page) => page.id).join(',') : null };
  // A story of few pages comes whole; of others the reports that are shown are asked for.
  const [events, said] = reply.events && reply.statements && reply.texts ? [{ items: reply.events }, { items: reply.statements }]
    : await Promise.all([get<List<EventRow>>('/api/events', query), get<List<Statement>>('/api/statements', query),
      ...pages.map(async (page) => { texts.set(page.id, await get<PageReply>(`/api/page/${page.id}`)); })]);
  for (const text of reply.texts ?? []) texts.set(text.id, text);

  const links: Links = { cells: new Map(), texts: new Map(), marks: new Map() };
  const here = new Set(pages.map((page) => page.sha256));
  const sorted = (reply.story.comparisons ?? []).filter((one) => all.length === pages.length || one.values.some((value) => here.has(value.reading))).sort((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));
  const differ = () => sorted.filter((one) => one.verdict !== 'agree').map((one) => comparison(links, pages, texts, one));
  const shared = events.items.filter((event) => event.told_in.length > 1), once = events.items.filter((event) => event.told_in.length < 2);
  const compared = new Map((reply.story.events ?? []).map((event) => [event.id, sorted.filter((one) => event.comparisons.includes(one.id))]));
  const ofEvent = new Map(shared.map((event) => [event.id, (compared.get(event.id) ?? []).filter((one) => isOf(one, event))]));
  const happenings = () => [...shared.map((event) => happening(links, pages, texts, event, ofEvent.get(event.id) ?? [])), once.length > 0
    && row(pages, [h('h3', {}, 'Told by one report only'), h('p', { class: 'small' }, count(once.length, 'event'))], (page) => once.flatMap((event) => telling(links, pages, texts, event, page, true)))];
  const inEvents = new Set(shared.flatMap((event) => ofEvent.get(event.id) ?? []).filter((one) => one.kind in aspects));
  const agree = () => sorted.filter((one) => one.verdict === 'agree' && !inEvents.has(one)).map((one) => comparison(links, pages, texts, one));
  const speakers = [...new Map(said.items.map((one) => [whoAll(one.speaker) || 'Speaker not named', one.speaker[0]]))];
  const nameOf = (one: Statement) => whoAll(one.speaker) || 'Speaker not named';
  const linked = (name: string, party: Party | undefined) => (party && actorKey(party) && who(party) === name ? h('a', { href: `/relation/${encodeURIComponent(actorKey(party)!)}` }, name) : name);
  // A speaker whom several reports have has a row; those whom one report has stand together in its column, by name.
  const heard = new Map(speakers.map(([name]) => [name, new Set(said.items.filter((one) => nameOf(one) === name).map((one) => one.page)).size]));
  const several = speakers.filter(([name]) => pages.length < 2 || heard.get(name)! > 1), single = speakers.filter(([name]) => pages.length > 1 && heard.get(name) === 1);
  const saidBy = (page: StoryPage, name: string): HTMLElement[] => said.items.filter((one) => one.page === page.id && nameOf(one) === name).map((one) => {
      const key = `s.${page.id}.${one.ref}`;
      for (const mark of texts.get(page.id)?.marks ?? [])
        if (mark.kind === 'statement' && mark.ref === one.ref) links.marks.set(page.id, [...(links.marks.get(page.id) ?? []), { ...mark, ref: key }]);
      return h('p', {}, words(links, key, page, one.content ?? '(words not shown)'), h('span', { class: 'small' }, ` ${[kindOf(one.kind), one.cue && `“${one.cue}”`, one.doubtful].filter(Boolean).join(' · ')}`));
    });
  const statements = () => [...several.map(([name, party]) => row(pages, [h('h3', {}, linked(name, party)), party?.country && h('p', { class: 'small' }, country(party.country))], (page) => saidBy(page, name))),
    ...(single.length > 0 ? [row(pages, [h('h3', {}, 'In one report only'), h('p', { class: 'small' }, count(single.length, 'speaker'))],
      (page) => single.flatMap(([name, party]) => { const own = saidBy(page, name); return own.length ? [h('h4', {}, linked(name, party)), ...own] : []; }))] : [])];

  const told = pages.filter((page) => texts.has(page.id)), columns = () => told.map((page) => {
    const text = textOf(texts.get(page.id)!.lines, links.marks.get(page.id) ?? [], (mark) => mark.ref, (mark) => `#${mark.ref}`,
      (marks, _at, chosen) => { if (chosen) toFact(links, marks); });
    links.texts.set(page.id, text);
    return h('section', { class: 'page-text', 'aria-label': `Text of ${outletOf(page)}` },
      h('h3', {}, h('a', { href: `/page/${page.id}` }, outletOf(page)), page.url && [' ', outside(page.url, 'original')]),
      h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Text of ${outletOf(page)}, scrolls` }, text.element));
  });
  const origins = new Set(all.filter((page) => !page.copy_of && !page.version_of)).size;
  const section = (name: string, title: string, all: () => Child[], note: string) => (): HTMLElement[] => {
    const rows = all();
    return rows.some(Boolean) ? [h('section', { 'aria-labelledby': name, class: 'facts' }, h('h2', { id: name }, title), h('p', { class: 'small' }, note), rows)] : [];
  };
  const sections = [section('differ', 'Where the reports differ', differ, 'Graver marks first.'),
    section('told', 'What they tell', happenings, 'Each event with the words of each report that tells it; those that more than one tells come first, with what agrees.'),
    section('agree', 'Counts and words that agree', agree, 'Two or more reports say the same, once resolved.'),
    section('speakers', 'Who says what', statements, 'Statements by speaker, as each report has them.')];
  // The first of them that has anything is what the window shows.
  const top: HTMLElement[] = [];
  while (!top.length && sections.length) top.push(...sections.shift()!());
  const wide = pages.length > 5;
  const sheet = h('div', { class: wide ? 'sheet many' : 'sheet' },
    h('div', { class: 'heads' }, h('h2', { class: 'about' }, 'The reports'), pages.map((page) => column(page, pages))),
    !wide && h('div', { class: 'strip', 'aria-hidden': 'true' }, h('div', {}, h('span', {}, 'The reports'), pages.map((page) => h('span', {}, outletOf(page), page.copy_of && ' (copy)')))),
    top);
  // The texts lie below the sheet; once words are chosen they stay in sight at the foot of the window until they are put away.
  const shelf = h('div', { class: 'texts' }), drawer = h('section', { 'aria-labelledby': 'texts', class: wide ? 'drawer wide' : 'drawer' }, shelf);
  shelf.append(h('div', { class: 'drawer-head' }, h('h2', { id: 'texts' }, 'The texts'),
      h('p', { class: 'small' }, 'Choose words above to see them here; choose highlighted words here to go back to the fact.'),
      h('button', { type: 'button', class: 'plain away', click: () => putAway(links) }, 'Put the texts away (Esc)')));
  drawer.addEventListener('keydown', (event) => { if ((event as KeyboardEvent).key === 'Escape') putAway(links); });
  sheet.style.setProperty('--n', String(pages.length));
  drawer.style.setProperty('--n', String(told.length));

  return {
    title: reply.story.headline ?? 'Story', said: `Story with ${count(all.length, 'report')}`,
    body: [
      h('h1', { tabindex: -1 }, reply.story.headline ?? 'Story without a headline'),
      h('p', {}, [reply.story.when && days(reply.story.when), (reply.story.where ?? []).join(', ')].filter(Boolean).join(' · '),
        ` · ${count(all.length, 'report')}, ${count(origins, 'of them original', 'of them original')}`),
      legend(sorted, all.length),
      !!reply.story.comparisons_left_out && h('p', { class: 'notice', role: 'note' }, `${count(reply.story.comparisons_left_out, 'more comparison is', 'more comparisons are')} left out: a story has at most 1,000.`),
      exports([['Comparisons CSV', `/api/story/${id}?format=csv`], ['Events CSV', address('/api/events', { story: id, limit: 500, format: 'csv' })], ['Statements CSV', address('/api/statements', { story: id, limit: 500, format: 'csv' })],
        ['Story JSON', `/api/story/${id}`], ['Network GEXF', address('/api/network.gexf', { story: id })]]),
      all.length > pages.length && h('nav', { class: 'pager', 'aria-label': 'Reports' }, h('span', {}, `Reports ${first + 1} to ${first + pages.length} of ${whole(all.length)}, by day`),
        first > 0 && h('a', { href: address(`/story/${id}`, { from: Math.max(1, first + 1 - COLUMNS) }) }, 'Earlier reports'),
        first + COLUMNS < all.length && h('a', { href: address(`/story/${id}`, { from: first + 1 + COLUMNS }) }, 'Later reports')),
      sheet, unknowns(pages, events.items, said.items, sorted), drawer,
    ],
    rest: () => { sheet.append(...sections.flatMap((one) => one())); shelf.append(...columns()); },
    ready: () => {
      // The names of the reports stay above their columns once the heads have left the window.
      const heads = sheet.querySelector('.heads'), strip = sheet.querySelector('.strip');
      if (heads && strip) new IntersectionObserver(([seen]) => strip.classList.toggle('stuck', !seen.isIntersecting && seen.boundingClientRect.top < 0)).observe(heads);
      const page = pages.find((one) => String(one.id) === hash.split('.')[1]);
      if (hash && page && links.cells.has(hash)) toWords(links, hash, page);
    },
  };
};
