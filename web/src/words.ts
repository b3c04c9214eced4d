// SPDX-License-Identifier: Apache-2.0
// How codes read. A code that is not known here is shown as it is.
import { Days, EventRow, Party, StoryPage, Verdict } from './api';
import { h, whole } from './dom';

// A sign, a word and a sentence: a verdict is never told by colour alone.
export const verdicts: Record<Verdict, [sign: string, means: string]> = {
  conflict: ['≠', 'the reports speak of the same thing and time, and cannot all be true'],
  scope: ['⊂', 'they count or concern different things, so they need not match'],
  update: ['↻', 'a later report has a newer state of the same thing'],
  unclear: ['?', 'nothing shows whether they speak of the same thing'],
  compatible: ['≈', 'told otherwise, but all can be true; one may say more'],
  agree: ['=', 'the same, once names, days and numbers are resolved'],
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
const nouns: Record<string, string> = {
  AGREE: 'agreement or promise', CONSULT: 'meeting or talk', SUPPORT: 'support or signing', COOPERATE: 'working together', AID: 'aid', RETREAT: 'yielding or release',
  REQUEST: 'request', ACCUSE: 'accusation or criticism', REJECT: 'rejection', THREATEN: 'threat', PROTEST: 'protest', SANCTION: 'sanction or cutting of ties',
  MOBILIZE: 'mobilising', COERCE: 'coercion or arrest', ASSAULT: 'attack',
};
export const does = (type: string, several = false): string => types[type]?.[several ? 1 : 0] ?? type.toLowerCase();

declare const COUNTRY_NAMES: Record<string, string>; // build.mjs puts them in
const countries = COUNTRY_NAMES;
export const country = (code: string | null): string => (code ? countries[code] ?? code : '');

// What a comparison is about, "day of SUPPORT: IRN, RUS", as a person reads it.
export function about(text: string, kind: string): string {
  const found = /^(.*?)([A-Z]{3,}): (.+)$/.exec(text);
  const plain = found && nouns[found[2]]
    ? `${found[1].replace(/, $/, ': ')}${nouns[found[2]]}, ${found[3].replace(/ > /g, ' → ').replace(/\b[A-Z]{3}\b/g, (code) => country(code)).replace(/, (?=[^,]*$)/, ' and ')}`
    : `${kind === 'quantity' ? 'number: ' : ''}${text.replace(/ > /g, ' → ')}`;
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
// What a position says: days as a person reads them, "2017-03-27/2017-03-28".
export function says(text: string | null): string {
  if (text === null) return 'not said';
  const found = /^(\d{4}-\d\d-\d\d|\.\.)(?:\/(\d{4}-\d\d-\d\d|\.\.))?$/.exec(text);
  const known = (day: string) => (day === '..' ? null : day);
  return found ? days({ earliest: known(found[1]), latest: known(found[2] ?? found[1]) }) : text.replace(/(?<![\d.,])\d{5,}(?![\d,])/g, (digits) => whole(Number(digits)));
}

// "LTU.prime_minister" as a person reads it.
export function office(code: string | null | undefined): string {
  if (!code) return '';
  const [where, ...what] = code.split('.');
  return `${what.join(' ').replace(/_/g, ' ')}, ${country(where)}`;
}
export const who = (party: Party): string => party.name ?? party.antecedent?.text ?? party.text ?? (party.role ? `(${party.role})` : country(party.country));
export const whoAll = (parties: Party[]): string => {
  const names = [...new Set(parties.map(who).filter(Boolean))];
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
};
// What the address of a relation calls an actor.
export const actorKey = (party: Party): string | null => party.entity && !/^\d+$/.test(party.entity) ? party.entity : party.country ?? party.name;

export function sentence(event: EventRow): string {
  const actors = whoAll(event.actors) || 'somebody', several = actors.includes(' and ') || (event.mutual && !event.actors[0]?.name); // "the two sides"
  return event.recipients.length ? `${actors} → ${whoAll(event.recipients)}: ${does(event.type, several)}` : `${actors} ${does(event.type, several)}`;
}
export const states = (event: EventRow): string[] => [
  event.realis !== 'happened' ? event.realis : '', event.negated ? 'not done' : '', event.background ? 'recalled' : '', event.mutual ? 'mutual' : ''].filter(Boolean);

export const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
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
export const hasOutlet = (page: Pick<StoryPage, 'outlet' | 'domain'>): boolean => !!(page.outlet || page.domain);
export const percent = (confidence: number | null): string => (confidence === null ? '' : `${Math.round(confidence * 100)}\u00a0%`);
const kinds: Record<string, string> = { direct: 'quoted', indirect: 'in the report’s words', mixed: 'partly quoted' };
export const kindOf = (kind: string): string => kinds[kind] ?? kind;
