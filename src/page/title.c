/* SPDX-License-Identifier: Apache-2.0 */
/* Which block is the title. It stands before the body or at its head, reads like a headline, shares words with the lead,
   comes back in <title>, Open Graph, JSON-LD or (flattened) in the line of the browser's title or the breadcrumb. */
#include "page/inner.h"

#include <string.h>

enum { LOOK_BACK = 60, LEAD_WORDS = 160, LONGEST = 64 };
typedef struct wanted { uint64_t folds[LONGEST]; uint32_t count; an_text text; an_span raw; } wanted;

static void wanted_from(reader *r, wanted *w, an_text text, an_span raw) {
  /* The same words that words.c finds, through a block of its own behind the page's. */
  w->count = 0;
  w->text = text;
  w->raw = raw;
  uint32_t before = r->words.count;
  block scratch = {0};
  if (!words_of(r, &scratch, text, LONGEST)) return;
  for (uint32_t i = before; i < r->words.count && w->count < LONGEST; i++) w->folds[w->count++] = r->words.at[i].fold;
  r->words.count = before;
}

static bool holds(const wanted *w, uint64_t fold) {
  for (uint32_t i = 0; i < w->count; i++)
    if (w->folds[i] == fold) return true;
  return false;
}

/* Share of the block's words that the other text has, and of the other's that the block has: the smaller part says little
   about a site's suffix, so the block's own share leads. */
static float agreement(const reader *r, const block *b, const wanted *w) {
  uint32_t words = block_words(b), common = 0;
  if (words == 0 || words > LONGEST || w->count == 0) return 0;
  for (uint32_t i = b->word; i < b->word_end; i++) common += holds(w, r->words.at[i].fold);
  float own = (float)common / (float)words, other = (float)common / (float)w->count;
  return own < 0.6f || common < 2 ? 0 : own * 0.6f + (other > 1 ? 1 : other) * 0.4f;
}

/* A bit for each of the block's words, by the first of its fold: what has none of a word's does not have the word. */
static uint64_t bits_of_words(const reader *r, const block *b) {
  uint64_t bits = 0;
  for (uint32_t w = b->word; w < b->word_end; w++) bits |= (uint64_t)1 << (r->words.at[w].fold >> 58);
  return bits;
}

/* Do the block's words stand in a row inside another block that has more? */
static bool stands_in(const reader *r, const block *b, const block *in) {
  uint32_t n = block_words(b), m = block_words(in);
  if (n < 3 || n > LONGEST || m < n || m > n + 12) return false;
  const page_word *own = &r->words.at[b->word];
  for (uint32_t at = in->word; at + n <= in->word_end; at++) {
    const page_word *other = &r->words.at[at];
    uint32_t i = 0;
    while (i < n && other[i].fold == own[i].fold) i++;
    if (i == n) return true;
  }
  return false;
}

static bool repeated_near(const reader *r, uint32_t at, uint32_t first, uint32_t last) {
  const block *b = &r->blocks.at[at];
  uint32_t words = block_words(b);
  if (words < 3 || words > LONGEST) return false;                     /* soon told: this is asked of every pair */
  uint64_t first_fold = r->words.at[b->word].fold;
  for (uint32_t i = first; i < last; i++) {
    const block *in = &r->blocks.at[i];
    uint32_t more = block_words(in) - words;
    if (i == at || more > 12) continue;                               /* fewer are more than 12, too */
    if (more == 0 ? r->words.at[in->word].fold == first_fold && stands_in(r, b, in) : stands_in(r, b, in)) return true;
  }
  return false;
}

/* Content words of the block that the first words of the body have too. */
static float shared_with_lead(const reader *r, const block *b, bool in_lead, const an_map *lead) {
  uint32_t content = 0, shared = 0, own = in_lead ? 1 : 0;   /* a block of the lead does not vouch for itself */
  for (uint32_t i = b->word; i < b->word_end; i++) {
    const page_word *w = &r->words.at[i];
    if (w->function > 0 || w->size < 2) continue;
    content++;
    shared += an_map_get(lead, w->fold, 0) > own;
  }
  return content == 0 ? 0 : (float)shared / (float)content;
}

