// SPDX-License-Identifier: Apache-2.0
// The text of a page with layers of highlights that may overlap: a line is cut wherever a mark begins or ends, and each piece carries
// the classes of all marks above it. A piece on which a mark begins is a link to that mark, so that the keyboard reaches it.
import { Line, Mark } from './api';
import { h } from './dom';

export interface Text { element: HTMLElement; pieces: Map<string, HTMLElement[]> }
const blocks: Record<string, string> = { title: 'Title', deck: 'Deck', byline: 'Byline', dateline: 'Dateline', caption: 'Caption', meta: 'Line', subhead: 'Subhead' };

// `key` names a mark across pieces; `open` is told which marks lie under a piece that is clicked or focused.
export function textOf(lines: Line[], marks: Mark[], key: (mark: Mark) => string, href: (mark: Mark) => string,
  open: (marks: Mark[], at: HTMLElement, chosen: boolean) => void): Text {
  const pieces = new Map<string, HTMLElement[]>();
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) if (mark.to > mark.from) byLine.set(mark.line, [...(byLine.get(mark.line) ?? []), mark]);
  const started = new Set<string>();

  const piece = (words: string, over: Mark[]): Node | string => {
    if (!over.length) return words;
    // The shortest mark is what somebody means who points at a word.
    const inner = [...over].sort((a, b) => a.to - a.from - (b.to - b.from));
    const first = inner.find((mark) => !started.has(key(mark)));
    over.forEach((mark) => started.add(key(mark)));
    const classes = `m ${[...new Set(over.map((mark) => `m-${mark.kind}`))].join(' ')}`;
    const element: HTMLElement = first ? h('a', { class: classes, href: href(first), title: inner.map((mark) => [mark.kind, mark.label].filter(Boolean).join(': ')).join('; ') }, words)
      : h('span', { class: classes }, words);
    element.addEventListener('click', (event) => { event.preventDefault(); open(inner, element, true); });
    element.addEventListener('focus', () => open(inner, element, false));
    element.addEventListener('mouseenter', () => open(inner, element, false));
    for (const mark of over) pieces.set(key(mark), [...(pieces.get(key(mark)) ?? []), element]);
    return element;
  };

  const body = lines.map((line, number) => {
    const over = byLine.get(number) ?? [];
    const cuts = [...new Set([0, line.text.length, ...over.flatMap((mark) => [mark.from, mark.to])])].filter((cut) => cut >= 0 && cut <= line.text.length).sort((a, b) => a - b);
    const parts = cuts.slice(0, -1).map((from, i) => piece(line.text.slice(from, cuts[i + 1]), over.filter((mark) => mark.from <= from && mark.to >= cuts[i + 1])));
    return h('p', { class: `line r-${line.role}`, 'data-begin': line.begin }, blocks[line.role] && h('span', { class: 'role' }, `${blocks[line.role]} `), parts);
  });
  return { element: h('div', { class: 'text' }, folded(lines, body)), pieces };
}

// Lines around the text (who wrote it, what else to read) are put away where there are many in a row; `unfold` brings back what is pointed at.
const around = new Set(['byline', 'meta', 'caption']), MANY = 4;
function folded(lines: Line[], body: HTMLElement[]): HTMLElement[] {
  const shown: HTMLElement[] = [];
  for (let i = 0; i < lines.length;) {
    let end = i;
    while (end < lines.length && around.has(lines[end].role)) end++;
    if (end - i < MANY) shown.push(...body.slice(i, end = Math.max(end, i + 1)));
    else shown.push(h('details', { class: 'around' }, h('summary', {}, `${end - i} lines that are not of the text (bylines, captions, links)`), body.slice(i, end)));
    i = end;
  }
  return shown;
}
export const unfold = (piece: Element): void => piece.closest('details.around')?.setAttribute('open', '');

// Where a range of page bytes with these words lies in the lines: the words in the line that holds its first byte, else the whole line.
export function place(lines: Line[], begin: number | null, end: number | null, words: string | null): Pick<Mark, 'line' | 'from' | 'to'>[] {
  if (begin === null || end === null) return [];
  const found: Pick<Mark, 'line' | 'from' | 'to'>[] = [];
  lines.forEach((line, number) => {
    if (line.end <= begin || line.begin >= end) return;
    let from = -1;
    if (words && begin >= line.begin) {
      // The same words may stand twice in a line: the one nearest to where its bytes are.
      const near = (line.text.length * (begin - line.begin)) / Math.max(1, line.end - line.begin);
      for (let at = line.text.indexOf(words); at >= 0; at = line.text.indexOf(words, at + 1)) if (from < 0 || Math.abs(at - near) < Math.abs(from - near)) from = at;
    }
    found.push(from >= 0 ? { line: number, from, to: from + words!.length } : { line: number, from: 0, to: line.text.length });
  });
  return found;
}

// The words of `text` that no other text has are marked. Of two texts that share little, marks would say nothing: none then.
const FEW = 14, SHARED = 0.3;
export function differing(text: string, others: string[]): (string | HTMLElement)[] {
  const words = (of: string) => of.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const sets = others.map((other) => new Set(words(other))), own = words(text);
  const shared = own.filter((word) => sets.some((set) => set.has(word))).length;
  if (!sets.length || (own.length > FEW && shared < own.length * SHARED)) return [text];
  // Neighbours that differ are marked as one.
  return text.split(/([\p{L}\p{N}]+)/u).reduce<{ words: string; differs: boolean }[]>((parts, part, i) => {
    const differs = i % 2 === 1 && !sets.some((set) => set.has(part.toLowerCase())), last = parts[parts.length - 1], before = parts[parts.length - 2];
    if (differs && before?.differs && last && !last.differs && /^\s+$/.test(last.words)) { before.words += last.words + part; parts.pop(); }
    else if (part) parts.push({ words: part, differs });
    return parts;
  }, []).map((part) => (part.differs ? h('em', { class: 'differs' }, part.words) : part.words));
}
