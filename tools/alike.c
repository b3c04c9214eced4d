/* SPDX-License-Identifier: Apache-2.0 */
/* alike DATA [--weights TABLE] FILE...: reads the marked reports of data/compared and writes, a line each, every two numbers and every two clauses of two
   reports of one story, with their signs (src/story/alike.h), for tools/train_alike.py:

     signs count NAME...                                             the names of the signs, in order; also of clause
     signs row|said NAME...
     row STORY A,B C FACT - SIGN,SIGN,... BEGIN-END BEGIN-END WORDS | WORDS     a number of C that a row of numbers of the others lacks: the row's first, and it (compare_number.c)
     count|clause|said STORY A B FACT VERDICT SIGN,SIGN,... BEGIN-END BEGIN-END WORDS | WORDS    FACT 0: marked as of no one fact; VERDICT "-"; "unclear" also where a noun tells a part of what is marked

   STORY is the file and the story. --weights: by the weights of a table like alike.tsv in place of those in DATA (rows are to be of stories that it did not learn from).

   The marks are taken out before the pages are read. Ranges are bytes of the pages without marks.

   alike DATA --pages LIST LEAST: the same of pages as they are, which LIST puts into stories (STORY, PATH, DAY or -, OUTLET, tab-separated, a story's
   pages together), of those pairs alone whose share is LEAST or more; A and B are the paths. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "story/alike.h"
#include "train/must.h"

enum { TEXT_MAX = 1 << 20, MARKS = 64, REPORTS = 8, PAIRS = 2048, LINE = 1 << 14 };
typedef struct mark { uint32_t fact, begin, end; } mark;
typedef struct report { char name[512], outlet[128]; an_days day; uint32_t size, mark_count; char text[TEXT_MAX]; mark marks[MARKS]; } report;
typedef struct pair { uint32_t fact; char a, b; char verdict[16]; bool of_words; } pair;   /* of_words: what somebody said */
typedef struct marked { bool as_they_are; double least; char name[64]; report reports[REPORTS]; uint32_t report_count; pair pairs[PAIRS]; uint32_t pair_count; } marked;

static an_worker *worker;
static const an_engine *engine;
static const char *table;       /* of weights, or NULL */

static void well(an_status status, const an_error *err) {
  if (status != AN_OK) fprintf(stderr, "alike: %s\n", err->message), exit(2);
}

/* ---- The file ------------------------------------------------------------------------------------------- */

static void add_line(report *r, const char *line) {
  uint32_t open = 0, fact = 0;
  for (const char *at = line; *at != '\0' && r->size + 2 < TEXT_MAX; at++) {
    if (*at == '{') {
      char *end = NULL;
      fact = (uint32_t)strtoul(at + 1, &end, 10);
      open = r->size;
      if (*end == '\0') break;
      at = end; /* the colon */
    } else if (*at == '}') {
      if (r->mark_count < MARKS) r->marks[r->mark_count++] = (mark){fact, open, r->size};
    } else {
      r->text[r->size++] = *at;
    }
  }
  if (r->size < TEXT_MAX) r->text[r->size++] = '\n';
}

static void begin_report(marked *m, char *line) {
  report *r = &m->reports[m->report_count++];
  int year = 0, month = 0, day = 0;
  char *outlet = strchr(line, '|'), *published = outlet == NULL ? NULL : strchr(outlet + 1, '|');
  memset(r, 0, sizeof *r);
  if (published == NULL || sscanf(published + 1, "%d-%d-%d", &year, &month, &day) != 3) fprintf(stderr, "alike: %s: == NAME | OUTLET | DAY\n", line), exit(2);
  snprintf(r->name, sizeof r->name, "%.1s", line + 3);
  snprintf(r->outlet, sizeof r->outlet, "%.*s", (int)(published - outlet - 3 > 0 ? published - outlet - 3 : 0), outlet + 2);
  r->day = an_days_single(an_day_of(year, (unsigned)month, (unsigned)day));
}

static void add_pairs(marked *m, char *line) {
  uint32_t fact = (uint32_t)strtoul(line, NULL, 10);
  char *at = strchr(line, '|'), *end = at == NULL ? NULL : strchr(at + 1, '|');
  if (end == NULL) return;
  bool of_words = strncmp(at, "| saying", 8) == 0 || strncmp(at, "| wording", 9) == 0;
  for (char *save = NULL, *one = strtok_r(end + 1, ",|", &save); one != NULL && m->pair_count < PAIRS; one = strtok_r(NULL, ",|", &save)) {
    pair *p = &m->pairs[m->pair_count];
    if (sscanf(one, " %c-%c %15s", &p->a, &p->b, p->verdict) != 3) break;
    p->fact = fact;
    p->of_words = of_words;
    m->pair_count++;
  }
}