static bool lead_words(reader *r, an_map *lead) {
  uint32_t taken = 0;
  if (!an_map_reserve(r->arena, lead, LEAD_WORDS)) return false;
  for (uint32_t i = r->run_begin; i < r->run_end && taken < LEAD_WORDS; i++) {
    const block *b = &r->blocks.at[i];
    if (b->score <= 0 || (i == r->run_begin && block_words(b) < 25 && !b->ends_stop)) continue;
    for (uint32_t w = b->word; w < b->word_end && taken < LEAD_WORDS; w++, taken++) {
      uint32_t *count = r->words.at[w].function > 0 ? &taken : an_map_put(r->arena, lead, r->words.at[w].fold, 0);
      if (count == NULL) return false;
      if (count != &taken) ++*count;
    }
  }
  return true;
}

static bool has_separator(an_text t) {
  for (uint32_t i = 0; i + 2 < t.size; i++)
    if (t.at[i] == ' ' && (t.at[i + 1] == '|' || t.at[i + 1] == '>' || (t.at[i + 1] == '-' && t.at[i + 2] == ' ') ||
                           (i + 3 < t.size && (memcmp(t.at + i + 1, "\xC2\xBB", 2) == 0 || memcmp(t.at + i + 1, "\xE2\x80\x93", 3) == 0 ||
                                               memcmp(t.at + i + 1, "\xE2\x80\x94", 3) == 0)))) return true;
  return false;
}

static float form_of_headline(const block *b) {
  uint32_t words = block_words(b);
  float score = words < 3 ? -3 : words <= 4 ? 0 : words <= 24 ? 2 : words <= 35 ? 0 : -5;
  if (!b->ends_stop) score += 1; else if (b->stops > 0) score -= 3; else if (b->ends_period) score -= 2; else score -= 0.5f;
  if (b->opens_lower || b->bullet) score -= 2;
  if (b->marks & (MARK_END | MARK_LIST | MARK_LINE | MARK_OFFER | MARK_BYLINE)) score -= 4;
  if ((b->marks | b->inner_marks) & MARK_CAPTION) score -= 2;
  if (words > 0 && b->date_words * 10 >= words * 7) score -= 6;
  return score;
}

static float form_of_element(const block *b) {
  float score = 0;
  if (b->tag == TAG_H1) score += 4;
  else if (b->flags & IN_HEADING) score += 1.5f;
  if (b->flags & IN_HEADLINE) score += 1.5f;
  if (b->flags & IN_PRUNED) score -= 3;
  if (b->flags & (IN_CAPTION | IN_ASIDE | IN_BYLINE | IN_DECK)) score -= 2;
  return score;
}

typedef struct titles { wanted metas[4]; uint32_t count; } titles;

static void titles_said(reader *r, titles *t) {
  for (uint32_t i = 0; i < r->metas_found.count && t->count < 3; i++) {
    const an_meta *m = &r->metas_found.at[i];
    if (m->kind == AN_META_TITLE && m->strength >= 70) wanted_from(r, &t->metas[t->count++], m->value, m->raw);
  }
  if (r->head_title.end > r->head_title.begin)
    wanted_from(r, &t->metas[t->count++], entity_text(r, r->head_title.begin, r->head_title.end, false), source_to_page(&r->source, r->head_title));
}

/* A site's name: "The Valley Post", not "police say". */
static bool is_name(an_text tail) {
  for (uint32_t at = 0; at < tail.size;) {
    uint32_t begin = at, code = an_utf8_next(tail, &at);
    while (at < tail.size && tail.at[at] != ' ') at++;
    if (at - begin >= 4 && an_code_is_letter(code) && !an_code_is_upper(code)) return false;
    while (at < tail.size && tail.at[at] == ' ') at++;
  }
  return tail.size > 0;
}

