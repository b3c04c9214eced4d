// SPDX-License-Identifier: Apache-2.0
// One page: its text with layers of highlights; pointing at words tells what annals read there and why.
import { address, get, Mark, PageReply } from './api';
import { count, exports, h, outside, whole } from './dom';
import { View } from './main';
import { textOf, unfold } from './marks';
import { basis, days, percent } from './words';

const layers: [kind: string, words: string, shown: boolean][] = [['event', 'Events', true], ['trigger', 'Words that name events', true], ['statement', 'Statements', true], ['cue', 'Cues', false],
  ['mention', 'Names', false], ['time', 'Times', true], ['quantity', 'Counts', true], ['problem', 'Problems', true]];
const key = (mark: Mark): string => `${mark.kind}.${mark.ref}`;

function about(mark: Mark): HTMLElement {
  return h('section', { class: 'mark-about' }, h('h3', {}, h('span', { class: `swatch m-${mark.kind}` }, mark.kind), ' ', mark.label ?? ''),
    mark.confidence !== null && h('p', {}, 'Confidence ', h('meter', { min: 0, max: 1, value: mark.confidence, 'aria-label': 'confidence' }), ` ${percent(mark.confidence)}`),
    mark.why.length > 0 && h('ul', { class: 'small' }, mark.why.map((why) => h('li', {}, why))), h('p', { class: 'small' }, `id ${mark.ref}`));
}

// The beginning of long words, up to a whole one.
const brief = (text: string): string => (text.length > 64 ? `${text.slice(0, 64).replace(/\s+\S*$/, '')} …` : text);

export const page: View = async ({ path, hash }) => {
  const reply = await get<PageReply>(`/api/page/${encodeURIComponent(path[0] ?? '')}`);
  const reading = reply.page, found = reply.marks.filter((mark) => layers.some(([kind]) => kind === mark.kind));
  const panel = h('div', { class: 'panel-body' }, h('p', { class: 'small hint' }, 'Point at highlighted words, or reach them with the Tab key.'));
  const holder = h('div', { class: 'page-view' });
  const pin = (marks: Mark[]) => panel.replaceChildren(...marks.filter((mark) => holder.classList.contains(`show-${mark.kind}`)).slice(0, 6).map(about));
  const { element, pieces } = textOf(reply.lines, found, key, (mark) => `#${key(mark)}`, (marks, at, chosen) => {
    pin(marks);
    if (!chosen) return;
    document.querySelectorAll('.chosen').forEach((one) => one.classList.remove('chosen'));
    at.classList.add('chosen');
    history.replaceState(null, '', `#${key(marks[0])}`);
  });
  const show = (name: string) => {
    const piece = pieces.get(name)?.[0];
    if (!piece) return;
    const mark = found.find((one) => key(one) === name);
    document.querySelectorAll('.chosen').forEach((one) => one.classList.remove('chosen'));
    pieces.get(name)?.forEach((one) => one.classList.add('chosen'));
    unfold(piece);
    piece.scrollIntoView({ block: 'center' });
    if (piece.hasAttribute('href')) piece.focus({ preventScroll: true });
    if (mark) pin([mark]);
  };
  // A piece is a stop of the keyboard only where one of its layers is shown.
  const stops = () => element.querySelectorAll<HTMLElement>('a.m').forEach((piece) => {
    const seen = layers.some(([kind]) => piece.classList.contains(`m-${kind}`) && holder.classList.contains(`show-${kind}`));
    piece.setAttribute('tabindex', seen ? '0' : '-1');
  });
  const switches = layers.filter(([kind]) => found.some((mark) => mark.kind === kind)).map(([kind, words, shown]) => {
    holder.classList.toggle(`show-${kind}`, shown);
    const box = h('input', { type: 'checkbox', name: kind, checked: shown });
    box.addEventListener('change', () => { holder.classList.toggle(`show-${kind}`, box.checked); stops(); });
    const total = new Set(found.filter((mark) => mark.kind === kind).map((mark) => mark.ref)).size;
    return h('label', {}, box, ' ', h('span', { class: `swatch m-${kind}` }, words), ` ${total}`);
  });
  stops();
  const list = [...new Map(found.filter((mark) => mark.kind === 'event' || mark.kind === 'statement').map((mark) => [key(mark), mark])).values()];
  const outlet = reading.outlet?.name ?? reading.outlet?.domain ?? reading.page.path;
  holder.append(h('div', { class: 'reading' }, element), h('aside', { class: 'panel', 'aria-label': 'What annals read in the words' },
    h('div', { class: 'live', 'aria-live': 'polite' }, panel),
    list.length > 0 && h('details', { open: true }, h('summary', {}, `Events and statements (${list.length})`), h('ol', { class: 'found' }, list.map((mark) => h('li', {},
      h('a', { href: `#${key(mark)}`, click: (event: Event) => { event.preventDefault(); history.replaceState(null, '', `#${key(mark)}`); show(key(mark)); } },
        h('span', { class: `swatch m-${mark.kind}` }, mark.kind), ` ${mark.label ?? ''}`), h('span', { class: 'small' }, ` ${brief(reply.lines[mark.line]?.text.slice(mark.from, mark.to) ?? '')}`)))))));

  return {
    title: reading.title?.text ?? `Page ${reply.id}`, said: `Page with ${count(list.length, 'event or statement', 'events and statements')}`,
    body: [
      h('h1', { tabindex: -1 }, reading.title?.text ?? `Page ${reply.id}`),
      h('p', {}, outlet, ' · ', days(reply), ` (${basis(reply.basis)})`, reading.page.url && [' · ', outside(reading.page.url, reading.page.url)]),
      h('p', {}, reply.story && h('a', { href: `/story/${reply.story}` }, 'The story that it tells'), reply.copy_of && [' · ↳ copy of ', h('a', { href: `/page/${reply.copy_of}` }, `page ${reply.copy_of}`)],
        reply.version_of && [' · ↻ version of ', h('a', { href: `/page/${reply.version_of}` }, `page ${reply.version_of}`)]),
      reading.problems.length > 0 && h('p', { class: 'problems' }, `Problems: ${[...new Set(reading.problems.map((one) => one.what))].join('; ')}`),
      h('fieldset', { class: 'layers' }, h('legend', {}, 'Highlight'), switches),
      exports([['Page JSON', `/api/page/${reply.id}`], ...(['Events', 'Statements'] as const).map((words): [string, string] =>
        [`${words} CSV`, address(`/api/${words.toLowerCase()}`, { page: reply.id, limit: 500, format: 'csv' })])]),
      holder,
      h('p', { class: 'small' }, `${reading.page.path} · ${whole(reading.page.bytes)} bytes · sha256 ${reading.page.sha256}`),
    ],
    ready: () => { if (hash) show(hash); },
  };
};
