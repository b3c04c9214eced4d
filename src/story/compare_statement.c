/* SPDX-License-Identifier: Apache-2.0 */
/* What one speaker said, in several reports: the same words, a translation, more of it. Where reporters check each other most. */
#include "story/alike.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAME_SAYING 0.50    /* share of the shorter clause's content words, by sense */
#define SAME_WORDS 0.85     /* of both together: the wordings agree */
#define SAME_SENSE 0.55     /* the same, where neither wording holds the other: another translation */
#define LEARNED 0.9         /* how likely two are one saying by what was learned, whoever is said to speak: they agree */
#define FLOOR 0.2           /* and of every two in a row */

typedef struct saying { uint32_t reading, index; const dg_statement *s; const dg_part *part; } saying;   /* part: a clause of it; index: among all */
typedef struct heard { const st_said_at *all; uint32_t count; float *share; } heard;   /* share: of every two, that they are one saying */
static double share_of(const heard *h, const saying *x, const saying *y) { return (double)h->share[(size_t)x->index * h->count + y->index]; }
typedef struct sayings { saying at[MAX_VALUES]; uint32_t count; } sayings;

static bool same_speaker(const dg_statement *a, const dg_statement *b) {
  if (a->speakers.count == 0 || b->speakers.count == 0) return false;
  an_text x = st_party_key(&a->speakers.at[0]), y = st_party_key(&b->speakers.at[0]);
  return a->speakers.at[0].name.at != NULL && b->speakers.at[0].name.at != NULL && an_fold_hash(x) == an_fold_hash(y); /* Vălenaru, Valenaru */
}

/* Share of the shorter clause's words that the longer has; 0 where that shows nothing: a few words in common of a long clause,
   or two of three. Two clauses of one speaker are of one saying only when most words are, or many; a short denial ("nothing has been
   decided") only when all are. */
static double likeness(const dg_part *a, const dg_part *b) {
  double x = dg_words_weight(a->words), y = dg_words_weight(b->words), common = dg_words_common(a->words, b->words);
  if (common < 2) return common >= 1 && common == x && common == y && a->negated && b->negated ? 1 : 0;
  double of_shorter = common / fmin(x, y), of_longer = common / fmax(x, y);
  bool many = common >= (of_longer >= 0.4 ? 3 : 4) && of_longer >= 0.2, most = of_shorter >= 0.8 && of_longer >= (common >= 3 ? 0.25 : 0.5), both = of_shorter >= 0.65 && of_longer >= 0.4;
  return many || most || both ? of_shorter : 0;
}

/* Of the words of both. */
static double nearness(const dg_part *a, const dg_part *b) {
  double common = dg_words_common(a->words, b->words), both = dg_words_weight(a->words) + dg_words_weight(b->words) - common;
  return both == 0 ? 0 : common / both;
}

static bool clash(const dg_statement *a, const dg_statement *b) {
  return a->stance != DG_STANCE_NONE && b->stance != DG_STANCE_NONE && a->stance != b->stance;
}

an_text st_credit(const dg_statement *s) {
  return s->through_count > 0 ? s->through[0] : s->speakers.count > 0 ? s->speakers.at[0].name : (an_text){0};
}

/* Without the marks around it: a quotation that ends with the sentence and one that goes on are the same words. */
static an_text bare(an_text text) {
  static const char *const marks[] = {"\"", "'", ",", ".", ";", ":", "!", " ", "“", "”", "‘", "’", "«", "»", "–", "—"};
  for (bool cut = true; cut && text.size > 0;) {
    cut = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
      uint32_t size = (uint32_t)strlen(marks[i]);
      if (size < text.size && memcmp(text.at, marks[i], size) == 0) { text.at += size; text.size -= size; cut = true; }
      if (size < text.size && memcmp(text.at + text.size - size, marks[i], size) == 0) { text.size -= size; cut = true; }
    }
  }
  return text;
}