/* "Talks open in Geneva | The Daily" is said by the page's title, and the site's name by its metadata or by its place. */
static uint32_t suffix_begin(const reader *r, an_text t) {
  static const char *const separators[] = {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ", " :: ", " \xC2\xB7 ", " > "};
  an_text site = meta_best(r, AN_META_SITE, NULL);
  uint32_t cut = t.size;
  for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
    an_text sign = an_text_of(separators[i]);
    uint32_t last = AN_NONE;
    for (uint32_t at = an_text_find(t, 0, sign); at != AN_NONE; at = an_text_find(t, at + 1, sign)) last = at;
    if (last == AN_NONE || last >= cut) continue;
    an_text tail = an_text_slice(t, last + sign.size, t.size);
    uint32_t spaces = 0, head_spaces = 0;
    for (uint32_t k = 0; k < tail.size; k++) spaces += tail.at[k] == ' ';
    for (uint32_t k = 0; k < last; k++) head_spaces += t.at[k] == ' ';
    bool named = site.size > 0 && an_text_find(tail, 0, site) != AN_NONE;
    if (named || (spaces <= 4 && head_spaces >= 2 && head_spaces > spaces && (sign.at[1] == '|' || is_name(tail)))) cut = last;
  }
  return cut;
}

static void title_of_block(reader *r, uint32_t at, bool suffixed) {
  const block *b = &r->blocks.at[at];
  an_text text = block_text(r, b);
  uint32_t end = suffixed ? suffix_begin(r, text) : text.size;
  r->title = at;
  r->title_text = an_text_slice(text, 0, end);
  r->title_clean = (an_span){b->clean.begin, b->clean.begin + end};
}

/* ---- Before the body is known ----------------------------------------------------------------------------------- */

static void hint_words(reader *r, const page_word *words, uint32_t count) {
  for (uint32_t i = 0; i < count && r->hint_count < 32; i++)
    if (words[i].function == 0 && words[i].size > 2) r->hints[r->hint_count++] = words[i].fold;
}

/* HTML: the heading that agrees best with what the metadata says. */
static void anchor_in_html(reader *r, const titles *said) {
  float best = 0.6f;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    const block *b = &r->blocks.at[i];
    if (!(b->flags & (IN_HEADING | IN_HEADLINE)) || b->flags & IN_LINK || block_words(b) > 60) continue;
    for (uint32_t k = 0; k < said->count; k++) {
      float agrees = agreement(r, b, &said->metas[k]) + (b->tag == TAG_H1 ? 0.2f : 0);
      if (agrees > best) { best = agrees; r->anchor = i; }
    }
  }
}

/* Flattened: the browser's title stands in the first lines, and the headline, which is its greater part, comes again. */
static void anchor_in_lines(reader *r, uint32_t *hinted) {
  *hinted = AN_NONE;
  for (uint32_t i = 0; i < r->blocks.count && i < 6; i++) {
    const block *line = &r->blocks.at[i];
    if (block_words(line) < 4 || block_words(line) > 50 || line->marks & (MARK_LINE | MARK_LIST | MARK_OFFER | MARK_END)) continue;
    if (*hinted == AN_NONE) *hinted = i;
    if (line->ends_period && block_words(line) >= 12) continue;        /* a sentence that comes again is no headline */
    uint32_t longest = 3, most = block_words(line);
    uint64_t bits = bits_of_words(r, line);
    for (uint32_t k = i + 1; k < r->blocks.count; k++) {
      const block *b = &r->blocks.at[k];
      if (block_words(b) <= longest || block_words(b) > most || !(bits >> (r->words.at[b->word].fold >> 58) & 1) || !stands_in(r, b, line)) continue;
      longest = block_words(b);
      r->anchor = k;
    }
    if (r->anchor != AN_NONE) { *hinted = r->anchor; return; }
  }
}

