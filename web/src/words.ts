// SPDX-License-Identifier: Apache-2.0
// How codes read. A code that is not known here is shown as it is.
import { Days, EventRow, Party, StoryPage, Verdict } from './api';
import { h } from './dom';

// A sign, a word and a sentence: a verdict is never told by colour alone.
export const verdicts: Record<Verdict, [sign: string, means: string]> = {
  conflict: ['≠', 'same thing, scope and time, and they cannot all be true'],
  scope: ['⊂', 'they count or concern different things'],
  update: ['↻', 'a later count of the same thing'],
  unclear: ['?', 'nothing shows that they are of the same thing'],
  compatible: ['≈', 'all can be true; one says more'],
  agree: ['=', 'the same, once resolved'],
};
export const verdictOrder = Object.keys(verdicts) as Verdict[];
export const badge = (verdict: Verdict, n?: number): HTMLElement =>
  h('span', { class: `verdict ${verdict}`, title: verdicts[verdict]?.[1] },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, verdicts[verdict]?.[0] ?? '·'), n === undefined ? verdict : `${n} ${verdict}`);

// PLOVER's types as what somebody does.
const types: Record<string, string> = {
  AGREE: 'agrees or promises', CONSULT: 'meets or talks', SUPPORT: 'supports or signs', COOPERATE: 'works together', AID: 'gives aid', RETREAT: 'yields or releases',
  REQUEST: 'asks or urges', ACCUSE: 'accuses or criticises', REJECT: 'rejects', THREATEN: 'threatens', PROTEST: 'protests', SANCTION: 'sanctions or cuts ties',
  MOBILIZE: 'mobilises', COERCE: 'coerces or arrests', ASSAULT: 'attacks',
};
export const does = (type: string): string => types[type] ?? type.toLowerCase();

let countries: Record<string, string> = {};
export const setCountries = (names: Record<string, string>): void => { countries = names; };
export const country = (code: string | null): string => (code ? countries[code] ?? code : '');

// "LTU.prime_minister" as a person reads it.
export function office(code: string | null | undefined): string {
  if (!code) return '';
  const [where, ...what] = code.split('.');
  return `${what.join(' ').replace(/_/g, ' ')}, ${country(where)}`;
}
export const who = (party: Party): string => party.name ?? party.text ?? (party.role ? `(${party.role})` : country(party.country)) ?? 'somebody';
export const whoAll = (parties: Party[]): string => [...new Set(parties.map(who).filter(Boolean))].join(', ');
// What the address of a relation calls an actor.
export const actorKey = (party: Party): string | null => party.entity && !/^\d+$/.test(party.entity) ? party.entity : party.country ?? party.name;

export function sentence(event: EventRow): string {
  const act = event.type === 'CONSULT' && event.mode === 'visit' ? 'meets (visit)' : does(event.type);
  return [whoAll(event.actors) || 'Somebody', act, event.recipients.length ? `→ ${whoAll(event.recipients)}` : ''].filter(Boolean).join(' ');
}
export const states = (event: EventRow): string[] => [
  event.realis !== 'happened' ? event.realis : '', event.negated ? 'not done' : '', event.background ? 'recalled' : '', event.mutual ? 'mutual' : ''].filter(Boolean);

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export function day(text: string): string {
  const [year, month, date] = text.split('-');
  return month ? `${date ? `${Number(date)} ` : ''}${monthNames[Number(month) - 1]} ${year}` : year;
}
// Days as precise as they are known.
export function days({ earliest, latest }: Days): string {
  if (!earliest && !latest) return 'day not known';
  if (!latest) return `${day(earliest!)} or later`;
  if (!earliest) return `${day(latest)} or earlier`;
  if (earliest === latest) return day(earliest);
  if (earliest.endsWith('-01-01') && latest === `${earliest.slice(0, 4)}-12-31`) return earliest.slice(0, 4);
  return earliest.slice(0, 7) === latest.slice(0, 7) ? `${Number(earliest.slice(8))}–${day(latest)}` : `${day(earliest)} – ${day(latest)}`;
}

const bases: Record<string, string> = {
  given: 'the day was given by the user', metadata: 'the page’s metadata has the day', stated: 'the page prints the day',
  inferred: 'told from what the text says', story: 'told from another report of the same happenings', unknown: 'nothing tells the day',
};
export const basis = (code: string): string => bases[code] ?? code;
export const outletOf = (page: Pick<StoryPage, 'outlet' | 'domain' | 'path' | 'id'>): string =>
  page.outlet ?? page.domain ?? page.path?.split('/').pop() ?? `page ${page.id}`;
export const percent = (confidence: number | null): string => (confidence === null ? '' : `${Math.round(confidence * 100)} %`);