/* Letters and digits only. */
static uint64_t letters(an_text text) {
  uint64_t hash = 0;
  for (uint32_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.at[i];
    bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) hash = an_hash_mix(hash, c | 32U);
  }
  return hash;
}

/* Two wordings of one clause. What one has and the other lacks is more of it; where each has words of its own they are two
   renderings, and agree when most of the sense is common. One of them denied is no wording: compare_clause.c asks whether it is so. */
static bool may_compare(const dg_part *a, const dg_part *b) { return a->negated == b->negated; }

static an_verdict wording_verdict(const dg_part *a, const dg_part *b, double share, const char **why) {
  *why = "the same words";
  if (letters(a->text) == letters(b->text)) return AN_AGREE;
  *why = "the numbers differ";
  if (dg_numbers_differ(a->words, b->words)) return AN_UNCLEAR;
  *why = "the same content words";
  if (nearness(a, b) >= SAME_WORDS) return AN_AGREE;
  *why = "one report gives more of it";
  double plain = dg_words_common(a->plain, b->plain);
  if (plain == dg_words_weight(a->plain) || plain == dg_words_weight(b->plain)) return AN_COMPATIBLE;
  *why = "the same sense in other words";
  if (nearness(a, b) >= SAME_SENSE || share >= LEARNED) return AN_AGREE;
  *why = "one report gives more of it, or another wording";
  return AN_COMPATIBLE;
}

/* Of the clauses of two reports the likest pair is judged; the others only stand beside it. */
static bool is_nearest(const sayings *all, uint32_t a, uint32_t b) {
  double nearest = nearness(all->at[a].part, all->at[b].part);
  for (uint32_t i = 0; i < all->count; i++)
    for (uint32_t k = 0; k < all->count; k++)
      if (all->at[i].reading == all->at[a].reading && all->at[k].reading == all->at[b].reading &&
          nearness(all->at[i].part, all->at[k].part) > nearest) return false;
  return true;
}

/* Whoever has a name; a report that has "the minister" may quote the same. */
static an_text speaker_of(const sayings *all) {
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].s->speakers.at[0].name.at != NULL) return all->at[i].s->speakers.at[0].name;
  return (an_text){0};
}

/* Whose name nobody gives is worth a row where two outlets quote him. */
static bool is_one_outlet(const st_story *story, const sayings *all) {
  for (uint32_t i = 0; i < all->count; i++) {
    an_text outlet = story->readings[all->at[i].reading].d->outlet;
    if (outlet.at == NULL || !an_text_equal(outlet, story->readings[all->at[0].reading].d->outlet)) return false;
  }
  return true;
}

static void write_wording(st_story *story, const heard *h, const sayings *all) {
  an_text name = speaker_of(all);
  if (name.at == NULL && is_one_outlet(story, all)) return;
  if (name.at == NULL) name = AN_LIT("somebody without a name");
  row r = row_begin(story, AN_OF_WORDING, an_arena_printf(story->arena, "words of %.*s", (int)name.size, name.at));
  for (uint32_t i = 0; i < all->count; i++) {
    const saying *x = &all->at[i];
    row_value(&r, x->reading, x->part->span, x->part->text, st_credit(x->s), bare(x->part->text));
    for (uint32_t k = 0; k < i; k++) {
      const char *why = "";
      if (x->reading == all->at[k].reading || !may_compare(x->part, all->at[k].part) || !is_nearest(all, i, k)) continue;
      an_verdict verdict = wording_verdict(x->part, all->at[k].part, share_of(h, x, &all->at[k]), &why);
      row_verdict(&r, verdict, why);
    }
  }
  row_end(&r);
}

typedef struct likely { uint32_t a, b; double score; } likely;