bool title_hints(reader *r) {
  r->anchor = AN_NONE;
  if (r->html) {
    titles *said = AN_NEW(r->arena, titles, 1);
    if (said == NULL) return false;
    titles_said(r, said);
    anchor_in_html(r, said);
    for (uint32_t k = 0; k < said->count && r->anchor == AN_NONE && r->hint_count == 0; k++)
      for (uint32_t w = 0; w < said->metas[k].count && r->hint_count < 32; w++) r->hints[r->hint_count++] = said->metas[k].folds[w];
  } else {
    uint32_t hinted;
    anchor_in_lines(r, &hinted);
    if (hinted != AN_NONE) hint_words(r, r->words.at + r->blocks.at[hinted].word, block_words(&r->blocks.at[hinted]));
  }
  if (r->anchor != AN_NONE && r->hint_count == 0)
    hint_words(r, r->words.at + r->blocks.at[r->anchor].word, block_words(&r->blocks.at[r->anchor]));
  return !r->spent;
}

/* Flattened: a line of a byline stands right under the headline, or under its deck, whatever pictures follow. */
static float over_byline(const reader *r, uint32_t at) {
  enum { LONGEST_BYLINE = 14, LEAST = 4, NEAR = 8 };
  if (r->html || at > r->run_begin || r->run_begin - at > NEAR || form_of_headline(&r->blocks.at[at]) < 2) return 0;
  for (uint32_t i = at + 1; i <= at + 2 && i < r->blocks.count; i++) {
    const block *b = &r->blocks.at[i];
    if (b->marks & MARK_BYLINE && block_words(b) <= LONGEST_BYLINE) return i == at + 1 ? 2 : 3;
    if (block_words(b) < LEAST || b->marks & (MARK_LINE | MARK_LIST)) break;
  }
  return 0;
}

/* How much the block looks like the title, when that can be more than `most`. */
static float judge(reader *r, uint32_t i, const titles *said, const an_map *lead, uint32_t first, uint32_t last, float most, bool *suffixed) {
  const block *b = &r->blocks.at[i];
  /* The page may hold much between title and body; a headline behind the body's begin is another's. */
  float far = i <= r->run_begin ? (float)(r->run_begin - i) * 0.08f : (float)(i - r->run_begin) * 2.0f;
  if (far > 4) far = 4;
  *suffixed = false;
  float score = form_of_headline(b) + (r->html ? form_of_element(b) : 0);
  if (score - far + (said->count > 0 ? 14.1f : 8.1f) + (r->html ? 0 : 3) < most) return 0; /* what follows is 14 at most, 6 of it by what is said, and 3 by a byline */
  float shared = shared_with_lead(r, b, i >= r->run_begin && b->score > 0, lead);
  score += 4 * shared + (shared >= 0.25f ? over_byline(r, i) : 0);
  if (score - far + (said->count > 0 ? 10.1f : 4.1f) < most) return 0;
  float best = 0;
  for (uint32_t k = 0; k < said->count; k++) {
    float agrees = agreement(r, b, &said->metas[k]);
    if (agrees > best) best = agrees;
  }
  score += 6 * best;
  if (i == r->anchor || (!r->html && repeated_near(r, i, first, last))) score += 3;
  if (!r->html && i < 3) score += 1;
  if (score - far < most) return 0;
  *suffixed = best < 0.8f && has_separator(block_text(r, b));
  if (*suffixed) score -= 1.5f;
  return score - far;
}

/* ---- A site's name over the headline ---------------------------------------------------------------------------------- */

static float shared_of(const reader *r, uint32_t at, const an_map *lead) {
  const block *b = &r->blocks.at[at];
  return shared_with_lead(r, b, at >= r->run_begin && b->score > 0, lead);
}

/* "The Valley Post" over "Levee fails": the story says no more of it than "valley", and the page shows that it is the site's. */
static bool is_masthead(const reader *r, uint32_t at, const an_map *lead) {
  const block *b = &r->blocks.at[at];
  return block_words(b) <= 6 && is_name(block_text(r, b)) && shared_of(r, at, lead) <= 0.5f && site_is_named(r, at);
}

/* Like a headline by itself: no link to another page, no deck, no sentence, no line of a date. */
static bool is_headline(const block *b) {
  bool linked = b->link_bytes * 10 > (b->clean.end - b->clean.begin) * 7, dated = b->date_words >= 2 && !(b->flags & IN_HEADING);
  return !linked && !dated && !(b->flags & (IN_DECK | IN_PRUNED)) && !b->ends_stop && b->stops == 0 && form_of_headline(b) >= 2;
}

