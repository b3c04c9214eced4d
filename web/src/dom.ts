// SPDX-License-Identifier: Apache-2.0
// Elements. Every word of a page reaches the document through a text node made here; nothing is ever parsed as HTML.

export type Child = Node | string | number | null | undefined | false | Child[];
export type Props = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

// Marks that turn the direction of what follows them are shown as a box, one for one so that offsets hold.
const turning = /[\u202a-\u202e\u2066-\u2069]/g;
export const clean = (text: string): string => text.replace(turning, '\u25af');

// Only http and https lead out of the record; everything else is shown as text.
export function safeUrl(url: string | null | undefined): string | null {
  if (!url) return null;
  if (/^[/#?](?!\/)/.test(url)) return url;
  try {
    const { protocol } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? url : null;
  } catch { return null; }
}

function add(to: Node, child: Child): void {
  if (child === null || child === undefined || child === false) return;
  if (Array.isArray(child)) child.forEach((one) => add(to, one));
  else to.appendChild(child instanceof Node ? child : document.createTextNode(clean(String(child))));
}

function fill<E extends Element>(element: E, props: Props, children: Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (name === 'style' || name.startsWith('on')) throw new Error(`no attribute ${name} here`);
    else if (name === 'href') { const url = safeUrl(String(value)); if (url) element.setAttribute('href', url); }
    else element.setAttribute(name, value === true ? '' : clean(String(value)));
  }
  add(element, children);
  return element;
}

export const h = <K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] =>
  fill(document.createElement(tag), props, children);
export const s = <K extends keyof SVGElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): SVGElementTagNameMap[K] =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children);

// A link to a place outside, or its address as text where it is none to be followed.
export const outside = (url: string | null, words: string): Node =>
  url && safeUrl(url) ? h('a', { href: url, rel: 'noreferrer noopener external', target: '_blank' }, words) : h('span', {}, words);
export const quiet = (words: string): HTMLElement => h('span', { class: 'quiet' }, words);
// 1,234: toLocaleString, which does the same, takes a tenth of a view.
export const whole = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
export const count = (n: number, one: string, many = `${one}s`): string => `${whole(n)} ${n === 1 ? one : many}`;

// What a change means to somebody who does not see it.
export function say(words: string): void {
  const place = document.getElementById('said');
  if (place) place.textContent = words;
}

// "Take away": the addresses that give the same as data.
export function exports(links: [words: string, href: string][]): HTMLElement {
  return h('nav', { class: 'exports', 'aria-label': 'Take away' },
    'Take away: ', links.map(([words, href]) => h('a', { href, download: '' }, words)),
    h('button', { type: 'button', class: 'plain', click: () => window.print() }, 'Print'));
}