/* ---- A story -------------------------------------------------------------------------------------------- */

static uint32_t overlap(an_span x, uint32_t begin, uint32_t end) {
  uint32_t from = x.begin > begin ? x.begin : begin, to = x.end < end ? x.end : end;
  return to > from ? to - from : 0;
}

/* A clause has a fact when most of the mark, or of the clause, lies in the other; what a noun tells, when most of the mark lies in it. It tells the fact where
   the mark lies in no smaller clause. */
static bool has(const mark *m, const dg_clause *c) {
  uint32_t common = overlap(c->span, m->begin, m->end), own = c->span.end - c->span.begin;
  return 5 * common >= 3 * (own < m->end - m->begin && !c->noun ? own : m->end - m->begin);
}

static bool tells(const mark *m, const st_clause_at *all, uint32_t count, const st_clause_at *c, bool nouns) {
  uint32_t own = c->c->span.end - c->c->span.begin;
  if (!has(m, c->c)) return false;
  for (uint32_t i = 0; i < count; i++) {
    an_span inner = all[i].c->span;
    bool smaller = all[i].reading == c->reading && (nouns || !all[i].c->noun) && inner.begin >= c->c->span.begin && inner.end <= c->c->span.end && inner.end - inner.begin < own;
    if (smaller && inner.begin <= m->begin && inner.end >= m->end) return false;
  }
  return true;
}

/* The fact that both tell. Or *nearly: both have a part of it, where one is a noun's, or a noun in one tells it: they are neither of one fact nor of two. */
static uint32_t fact_of_clauses(const marked *m, const st_clause_at *all, uint32_t count, const st_clause_at *x, const st_clause_at *y, bool *nearly) {
  const report *a = &m->reports[x->reading], *b = &m->reports[y->reading];
  uint32_t part = 0;
  for (uint32_t i = 0; i < a->mark_count; i++)
    for (uint32_t k = 0; k < b->mark_count; k++) {
      const mark *one = &a->marks[i], *other = &b->marks[k];
      if (one->fact != other->fact) continue;
      if (tells(one, all, count, x, true) && tells(other, all, count, y, true)) return one->fact;
      bool touch = (x->c->noun || y->c->noun) && overlap(x->c->span, one->begin, one->end) > 0 && overlap(y->c->span, other->begin, other->end) > 0;
      if (touch || (tells(one, all, count, x, false) && tells(other, all, count, y, false))) part = one->fact;
    }
  *nearly = part != 0;
  return part;
}

static const char *verdict_of(const marked *m, uint32_t fact, const report *a, const report *b) {
  for (uint32_t i = 0; i < m->pair_count; i++)
    if (m->pairs[i].fact == fact && m->pairs[i].a == a->name[0] && m->pairs[i].b == b->name[0]) return m->pairs[i].verdict;
  return "-";
}

static bool is_marked(const report *r, an_span span, uint32_t fact) {
  for (uint32_t i = 0; i < r->mark_count; i++)
    if (r->marks[i].fact == fact && r->marks[i].begin < span.end && span.begin < r->marks[i].end) return true;
  return false;
}

/* A fact has one mark in a report, which may tell its number again: the same number of the same noun is of it too. */
static bool tells_number(const report *r, const st_number_at *all, uint32_t count, const st_number_at *n, uint32_t fact) {
  if (is_marked(r, n->g.q->span, fact)) return true;
  for (uint32_t i = 0; i < count; i++) {
    const dg_quantity *x = all[i].g.q, *y = n->g.q;
    bool same = all[i].g.reading == n->g.reading && x->value == y->value && an_text_equal(x->unit, y->unit) && (y->value > 12 || x->of_word == y->of_word);
    if (same && is_marked(r, x->span, fact)) return true;
  }
  return false;
}

static uint32_t fact_of_numbers(const marked *m, const st_number_at *all, uint32_t count, const st_number_at *x, const st_number_at *y) {
  const report *a = &m->reports[x->g.reading], *b = &m->reports[y->g.reading];
  for (uint32_t i = 0; i < a->mark_count; i++)
    if (tells_number(a, all, count, x, a->marks[i].fact) && tells_number(b, all, count, y, a->marks[i].fact)) return a->marks[i].fact;
  return 0;
}

