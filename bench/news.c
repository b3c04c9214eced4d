/* SPDX-License-Identifier: Apache-2.0 */
#include "news.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Slots: A B countries, P Q people, C D towns, N M numbers, T U things of the story. Facts of one story fill one template each; a
   report tells some of them, each in one of the two wordings of its row. */
static const char *const stock[][2] = {
    {"P met Q in C on trade between A and B", "Q received P in C for talks about trade"},
    {"A and B signed N agreements on T and U", "N papers about T were signed by A and B"},
    {"gunmen attacked a market near C in A and killed N people", "at least N died when armed men raided the market of C"},
    {"the death toll rose to N after the attack near C", "N people are now known to have died in C"},
    {"an earthquake shook C in A and destroyed N houses", "N homes fell when the ground moved under C"},
    {"rescuers pulled M people from ruined T in C", "M were found alive below the T of C"},
    {"parliament in C rejected the bill on T by N votes", "lawmakers threw out plans for T, N votes short"},
    {"P promised a new draft on T before winter", "a second bill about T will come, P said"},
    {"workers at the U plant in C walked out over pay", "a strike over wages closed the U works of C"},
    {"the union called the offer of N percent an insult", "N percent is not enough for the union"},
    {"A imposed sanctions on firms from B over T", "companies of B that trade in T are on the list of A"},
    {"B recalled its envoy from C and spoke of a farce", "the ambassador of B left C in protest"},
    {"a ferry sank on the T river near C with N on board", "N passengers were on the boat that went down off C"},
    {"divers brought up M bodies, police in D said", "police in D count M drowned"},
    {"the central bank of A raised its rate to N percent", "rates in A climb to N percent"},
    {"P warned that prices for T would go on rising", "dearer T is what P expects"},
    {"a court in C sentenced Q to N years for taking bribes", "Q must go to prison for N years, judges in C ruled"},
    {"Q denied the charge and will appeal in D", "the lawyer of Q took the case to D"},
    {"thousands marched in C against the price of T", "the cost of T drove crowds into the streets of C"},
    {"police arrested N protesters near the U bridge", "N were detained at the U bridge"},
    {"a plane with N aboard crashed on a hill near C", "the wreck of the plane with N people lies near C"},
    {"investigators found the recorder of T under snow", "the T recorder was dug out of the snow"},
    {"floods drove N families from villages along the T", "the T left its bed and N families their homes"},
    {"the army flew rice and blankets to D", "soldiers carried food into D by air"},
    {"P of C won the U cup final with M goals", "M goals took P and C to the U cup"},
    {"Q missed a penalty in the last minute", "a late penalty was wasted by Q"},
    {"A will send N soldiers to the border with B", "N troops of A go to the frontier of B"},
    {"Q called the move a threat to T", "T is in danger, Q told reporters"},
    {"the firm T cut N jobs in C and D", "N posts at T in C and D are to go"},
    {"shares of T lost M percent in an hour", "investors sold T, down by M percent"},
    {"doctors in C counted N cases of U fever", "U fever has reached N people in C"},
    {"A closed schools in D until the fever ends", "children in D stay at home because of the fever"},
    {"rebels near C freed M hostages after talks in D", "M captives came home after a deal made in D"},
    {"the two sides agreed to a truce of N days", "guns are to be silent for N days"},
};
enum { STOCK = sizeof stock / sizeof *stock, FACTS = 10, COUNTRIES = 120, TOWNS = 600, MAX_WORDS = 600, MAX_FACTS = 16 };

static uint64_t mix(uint64_t a, uint64_t b) { return an_hash_mix(a * 0x9E3779B97F4A7C15U + 1, b + 0x632BE59BD9B4E019U); }
static uint32_t draw(uint64_t *state, uint32_t below) { *state = mix(*state, 7); return below == 0 ? 0 : (uint32_t)((*state >> 11) % below); }

typedef struct story_of { uint32_t id; uint32_t a, b, c, d, p, q, n, m, t, u, day; uint32_t fact[FACTS]; } story_of;

