// SPDX-License-Identifier: Apache-2.0
// The page: an address is a view. Links inside it are followed without loading anew; the place and the title follow.
import { ApiError } from './api';
import { Child, h, say } from './dom';
import { mapView } from './map';
import { page } from './page';
import { relation } from './relation';
import { stories } from './stories';
import { story } from './story';

export interface Visit { path: string[]; params: URLSearchParams; hash: string; go: (address: string) => void }
// body: what the window shows at first; rest: puts in what lies below it, when that has been painted; ready: all is there.
export interface Shown { title: string; said?: string; body: Child; rest?: () => void; ready?: () => void }
export type View = (visit: Visit) => Promise<Shown>;

const views: Record<string, View> = { '': stories, stories, story, relation, map: mapView, page };
const links: [name: string, href: string, words: string][] = [['', '/', 'Stories'], ['relation', '/relation', 'Relation'], ['map', '/map', 'Map']];
const main = document.getElementById('main') as HTMLElement;
let turn = 0, shownAt = '';
const here = (): string => location.pathname + location.search;

function heading(view: string): void {
  document.getElementById('top')?.replaceChildren(h('a', { class: 'name', href: '/' }, 'annals'),
    h('nav', { 'aria-label': 'Views' }, links.map(([name, href, words]) => h('a', { href, 'aria-current': name === view ? 'page' : null }, words))));
  document.getElementById('bottom')?.replaceChildren(h('p', { class: 'small' },
    'annals tells what reports say and where they differ. It does not say who is right; what it does not know is left open. ',
    h('a', { href: '/assets/licenses.txt', target: '_blank', rel: 'noopener' }, 'What this page is made with')));
}

function failed(error: unknown): Shown {
  const known = error instanceof ApiError ? error : null;
  return { title: 'Not shown', said: 'This cannot be shown', body: [h('h1', { tabindex: -1 }, known?.status === 404 ? 'Nothing here' : 'This cannot be shown'),
    h('p', {}, known ? [known.message, known.where && ` (${known.where})`, '. ', known.advice] : 'The server does not answer. Is annals serve still running?'),
    h('p', {}, h('a', { href: '/' }, 'All stories'))] };
}

async function show(first: boolean): Promise<void> {
  const mine = ++turn;
  shownAt = here();
  const path = location.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const name = path[0] ?? '';
  heading(name === 'stories' ? '' : name);
  main.setAttribute('aria-busy', 'true');
  let shown: Shown;
  try {
    const view = views[name];
    if (!view) throw new ApiError(404, 'No such address', location.pathname);
    shown = await view({ path: path.slice(1), params: new URLSearchParams(location.search), hash: location.hash.slice(1), go });
  } catch (error) {
    shown = failed(error);
    if (!(error instanceof ApiError)) console.warn(String(error));
  }
  if (mine !== turn) return; // somebody has gone on
  document.title = `${shown.title} – annals`;
  main.replaceChildren(...h('div', {}, shown.body).childNodes);
  performance.mark('annals-shown');
  say(shown.said ?? shown.title);
  if (!first) {
    main.querySelector('h1')?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
  await painted();
  performance.mark('annals-painted');
  if (mine !== turn) return;
  shown.rest?.();
  main.removeAttribute('aria-busy');
  shown.ready?.();
}

const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

export function go(address: string): void {
  history.pushState(null, '', address);
  void show(false);
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin || link.hasAttribute('download') || link.target || url.pathname.startsWith('/api/') || url.pathname.startsWith('/assets/')) return;
  if (url.pathname === location.pathname && url.search === location.search && url.hash) return;
  event.preventDefault();
  go(url.pathname + url.search + url.hash);
});
// A step back to another place of the same view needs no new view.
window.addEventListener('popstate', () => { if (here() !== shownAt) void show(false); });
void show(true);