static void print(const marked *m, const char *kind, uint32_t fact, bool nearly, const report *a, an_span x, const report *b, an_span y, const st_signs *signs, uint32_t sign_count) {
  uint32_t printed = 0;
  printf("%s\t%s\t%s\t%s\t%u\t%s\t", kind, m->name, a->name, b->name, fact, fact == 0 ? "-" : nearly ? "unclear" : verdict_of(m, fact, a, b));
  for (uint32_t i = 0; i < sign_count; i++)
    if (signs->at[i]) printf("%s%u", printed++ > 0 ? "," : "", i);
  printf("\t%u-%u\t%u-%u\t", x.begin, x.end, y.begin, y.end);
  if (m->as_they_are) printf("-\n");
  else printf("%.*s | %.*s\n", (int)(x.end - x.begin), a->text + x.begin, (int)(y.end - y.begin), b->text + y.begin);
}

/* The fact that most reports of a row tell, if two do. */
static uint32_t fact_of_row(const marked *m, const st_field *f, const st_thing *t) {
  uint32_t best = 0, most = 1;
  for (uint32_t i = 0; i < t->count; i++) {
    const report *own = &m->reports[f->all[t->at[i]].g.reading];
    for (uint32_t k = 0; k < own->mark_count; k++) {
      uint32_t fact = own->marks[k].fact, reports = 0;
      for (uint32_t r = 0; r < m->report_count; r++) {
        bool tells = false;
        for (uint32_t j = 0; j < t->count; j++) tells |= f->all[t->at[j]].g.reading == r && tells_number(&m->reports[r], f->all, f->count, &f->all[t->at[j]], fact);
        reports += tells;
      }
      if (reports > most) { most = reports; best = fact; }
    }
  }
  return best;
}

static void print_rivals(st_story *story, st_words *words, st_linked *linked, const marked *m) {
  st_field f;
  st_rival *rivals;
  uint32_t count;
  if (!st_find_things(story, words, linked, &f) || !st_find_rivals(&f, &rivals, &count)) exit(2);
  for (uint32_t i = 0; i < count; i++) {
    const st_thing *t = &f.things[rivals[i].row];
    const given *first = &f.all[t->at[0]].g, *g = &f.all[rivals[i].at].g;
    uint32_t fact = fact_of_row(m, &f, t);
    bool told = fact != 0 && tells_number(&m->reports[g->reading], f.all, f.count, &f.all[rivals[i].at], fact);
    print(m, "row", told ? fact : 0, false, &m->reports[first->reading], first->q->span, &m->reports[g->reading], g->q->span, &rivals[i].signs, ST_ROW_SIGNS.count);
  }
}

/* Most of the mark, or of the part, lies in the other. */
static bool quotes(const mark *m, an_span part) {
  uint32_t own = part.end - part.begin, size = m->end - m->begin;
  return 5 * overlap(part, m->begin, m->end) >= 3 * (own < size ? own : size);
}

static bool is_of_words(const marked *m, uint32_t fact) {
  for (uint32_t i = 0; i < m->pair_count; i++)
    if (m->pairs[i].fact == fact) return m->pairs[i].of_words;
  return false;
}

/* What is said is one saying where both quote a mark of words; where they tell another fact it is neither right nor wrong. */
static void print_sayings(st_story *story, st_words *words, const marked *m) {
  st_said_at *all;
  uint32_t count;
  st_signs signs;
  if (!st_sayings_of(story, words, &all, &count)) exit(2);
  for (uint32_t x = 0; x < count; x++)
    for (uint32_t y = x + 1; y < count; y++) {
      const report *a = &m->reports[all[x].reading], *b = &m->reports[all[y].reading];
      uint32_t fact = 0;
      bool words_of = false;
      if (a == b) continue;
      for (uint32_t i = 0; i < a->mark_count && !words_of; i++)
        for (uint32_t k = 0; k < b->mark_count && !words_of; k++)
          if (a->marks[i].fact == b->marks[k].fact && quotes(&a->marks[i], all[x].part->span) && quotes(&b->marks[k], all[y].part->span)) {
            fact = a->marks[i].fact;
            words_of = is_of_words(m, fact);
          }
      if (st_said_signs(words, &all[x], &all[y], &signs)) print(m, "said", fact, !words_of, a, all[x].part->span, b, all[y].part->span, &signs, ST_SAID_SIGNS.count);
    }
}