static story_of make(const news *of, uint32_t id) {
  uint64_t s = mix(of->seed, id);
  story_of out = {.id = id, .a = draw(&s, COUNTRIES), .b = draw(&s, COUNTRIES), .c = draw(&s, TOWNS), .d = draw(&s, TOWNS), .p = draw(&s, 1500), .q = draw(&s, 1500),
                  .n = 2 + draw(&s, 400), .m = 2 + draw(&s, 90), .t = draw(&s, 500), .u = draw(&s, 500), .day = draw(&s, 365)};
  uint32_t first = 2 * draw(&s, STOCK / 2);
  for (uint32_t i = 0; i < FACTS; i++) out.fact[i] = i < 2 ? first + i : draw(&s, STOCK);
  return out;
}

/* Stories have one to nine reports, five at the mean. */
uint32_t news_story_of(const news *of, uint32_t index) {
  uint32_t mean = of->reports / of->stories, block = index / (10 * mean), at = index % (10 * mean), story = block * 10;
  for (uint32_t size = 1; size <= 2 * mean - 1; size += 2 * (mean - 1) / 9 > 0 ? 2 * (mean - 1) / 9 : 1, story++) {
    if (at < size) break;
    at -= size;
    if (story % 10 == 9) break;
  }
  return story < of->stories ? story : of->stories - 1;
}

typedef struct text { uint64_t fold[MAX_WORDS]; uint32_t key[MAX_WORDS]; uint8_t rare[MAX_WORDS]; bool name[MAX_WORDS]; uint32_t count; const char *told[MAX_FACTS]; uint32_t fact_count; } text;

static void add_word(text *t, const char *word, size_t size, bool slot, bool name) {
  if (t->count == MAX_WORDS) return;
  uint64_t fold = an_hash64(word, size);
  bool small = !slot && size <= 3;
  t->fold[t->count] = fold;
  t->key[t->count] = small ? 0 : dg_word_key(fold, 0);
  t->name[t->count] = name;
  t->rare[t->count++] = slot ? 90 : 45;
}

static void add_slot(text *t, const story_of *s, char slot) {
  char word[32];
  const uint32_t value = slot == 'A' ? s->a : slot == 'B' ? s->b : slot == 'C' ? s->c : slot == 'D' ? s->d : slot == 'P' ? s->p
                         : slot == 'Q' ? s->q : slot == 'N' ? s->n : slot == 'M' ? s->m : slot == 'T' ? s->t : s->u;
  const int kind = slot == 'B' ? 'A' : slot == 'D' ? 'C' : slot == 'Q' ? 'P' : slot == 'M' ? 'N' : slot == 'U' ? 'T' : slot;
  int size = snprintf(word, sizeof word, "%c%u", kind, value);
  add_word(t, word, (size_t)size, slot != 'N' && slot != 'M' && slot != 'A' && slot != 'B', kind == 'C' || kind == 'P');
}

static void add_fact(text *t, const story_of *s, uint32_t fact, uint32_t wording) {
  const char *at = stock[fact][wording];
  if (t->fact_count < MAX_FACTS) t->told[t->fact_count++] = at;
  while (*at != '\0') {
    size_t size = strcspn(at, " ,");
    if (size == 1 && *at >= 'A' && *at <= 'Z') add_slot(t, s, *at);
    else add_word(t, at, size, false, false);
    at += size;
    at += strspn(at, " ,");
  }
}

/* ---- A text becomes a digest ---- */

static int by_key(const void *a, const void *b) { const dg_weight *x = a, *y = b; return (x->key > y->key) - (x->key < y->key); }
static int by_number(const void *a, const void *b) { uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b; return (x > y) - (x < y); }

static dg_words keys_of(an_arena *arena, const uint32_t *keys, uint32_t count, uint32_t most) {
  dg_words out = {AN_NEW(arena, uint32_t, count), 0};
  memcpy(out.at, keys, count * sizeof *keys);
  qsort(out.at, count, sizeof *keys, by_number);
  for (uint32_t i = 0; i < count; i++)
    if (out.at[i] != 0 && (out.count == 0 || out.at[out.count - 1] != out.at[i])) out.at[out.count++] = out.at[i];
  if (out.count > most) out.count = most;
  return out;
}

static void profile(an_arena *arena, const text *t, dg *d) {
  dg_weight *all = AN_NEW(arena, dg_weight, t->count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < t->count; i++)
    if (t->key[i] != 0) all[count++] = (dg_weight){t->key[i], t->rare[i], t->name[i]};
  qsort(all, count, sizeof *all, by_key);
  d->profile.at = AN_NEW(arena, dg_weight, count);
  for (uint32_t i = 0, end; i < count && d->profile.count < 80; i = end) {
    for (end = i; end < count && all[end].key == all[i].key;) end++;
    double says = all[i].weight * (1 + log(end - i));
    d->profile.at[d->profile.count++] = (dg_weight){all[i].key, (uint8_t)(says > 255 ? 255 : says), all[i].name};
  }
}

