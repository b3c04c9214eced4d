// SPDX-License-Identifier: Apache-2.0
// Days on a shared axis: a day is a diamond, an interval a bar as long as what is not known, an open end fades out.
import { Days } from './api';
import { s } from './dom';
import { monthNames } from './words';

export interface Scale { (stamp: number): number; low: number; high: number }
const stamp = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const DAY = 86400e3;

// A scale that holds all days; null where none is known. Open ends do not stretch it.
export function scaleOf(all: Days[], width: number): Scale | null {
  const known = all.flatMap((one) => [one.earliest, one.latest]).filter((one): one is string => !!one).map(stamp).filter(Number.isFinite);
  if (!known.length) return null;
  const first = Math.min(...known), last = Math.max(...known) + DAY, room = Math.max((last - first) * 0.03, 2 * DAY);
  const low = first - room, high = last + room;
  return Object.assign((at: number) => ((at - low) / (high - low)) * width, { low, high });
}

// Ticks at whole days, months or years, some 90 units apart or more.
function ticks(scale: Scale, width: number): [at: number, words: string][] {
  const least = (scale.high - scale.low) / DAY / Math.max(2, Math.floor(width / 90)), first = new Date(scale.low), found: [number, string][] = [];
  const months = [1, 3, 6, 12, 24, 36, 48, 60, 120, 240, 600, 1200].find((one) => one * 30.5 >= least) ?? 6000, days = [1, 2, 7].find((one) => one >= least);
  for (let i = 0; i < 40; i++) {
    const begin = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
    const at = days ? (Math.ceil(scale.low / DAY / days) + i) * days * DAY : Date.UTC(Math.floor((begin + i * months) / 12), (begin + i * months) % 12, 1);
    if (at > scale.high) break;
    const date = new Date(at), month = monthNames[date.getUTCMonth()];
    if (at >= scale.low) found.push([at, days ? `${date.getUTCDate()} ${month}` : months >= 12 || date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : month]);
  }
  return found;
}

export function axis(scale: Scale, width: number): SVGSVGElement {
  return s('svg', { class: 'axis', viewBox: `0 0 ${width} 20`, 'aria-hidden': 'true', preserveAspectRatio: 'none' },
    s('path', { d: `M0,19H${width}`, fill: 'none' }), ticks(scale, width).map(([at, words]) => s('g', { transform: `translate(${scale(at)},19)` },
      s('line', { y2: -6 }), s('text', { y: -9, 'text-anchor': scale(at) > width - 14 ? 'end' : scale(at) < 14 ? 'start' : 'middle' }, words))));
}

export function bar(scale: Scale | null, { earliest, latest }: Days, width: number): SVGSVGElement {
  const svg = s('svg', { class: 'bar', viewBox: `0 0 ${width} 16`, 'aria-hidden': 'true' });
  if (!scale || (!earliest && !latest)) return svg;
  const from = earliest ? scale(stamp(earliest)) : 0, to = latest ? scale(stamp(latest) + DAY) : width;
  svg.append(s('line', { class: 'rail', x1: 0, x2: width, y1: 8, y2: 8 }));
  if (earliest === latest) {
    const x = (from + to) / 2;
    svg.append(s('path', { class: 'known', d: `M${x - 5},8 L${x},3 L${x + 5},8 L${x},13 Z` }));
    return svg;
  }
  svg.append(s('rect', { class: earliest && latest ? 'known' : 'open', x: from, y: 5, width: Math.max(to - from, 4), height: 6, rx: 1 }));
  if (earliest) svg.append(s('line', { class: 'end', x1: from, x2: from, y1: 2, y2: 14 }));
  if (latest) svg.append(s('line', { class: 'end', x1: to, x2: to, y1: 2, y2: 14 }));
  return svg;
}