static void compare(st_story *story, const marked *m) {
  st_words words = {.lexis = story->lexis, .arena = story->arena, .reports = story->reading_count};
  st_number_at *numbers;
  st_clause_at *clauses;
  st_shared shared;
  st_linked linked = {0};
  st_signs signs;
  uint32_t number_count, clause_count;
  st_words_count_all(&words, story);
  if (!st_numbers_of(story, &numbers, &number_count) || !st_numbers_meant(story, &words, numbers, number_count) || !st_clauses_of(story, &words, &clauses, &clause_count) || !st_share_clauses(story, &words, clauses, clause_count, &shared)) exit(2);
  for (uint32_t i = 0; i < number_count; i++)
    for (uint32_t k = i + 1; k < number_count; k++) {
      const st_number_at *a = &numbers[i], *b = &numbers[k];
      if (!st_count_signs(story, &words, a, b, &signs)) continue;
      double share = st_one_thing(story, &words, a, b);
      if (st_are_one_thing(a, b, share) && !st_link(&linked, story->arena, a->g.reading, a->g.q->clause, b->g.reading, b->g.q->clause)) exit(2);
      if (share >= m->least) print(m, "count", fact_of_numbers(m, numbers, number_count, a, b), false, &m->reports[a->g.reading], a->g.q->span, &m->reports[b->g.reading], b->g.q->span, &signs, ST_COUNT_SIGNS.count);
    }
  if (m->least == 0) print_rivals(story, &words, &linked, m);
  if (m->least == 0) print_sayings(story, &words, m);
  for (uint32_t i = 0; i < clause_count; i++)
    for (uint32_t k = i + 1; k < clause_count; k++) {
      const st_clause_at *a = &clauses[i], *b = &clauses[k];
      const report *x = &m->reports[a->reading], *y = &m->reports[b->reading];
      if (a->reading == b->reading) continue;
      st_clause_signs(story, &words, &shared, &linked, i, k, &signs);
      if (m->least > 0 && st_one_happening(story, &words, &shared, &linked, i, k) < m->least) continue;
      bool nearly = false, looked_at = st_may_be_one(&shared, &linked, i, k);
      uint32_t fact = fact_of_clauses(m, clauses, clause_count, a, b, &nearly);
      if (looked_at || fact != 0) print(m, looked_at ? "clause" : "lost", fact, nearly, x, a->c->span, y, b->c->span, &signs, ST_CLAUSE_SIGNS.count);
    }
}

/* The weights of numbers in a table like alike.tsv. */
static void read_table(st_lexis *lexis) {
  static char line[LINE];
  FILE *file = table == NULL ? NULL : fopen(table, "r");
  if (table != NULL && file == NULL) fprintf(stderr, "alike: %s cannot be read\n", table), exit(2);
  for (uint32_t i = 0; file != NULL && i < ST_COUNT_SIGNS.count; i++) lexis->counts[i] = 0;
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    char *kind = strchr(line, '\t'), *weight = kind == NULL ? NULL : strchr(kind + 1, '\t');
    if (weight == NULL || strncmp(kind, "\tcount\t", 7) != 0) continue;
    *kind = '\0';
    for (uint32_t i = 0; i < ST_COUNT_SIGNS.count; i++)
      if (strcmp(ST_COUNT_SIGNS.words[i], line) == 0) lexis->counts[i] = (int16_t)atoi(weight + 1);
  }
  if (file != NULL) fclose(file);
}

static void end_story(marked *m) {
  an_arena arena;
  an_error err = {0};
  static dg digests[REPORTS];
  static st_lexis lexis;
  if (m->report_count < 2) return;
  an_arena_init(&arena, (size_t)1 << 30);
  if (!st_lexis_open(&lexis, &arena, engine->lexicon, engine->vectors, engine->meanings)) exit(2);
  st_alike_open(&lexis);
  read_table(&lexis);
  st_story story = {.arena = &arena, .lexis = &lexis, .reading_count = m->report_count};
  story.readings = must(AN_NEW(&arena, st_reading, m->report_count));
  for (uint32_t i = 0; i < m->report_count; i++) {
    const report *r = &m->reports[i];
    const an_reading *reading;
    bool html = strstr(r->name, ".html") != NULL;
    an_page page = {.bytes = (const uint8_t *)r->text, .size = r->size, .path = an_text_of(r->name), .media_type = html ? AN_LIT("text/html") : AN_LIT("text/plain"), .outlet = an_text_of(r->outlet), .fetched = AN_DAYS_ANY, .given = r->day};
    well(an_read(worker, &page, &reading, &err), &err);
    uint8_t *bytes = must(an_arena_take(&arena, reading->digest.size, 1));
    memcpy(bytes, reading->digest.bytes, reading->digest.size);
    well(dg_read((an_digest){bytes, reading->digest.size}, &arena, &digests[i], &err), &err);
    if (!st_reading_make(&story, &story.readings[i], &digests[i])) exit(2);
    story.readings[i].compared = true;
  }
  st_settle(&story);
  compare(&story, m);
  an_arena_free(&arena);
  m->report_count = m->pair_count = 0;
}