static void shingles(an_arena *arena, const text *t, dg *d) {
  uint32_t *keys = AN_NEW(arena, uint32_t, t->count), count = 0;
  for (uint32_t i = 4; i < t->count; i++) keys[count++] = (uint32_t)an_hash64(&t->fold[i - 4], 5 * sizeof t->fold[0]);
  while (count >> d->scale > 96) d->scale++;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (d->scale == 0 || keys[i] >> (32 - d->scale) == 0) keys[kept++] = keys[i];
  d->shingles = keys_of(arena, keys, kept, 192);
}

static dg_parties country(an_arena *arena, uint32_t number) {
  dg_party *p = AN_NEW(arena, dg_party, 1);
  an_text code = an_arena_printf(arena, "X%02u", number);
  *p = (dg_party){.name = an_arena_printf(arena, "Country %u", number), .text = code, .country = code, .sector = AN_LIT("GOV"), .span = {100, 109}};
  return (dg_parties){p, 1};
}

static void events(an_arena *arena, const story_of *s, const text *t, dg *d, an_days when) {
  static const char *const types[] = {"CONSULT", "AGREE", "ASSAULT", "SANCTION", "PROTEST"};
  d->events = AN_NEW(arena, dg_event, 4);
  d->event_count = 4;
  for (uint32_t i = 0; i < 4; i++) {
    uint32_t begin = 100 + 200 * i;
    d->events[i] = (dg_event){.id = an_arena_printf(arena, "e%u", begin), .trigger = begin, .trigger_end = begin + 6, .trigger_text = AN_LIT("signed"), .evidence = {begin - 40, begin + 80},
                              .shown = {begin - 40, begin + 40}, .text = AN_LIT("what the sentence says of the act, as far as it is kept"), .type = an_text_of(types[(s->fact[i] + i) % 5]), .quad = 1,
                              .score = 2, .goldstein = NAN, .lead = i < 2, .actors = country(arena, s->a), .recipients = country(arena, s->b), .told_by = AN_NONE,
                              .repeats = AN_NONE, .trigger_word = s->fact[i] + 1, .confidence = 800};
    d->events[i].when = (dg_when){.span = {begin + 90, begin + 97}, .text = AN_LIT("Tuesday"), .days = when, .basis = AN_WHEN_STATED};
    d->events[i].where = (dg_place){.span = {begin + 60, begin + 66}, .text = an_arena_printf(arena, "C%u", s->c), .name = an_arena_printf(arena, "C%u", s->c), .country = d->events[i].actors.at[0].country,
                                    .lat = (double)(s->c % 160) - 80, .lon = (double)(s->c % 340) - 170, .precision = AN_WHERE_CITY};
    uint32_t from = i * 9 < t->count ? i * 9 : 0;
    d->events[i].words = keys_of(arena, t->key + from, t->count - from < 14 ? t->count - from : 14, 14);
  }
}

static void said_and_counted(an_arena *arena, const story_of *s, const text *t, dg *d) {
  d->statements = AN_NEW(arena, dg_statement, 3);
  d->statement_count = 3;
  for (uint32_t i = 0; i < 3; i++) {
    dg_part *part = AN_NEW(arena, dg_part, 1);
    uint32_t begin = 1000 + 100 * i, from = i * 12 < t->count ? i * 12 : 0;
    dg_words words = keys_of(arena, t->key + from, t->count - from < 12 ? t->count - from : 12, 12);
    *part = (dg_part){{begin, begin + 70}, AN_LIT("the words of somebody who was asked"), words, words, false};
    an_span *content = AN_NEW(arena, an_span, 1);
    content[0] = part->span;
    d->statements[i] = (dg_statement){.speakers = country(arena, i == 0 ? s->a : s->b), .content = content, .content_count = 1, .shown = part->span, .text = part->text,
                                      .repeats = AN_NONE, .words = words, .parts = part, .part_count = 1};
  }
  d->quantities = AN_NEW(arena, dg_quantity, 2);
  d->quantity_count = 2;
  for (uint32_t i = 0; i < 2; i++) {
    double n = i == 0 ? s->n : s->m;
    d->quantities[i] = (dg_quantity){.span = {400 + 50 * i, 409 + 50 * i}, .sentence = {380, 460}, .text = AN_LIT("so many"), .of = AN_LIT("people"), .relation = AN_EQUAL, .value = n, .low = n,
                                     .high = n, .soft_low = n, .soft_high = n, .statement = AN_NONE, .event = i, .clause = AN_NONE, .thing = 5 + i, .thing_name = AN_LIT("killed"), .grows = true};
  }
}

