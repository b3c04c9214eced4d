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

// PLOVER's types as what somebody does: one, several.
const types: Record<string, [one: string, several: string]> = {
  AGREE: ['agrees or promises', 'agree or promise'], CONSULT: ['meets or talks', 'meet or talk'], SUPPORT: ['supports or signs', 'support or sign'],
  COOPERATE: ['works together', 'work together'], AID: ['gives aid', 'give aid'], RETREAT: ['yields or releases', 'yield or release'],
  REQUEST: ['asks or urges', 'ask or urge'], ACCUSE: ['accuses or criticises', 'accuse or criticise'], REJECT: ['rejects', 'reject'],
  THREATEN: ['threatens', 'threaten'], PROTEST: ['protests', 'protest'], SANCTION: ['sanctions or cuts ties', 'sanction or cut ties'],
  MOBILIZE: ['mobilises', 'mobilise'], COERCE: ['coerces or arrests', 'coerce or arrest'], ASSAULT: ['attacks', 'attack'],
};
export const does = (type: string, several = false): string => types[type]?.[several ? 1 : 0] ?? type.toLowerCase();

let countries: Record<string, string> = {};
export const setCountries = (names: Record<string, string>): void => { countries = names; };
export const country = (code: string | null): string => (code ? countries[code] ?? code : '');

// "LTU.prime_minister" as a person reads it.
export function office(code: string | null | undefined): string {
  if (!code) return '';
  const [where, ...what] = code.split('.');
  return `${what.join(' ').replace(/_/g, ' ')}, ${country(where)}`;
}
export const who = (party: Party): string => party.name ?? party.text ?? (party.role ? `(${party.role})` : country(party.country));
export const whoAll = (parties: Party[]): string => {
  const names = [...new Set(parties.map(who).filter(Boolean))];
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
};
// What the address of a relation calls an actor.
export const actorKey = (party: Party): string | null => party.entity && !/^\d+$/.test(party.entity) ? party.entity : party.country ?? party.name;

export function sentence(event: EventRow): string {
  const actors = whoAll(event.actors) || 'somebody', several = event.actors.length > 1 && actors.includes(' and ');
  return [actors, does(event.type, several), event.recipients.length ? `→ ${whoAll(event.recipients)}` : ''].filter(Boolean).join(' ');
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
