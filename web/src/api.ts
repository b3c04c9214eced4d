// SPDX-License-Identifier: Apache-2.0
// What the server answers (docs/api.md), as types.

export interface Party { text?: string | null; name: string | null; country: string | null; entity: string | null; sector?: string | null; office?: string | null; role?: string | null; antecedent?: Words | null }
export interface Words { text: string | null; begin: number | null; end: number | null }
export type Verdict = 'agree' | 'compatible' | 'scope' | 'update' | 'conflict' | 'unclear';
export interface Days { earliest: string | null; latest: string | null }
export interface List<T> { items: T[]; total: number; next: string | null }

export interface RecordInfo extends Days { annals: string; stamp: string; pages: number; stories: number; events: number; statements: number; private_names: boolean; unfinished: boolean }
export interface StoryRow extends Days {
  id: string; headline: string | null; pages: number; outlets: number; origins: number; events?: number;
  places: string[]; parties: Party[]; verdicts: Record<Verdict, number>;
}
export interface Telling { page: number; ref: string; begin: number; end: number; text: string | null; outlet?: string | null }
export interface EventRow extends Days {
  story: string; id: string; type: string; mode: string | null; contexts: string[]; cameo: string | null; quad: number; score: number | null; goldstein: number | null;
  realis: string; negated: boolean; background: boolean; mutual: boolean; where: { name: string; country: string | null } | null;
  actors: Party[]; recipients: Party[]; pages: number; outlets: number; origins: number; confidence: number; told_in: Telling[];
}
export interface Statement extends Days {
  page: number; ref: string; story: string; kind: string; speaker: Party[]; through: { name?: string | null; text?: string | null }[]; cue: string | null;
  content: string | null; begin: number; end: number; doubtful: string | null; day: string | null; outlet: string | null; confidence: number;
}
export interface Facet { value: string; label?: string; count: number }
export interface Month { value: string; events: number; pages: number }
export interface Facets { types: Facet[]; countries: Facet[]; actors: Facet[]; outlets: Facet[]; months: Month[] }
export interface Hit extends Days { page: number; story: string | null; title: string | null; outlet: string | null; day: string | null; snippet: { text: string; hit: boolean }[] }
export interface Place { name: string; country: string | null; lat: number | null; lon: number | null; geonames: number | null; events: number; cooperation: number; conflict: number }

export interface Value { reading: string; text: string | null; begin: number | null; end: number | null; says: string | null; according_to: string | null; position: number }
export interface Comparison {
  id: string; about: string; kind: string; verdict: Verdict; why: string; values: Value[];
  positions: { position: number; says: string | null; origins: string[] }[];
}
export interface Evidence { reading?: string; begin: number | null; end: number | null; text: string | null; says: string }
export interface StoryPage extends Days {
  id: number; sha256: string; title: string | null; outlet: string | null; domain: string | null; url: string | null; path: string | null; day: string | null;
  basis: string; evidence: Evidence[]; copy_of: number | null; version_of: number | null; most_like: number | null; shares: string | null; words: number;
}
export interface StoryReply {
  story: { id: string; headline: string | null; when: Days | null; where: string[]; comparisons: Comparison[]; comparisons_left_out?: number; events: { id: string; comparisons: string[] }[] };
  pages: StoryPage[]; was: unknown[];
  events?: EventRow[]; statements?: Statement[]; texts?: PageText[]; // ?texts=1, of at most eight pages
}
export interface PageText { id: number; lines: Line[]; marks: Mark[] }
export interface Line { begin: number; end: number; role: string; text: string }
export interface Mark { kind: string; ref: string; line: number; from: number; to: number; label: string | null; why: string[]; confidence: number | null }
export interface PageReply extends Days, PageText {
  story: string | null; day: string | null; basis: string; copy_of: number | null; version_of: number | null;
  page: {
    page: { path: string; url: string | null; sha256: string; bytes: number; language: string | null }; title: { text: string } | null;
    outlet: { name: string | null; domain: string | null } | null; authors: { name?: string | null; text?: string | null }[] | null;
    published: Days & { day: string | null; basis: string; evidence: Evidence[] }; problems: { what: string }[];
  };
}
export interface Relation {
  a: Party; b: Party | null; events: EventRow[]; statements: Statement[]; about?: Statement[]; next: string | null;
  months: { month: string; cooperation: number; conflict: number; events: number; pages: number; coverage?: number }[];
  offices: { name: string; office: string; since: string | null; until: string | null }[];
}

export class ApiError extends Error {
  constructor(readonly status: number, message: string, readonly where = '', readonly advice = '') { super(message); }
}

export type Query = Record<string, string | number | null | undefined>;
export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  const words = params.toString();
  return words ? `${path}?${words}` : path;
}

export async function get<T>(path: string, query: Query = {}): Promise<T> {
  const reply = await fetch(address(path, query)); // without headers of its own, so that it meets what the server said to load before
  const body: unknown = await reply.json().catch(() => null);
  if (!reply.ok || body === null) {
    const error = (body as { error?: { what?: string; where?: string; do?: string } } | null)?.error;
    throw new ApiError(reply.status, error?.what ?? `the server answered ${reply.status}`, error?.where, error?.do);
  }
  return body as T;
}