/* Each fact is a clause: what it says decides how near two pages are in meaning. */
static void clauses(an_arena *arena, const text *t, dg *d) {
  d->clauses = AN_NEW(arena, dg_clause, t->fact_count);
  d->clause_count = t->fact_count;
  for (uint32_t i = 0; i < t->fact_count; i++)
    d->clauses[i] = (dg_clause){.span = {3000 + 100 * i, 3060 + 100 * i}, .text = an_text_of(t->told[i]), .lead = i < 2, .main = true, .statement = AN_NONE, .event = AN_NONE};
}

static void write_text(const news *of, int kind, uint32_t index, const story_of *s, text *t) {
  uint64_t r = mix(of->seed + 1, kind == NEWS_COPIES ? 0 : index);
  uint32_t told = 5 + draw(&r, FACTS - 4);
  bool copy = kind == NEWS_STORIES && draw(&r, 10) < 4 && index > 0 && news_story_of(of, index - 1) == s->id;
  if (copy) r = mix(of->seed + 2, s->id); /* the agency's text of the story, with a sentence of the outlet's own */
  for (uint32_t i = 0; i < told; i++) add_fact(t, s, s->fact[i < 2 ? i : draw(&r, FACTS)], draw(&r, 2));
  r = mix(of->seed + 3, kind == NEWS_COPIES ? 0 : index);
  add_fact(t, &(story_of){.t = draw(&r, 500), .c = draw(&r, TOWNS), .p = draw(&r, 1500)}, draw(&r, STOCK), 0);
}

/* Page `index` of a chain: a window of eight facts that moves by one a page. */
static void write_chain(const news *of, uint32_t index, text *t) {
  for (uint32_t i = index; i < index + 8; i++) {
    story_of s = make(of, 700000 + i);
    add_fact(t, &s, s.fact[0], 0);
  }
}

an_status news_report(const news *of, int kind, uint32_t index, an_arena *scratch, an_buf *buf, an_error *err) {
  static text t;
  uint32_t id = kind == NEWS_STORIES ? news_story_of(of, index) : 0;
  story_of s = make(of, kind == NEWS_CHAIN ? 700000 + index : id);
  uint64_t r = mix(of->seed + 4, index);
  t.count = t.fact_count = 0;
  if (kind == NEWS_CHAIN) write_chain(of, index, &t);
  else write_text(of, kind, index, &s, &t);
  an_day day = an_day_of(2021, 1, 1) + (an_day)(kind == NEWS_CHAIN ? 9 : s.day) + (kind == NEWS_STORIES ? (an_day)draw(&r, 3) : 0);
  bool dated = kind != NEWS_STORIES || draw(&r, 20) > 0;
  dg d = {.stamp = 1, .path = an_arena_printf(scratch, "%u/%u", id, index), .url = an_arena_printf(scratch, "https://outlet-%u.example/%u", index % 97, index),
          .outlet = an_arena_printf(scratch, "Outlet %u", index % 97), .title = an_arena_printf(scratch, "Report on %u", id), .day = dated ? day : AN_DAY_OPEN_EARLIEST,
          .published = dated ? an_days_single(day) : AN_DAYS_ANY, .basis = AN_BASIS_METADATA};
  uint64_t sha[4] = {mix(of->seed, index), mix(of->seed + 5, index), index, 1};
  memcpy(d.sha256, sha, sizeof d.sha256);
  profile(scratch, &t, &d);
  shingles(scratch, &t, &d);
  d.head = keys_of(scratch, t.key, t.count < 40 ? t.count : 40, 96);
  events(scratch, &s, &t, &d, an_days_single(an_day_of(2021, 1, 1) + (an_day)s.day));
  said_and_counted(scratch, &s, &t, &d);
  clauses(scratch, &t, &d);
  an_buf_init(buf, AN_DIGEST_MAX);
  return dg_write(&d, buf, err);
}