static void read_file(const char *path) {
  static char line[LINE];
  static marked m;
  bool facts = false;
  FILE *file = fopen(path, "r");
  if (file == NULL) fprintf(stderr, "alike: %s cannot be read\n", path), exit(2);
  const char *slash = strrchr(path, '/'), *base = slash == NULL ? path : slash + 1;
  m.report_count = m.pair_count = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, "=== ", 4) == 0) {
      end_story(&m);
      snprintf(m.name, sizeof m.name, "%.*s/%.*s", (int)strcspn(base, "."), base, (int)strcspn(line + 4, " |"), line + 4);
      facts = false;
    } else if (strncmp(line, "== facts", 8) == 0) {
      facts = true;
    } else if (strncmp(line, "== ", 3) == 0 && m.report_count < REPORTS) {
      begin_report(&m, line);
      facts = false;
    } else if (facts) {
      add_pairs(&m, line);
    } else if (m.report_count > 0) {
      add_line(&m.reports[m.report_count - 1], line);
    }
  }
  end_story(&m);
  fclose(file);
}

static void add_page(marked *m, char *line) {
  char *path = strchr(line, '\t'), *day = path == NULL ? NULL : strchr(path + 1, '\t'), *outlet = day == NULL ? NULL : strchr(day + 1, '\t');
  int year = 0, month = 0, at = 0;
  if (outlet == NULL) return;
  *path++ = *day++ = *outlet++ = '\0';
  if (strcmp(m->name, line) != 0) end_story(m);
  snprintf(m->name, sizeof m->name, "%.60s", line);
  FILE *file = m->report_count == REPORTS ? NULL : fopen(path, "r");
  if (file == NULL) {
    fprintf(stderr, "alike: %s %s\n", path, m->report_count == REPORTS ? "is one report too many of its story" : "cannot be read");
    return;
  }
  report *r = &m->reports[m->report_count++];
  memset(r, 0, sizeof *r);
  snprintf(r->name, sizeof r->name, "%s", path);
  snprintf(r->outlet, sizeof r->outlet, "%s", outlet);
  r->day = sscanf(day, "%d-%d-%d", &year, &month, &at) == 3 ? an_days_single(an_day_of(year, (unsigned)month, (unsigned)at)) : AN_DAYS_ANY;
  r->size = (uint32_t)fread(r->text, 1, TEXT_MAX, file);
  fclose(file);
}

static void read_pages(const char *path, double least) {
  static char line[LINE];
  static marked m;
  m.as_they_are = true;
  m.least = least;
  FILE *file = fopen(path, "r");
  if (file == NULL) fprintf(stderr, "alike: %s cannot be read\n", path), exit(2);
  while (fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    add_page(&m, line);
  }
  end_story(&m);
  fclose(file);
}

int main(int argc, char **argv) {
  an_error err = {0};
  if (argc < 3) {
    fputs("usage: alike DATA [--weights TABLE] FILE...; alike DATA --pages LIST LEAST\n", stderr);
    return 2;
  }
  const an_options options = {.data_dir = argv[1], .digests = true};
  an_engine *opened;
  well(an_engine_open(&options, &opened, &err), &err);
  engine = opened;
  well(an_worker_open(opened, &worker, &err), &err);
  printf("signs\tcount");
  for (uint32_t i = 0; i < ST_COUNT_SIGNS.count; i++) printf("\t%s", ST_COUNT_SIGNS.words[i]);
  printf("\nsigns\tclause");
  for (uint32_t i = 0; i < ST_CLAUSE_SIGNS.count; i++) printf("\t%s", ST_CLAUSE_SIGNS.words[i]);
  printf("\nsigns\tsaid");
  for (uint32_t i = 0; i < ST_SAID_SIGNS.count; i++) printf("\t%s", ST_SAID_SIGNS.words[i]);
  printf("\nsigns\trow");
  for (uint32_t i = 0; i < ST_ROW_SIGNS.count; i++) printf("\t%s", ST_ROW_SIGNS.words[i]);
  printf("\n");
  if (argc == 5 && strcmp(argv[2], "--pages") == 0) read_pages(argv[3], atof(argv[4]));
  int from = argc > 4 && strcmp(argv[2], "--weights") == 0 ? 4 : 2;
  if (from == 4) table = argv[3];
  for (int i = from; i < argc && strcmp(argv[2], "--pages") != 0; i++) read_file(argv[i]);
  return 0;
}