/* The headline behind it. */
static uint32_t behind_masthead(reader *r, uint32_t at, const titles *said, const an_map *lead, uint32_t first, uint32_t last, bool *suffixed) {
  float best = 2.5f;
  uint32_t chosen = AN_NONE;
  an_text name = block_text(r, &r->blocks.at[at]);
  float own = shared_of(r, at, lead);
  for (uint32_t i = at + 1; i < last; i++) {
    const block *b = &r->blocks.at[i];
    if (!is_headline(b) || an_text_equal(block_text(r, b), name) || (own > 0 && shared_of(r, i, lead) <= own)) continue;
    bool cut;
    float score = judge(r, i, said, lead, first, last, best, &cut);
    if (score > best) { best = score; chosen = i; *suffixed = cut; }
  }
  return chosen;
}

/* No block is the title: what the metadata says, where that is not the site's name, or its name and what it offers. */
static void title_of_metas(reader *r, const titles *said, an_text masthead) {
  for (uint32_t i = 0; i < said->count; i++) {
    const wanted *w = &said->metas[i];
    if (w->text.size == 0) continue;
    if (masthead.size > 0 && an_text_find(w->text, 0, masthead) == 0) continue;
    bool byte_for_byte = w->raw.end - w->raw.begin == w->text.size;   /* else the range of a part is not known: the whole stays */
    uint32_t end = byte_for_byte ? suffix_begin(r, w->text) : w->text.size;
    r->title_text = an_text_slice(w->text, 0, end);
    r->title_raw = (an_span){w->raw.begin, byte_for_byte ? w->raw.begin + end : w->raw.end};
    return;
  }
}

bool title_find(reader *r) {
  titles *said = AN_NEW(r->arena, titles, 1);
  an_map lead = {0};
  r->title = r->masthead = AN_NONE;
  if (said == NULL || !lead_words(r, &lead)) return false;
  titles_said(r, said);
  uint32_t last = r->run_begin + 3 < r->blocks.count ? r->run_begin + 3 : r->blocks.count;
  uint32_t first = last > LOOK_BACK ? last - LOOK_BACK : 0;
  float best = 2.5f;
  bool best_suffixed = false;
  uint32_t chosen = AN_NONE;
  for (uint32_t pass = 0; pass < 2; pass++) {          /* the first lines, then the lines before the body */
    uint32_t from = pass == 0 ? 0 : first, to = pass == 0 ? (first < 8 ? first : 8) : last;
    for (uint32_t i = from; i < to; i++) {
      bool suffixed;
      float score = judge(r, i, said, &lead, first < 8 ? 0 : first, last, best, &suffixed);
      if (score > best) { best = score; chosen = i; best_suffixed = suffixed; }
    }
  }
  an_text masthead = {0};
  for (uint32_t i = 0; !r->html && chosen != AN_NONE && i < chosen && i < 3 && r->masthead == AN_NONE; i++) /* the headline spoke for itself: a paper's name over it still is one */
    if (block_words(&r->blocks.at[i]) >= 2 && site_signs(r, i) && is_masthead(r, i, &lead)) r->masthead = i; /* "News" and "News Sport" are menus */
  if (chosen != AN_NONE && is_masthead(r, chosen, &lead)) {
    r->masthead = chosen;
    uint32_t behind = behind_masthead(r, chosen, said, &lead, first < 8 ? 0 : first, last, &best_suffixed);
    an_text site = meta_best(r, AN_META_SITE, NULL);
    bool is_site = site.size > 0 && an_fold_hash(site) == an_fold_hash(block_text(r, &r->blocks.at[chosen]));
    if (behind == AN_NONE && is_site) masthead = block_text(r, &r->blocks.at[chosen]);
    if (behind != AN_NONE || is_site) chosen = behind;
  }
  if (chosen != AN_NONE) title_of_block(r, chosen, best_suffixed);
  else title_of_metas(r, said, masthead);
  return !r->spent;
}