static int by_likeness(const void *a, const void *b) {
  const likely *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

/* How alike the words are of one who is named. */
static double by_words(const saying *x, const saying *y) { return same_speaker(x->s, y->s) ? likeness(x->part, y->part) : 0; }

/* Average likeness over the pairs of two reports. A report has one statement in a row, but may have several clauses of it. */
static bool may_join(const heard *h, const sayings *a, const sayings *b) {
  double sum = 0;
  uint32_t pairs = 0;
  if (a == b || a->count + b->count > MAX_VALUES) return false;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++) {
      const saying *x = &a->at[i], *y = &b->at[k];
      if (x->reading == y->reading) {
        if (x->s != y->s) return false;
        continue;
      }
      if (clash(x->s, y->s)) return false;
      double alike = fmax(share_of(h, x, y), by_words(x, y));
      if (alike < FLOOR) return false;
      sum += alike;
      pairs++;
    }
  return pairs > 0 && sum / pairs >= SAME_SAYING;
}

typedef struct likely_list { AN_LIST(likely) list; } likely_list;

static bool hear(st_story *story, st_words *words, heard *out) {
  st_said_at *all;
  if (!st_sayings_of(story, words, &all, &out->count)) return false;
  out->all = all;
  out->share = AN_NEW(story->arena, float, (size_t)out->count * out->count);
  for (uint32_t a = 0; out->share != NULL && a < out->count; a++)
    for (uint32_t b = a + 1; b < out->count; b++)
      if (all[a].reading != all[b].reading)
        out->share[(size_t)a * out->count + b] = out->share[(size_t)b * out->count + a] = (float)st_one_saying(story, words, &all[a], &all[b]);
  return out->share != NULL || out->count == 0;
}

static bool find_pairs(st_story *story, const heard *h, const sayings *groups, likely_list *pairs) {
  for (uint32_t a = 0; a < h->count; a++)
    for (uint32_t b = a + 1; b < h->count; b++) {
      const saying *x = &groups[a].at[0], *y = &groups[b].at[0];
      if (x->reading == y->reading || (share_of(h, x, y) < LEARNED && by_words(x, y) < SAME_SAYING)) continue;
      likely *made = AN_PUSH(story->arena, &pairs->list);
      if (made == NULL) return false;
      *made = (likely){a, b, nearness(x->part, y->part)};
    }
  return true;
}

/* Likest clauses first, so that a clause finds its own translation before a longer one that shares words. */
static bool compare_wording(st_story *story, const heard *h) {
  likely_list pairs = {0};
  sayings *groups = AN_NEW(story->arena, sayings, h->count);
  uint32_t *group_of = AN_NEW(story->arena, uint32_t, h->count);
  if (groups == NULL || group_of == NULL) return false;
  for (uint32_t i = 0; i < h->count; i++) {
    groups[i] = (sayings){{{h->all[i].reading, i, h->all[i].s, h->all[i].part}}, 1};
    group_of[i] = i;
  }
  if (!find_pairs(story, h, groups, &pairs)) return false;
  if (pairs.list.count > 0) qsort(pairs.list.at, pairs.list.count, sizeof *pairs.list.at, by_likeness);
  for (uint32_t p = 0; p < pairs.list.count; p++) {
    uint32_t into = group_of[pairs.list.at[p].a], from = group_of[pairs.list.at[p].b];
    if (!may_join(h, &groups[into], &groups[from])) continue;
    memcpy(groups[into].at + groups[into].count, groups[from].at, groups[from].count * sizeof *groups[from].at);
    groups[into].count += groups[from].count;
    groups[from].count = 0;
    for (uint32_t i = 0; i < h->count; i++)
      if (group_of[i] == from) group_of[i] = into;
  }
  for (uint32_t i = 0; i < h->count; i++)
    if (groups[i].count > 1) write_wording(story, h, &groups[i]);
  return true;
}

void st_compare_statements(st_story *story, st_words *words) {
  heard h = {0};
  if (!hear(story, words, &h) || (h.count > 0 && !compare_wording(story, &h))) story->short_of = true;
}
