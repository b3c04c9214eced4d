// SPDX-License-Identifier: Apache-2.0
// Days on a shared axis: a day is a diamond, an interval a bar as long as what is not known, an open end fades out.
import { axisTop } from 'd3-axis';
import { ScaleTime, scaleUtc } from 'd3-scale';
import { select } from 'd3-selection';
import { Days } from './api';
import { s } from './dom';

export type Scale = ScaleTime<number, number>;
const stamp = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const DAY = 86400e3;

// A scale that holds all days; null where none is known. Open ends do not stretch it.
export function scaleOf(all: Days[], width: number): Scale | null {
  const known = all.flatMap((one) => [one.earliest, one.latest]).filter((one): one is string => !!one).map(stamp).filter(Number.isFinite);
  if (!known.length) return null;
  const low = Math.min(...known), high = Math.max(...known) + DAY, room = Math.max((high - low) * 0.03, 2 * DAY);
  return scaleUtc().domain([low - room, high + room]).range([0, width]);
}

export function axis(scale: Scale, width: number): SVGSVGElement {
  const svg = s('svg', { class: 'axis', viewBox: `0 0 ${width} 20`, 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  select(svg).append('g').attr('transform', 'translate(0,19)').call(axisTop<Date>(scale as never).ticks(Math.max(2, Math.floor(width / 90))).tickSizeOuter(0));
  return svg;
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
