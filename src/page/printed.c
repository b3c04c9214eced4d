/* SPDX-License-Identifier: Apache-2.0 */
/* The days that the page prints of itself: in lines between the headline and the story, else shortly before the headline, else
   labelled behind the story. A day in a sentence, under a picture, of a comment or of a neighbour's headline is none of them. */
#include "page/inner.h"
#include "page/bytes.h"

enum { BEFORE_TITLE = 8, NEAR_TITLE = 3, INTO_BODY = 2, BEHIND_BODY = 4, LONGEST_LINE = 400, STAMPS = 8, MOST_DAYS = 2, LONGEST_TIME = 60, LONGEST_LABEL = 24 };
enum { RANK_NONE, RANK_BEHIND, RANK_BEFORE, RANK_AFTER, RANK_LABELLED };

typedef struct found_day { stamp s; an_span clean; uint8_t rank; uint32_t block; } found_day;
typedef struct finder {
  reader *r;
  uint32_t title, first, last, end;   /* blocks; [first, last) is around the headline, [last, end) behind the body */
  found_day published, modified;
  an_day plain[MOST_DAYS + 1]; uint32_t plain_days;
} finder;

static bool a_neighbours(const block *b) {
  return b->flags & (IN_RELATED | IN_COMMENT | IN_FORM | IN_PROMO | IN_HIDDEN | IN_CAPTION | IN_FIGURE | IN_BIO) || b->kind == AN_BLOCK_CAPTION ||
         (b->marks & MARK_HEAD) != 0;
}

/* Is the block a line of such things as dates, names and counters, and no sentence? */
static bool is_line(const block *b, const line_form *form) {
  uint32_t size = b->clean.end - b->clean.begin;
  if (size > LONGEST_LINE || form->cut || b->link_bytes * 10 > size * 7) return false;
  if (b->kind == AN_BLOCK_META || b->kind == AN_BLOCK_DATELINE || b->kind == AN_BLOCK_BYLINE) return true;
  if (b->kind == AN_BLOCK_TITLE || b->kind == AN_BLOCK_SUBHEAD) return false;
  return form->lower <= 1 && form->words <= (b->kind == AN_BLOCK_BODY ? 4 : 12);
}

static uint8_t rank_of(const finder *f, uint32_t i, const stamp *s, const line_form *form) {
  if (s->label == STAMP_OTHER) return RANK_NONE;
  if (i >= f->last) return s->label == STAMP_PLAIN || form->words > 2 ? RANK_NONE : RANK_BEHIND;
  if (s->label == STAMP_PUBLISHED || s->label == STAMP_MODIFIED) return RANK_LABELLED;
  if (i > f->title || f->r->title == AN_NONE) return RANK_AFTER;
  return RANK_BEFORE;
}

static void take(finder *f, uint32_t i, const stamp *s, uint8_t rank) {
  const block *b = &f->r->blocks.at[i];
  found_day day = {*s, {b->clean.begin + s->begin, b->clean.begin + s->end}, rank, i};
  if (s->label == STAMP_MODIFIED) {
    if (rank > f->modified.rank || (rank == f->modified.rank && s->day > f->modified.s.day)) f->modified = day;
    return;
  }
  bool nearer = rank == f->published.rank && rank == RANK_BEFORE && i > f->published.block;
  if (rank > f->published.rank || nearer) f->published = day;
  bool known = false;
  for (uint32_t k = 0; k < f->plain_days && k <= MOST_DAYS; k++) known = known || f->plain[k] == s->day;
  if (s->label == STAMP_PLAIN && !known && f->plain_days <= MOST_DAYS) f->plain[f->plain_days++] = s->day;
}

/* Can the text be more than the 160 atoms of stamps_in? Letters stand in a row or not, other signs alone. */
static bool has_many_atoms(an_text text) {
  enum { ATOMS = 160 };
  uint32_t atoms = 1;
  for (uint32_t i = 0; text.size >= ATOMS && i < text.size; i++) atoms += text.at[i] == ' ' ? 1 : (text.at[i] | 32) >= 'a' && (text.at[i] | 32) <= 'z' ? 0 : 2;
  return atoms >= ATOMS;
}

/* Is it a word of ASCII's letters alone that says nothing of a stamp, and no part of an address? `inside`: blanks or commas stand
   around it; else it is the last of its line. */
static bool is_plain_word(const reader *r, const block *b, const page_word *w, bool inside) {
  const char *text = r->sink.text;
  uint32_t end = w->begin + w->size;
  char before = w->begin > b->clean.begin ? text[w->begin - 1] : ' ';
  if (r->tables->facts.at[w->fact].stamp || !(before == ' ' || (!inside && (before == '-' || before == '"' || before == '(')))) return false;
  char behind = end < b->clean.end ? text[end] : ' ';
  if (inside ? behind != ' ' && behind != ',' : (behind == '.' || behind == '@') && end + 1 < b->clean.end) return false;
  for (uint32_t i = w->begin; i < end; i++)
    if ((text[i] | 32) < 'a' || (text[i] | 32) > 'z') return false;
  return true;
}

static bool is_figures(const reader *r, const page_word *w) {
  for (uint32_t i = 0; i < w->size; i++)
    if (!an_code_is_digit((unsigned char)r->sink.text[w->begin + i])) return false;
  return true;
}

/* Soon told of most lines: they end with a word that is no label, or with figures; and stamps_in would find no stamp, since there
   are no figures, or words of a sentence, with which is_line has it that no stamp counts. */
static bool says_nothing(const reader *r, const block *b) {
  if (block_words(b) == 0 || r->many_words) return false;
  const page_word *last = &r->words.at[b->word_end - 1];
  an_text text = block_text(r, b);
  bool ends_plain = is_plain_word(r, b, last, false), line = b->kind == AN_BLOCK_META || b->kind == AN_BLOCK_DATELINE || b->kind == AN_BLOCK_BYLINE;
  if (!ends_plain && !is_figures(r, last)) return false;
  if (ends_plain && !has_figure(text.at, text.size)) return !has_many_atoms(text);
  bool no_line = b->kind == AN_BLOCK_TITLE || b->kind == AN_BLOCK_SUBHEAD;
  uint32_t lower = no_line ? 2 : 0;
  for (uint32_t w = b->word; !line && w < b->word_end && lower < 2; w++) {
    const page_word *word = &r->words.at[w];
    lower += !word->capital && word->size > 3 && is_plain_word(r, b, word, true);
  }
  return lower == 2 && !has_many_atoms(text);
}

static void look(finder *f, uint32_t i, uint8_t *label) {
  const block *b = &f->r->blocks.at[i];
  stamp stamps[STAMPS];
  line_form form;
  uint8_t from = *label;
  *label = STAMP_PLAIN;
  if (a_neighbours(b) || b->clean.end - b->clean.begin > LONGEST_LINE || says_nothing(f->r, b) || stamps_none(f->r, block_text(f->r, b))) return;
  uint32_t count = stamps_in(f->r, block_text(f->r, b), from, stamps, STAMPS, &form);
  if (form.label_last || (count == 0 && form.words == 0 && form.figures == 0)) *label = form.label;      /* "Published:" alone speaks of the next line */
  if (count == 0 || !is_line(b, &form)) return;
  for (uint32_t k = 0; k < count; k++) {
    uint8_t rank = rank_of(f, i, &stamps[k], &form);
    if (rank != RANK_NONE) take(f, i, &stamps[k], rank);
  }
}

static void tell(finder *f, const found_day *day, uint8_t kind, const char *from) {
  reader *r = f->r;
  uint32_t before = r->metas_found.count;
  if (day->rank == RANK_NONE) return;
  meta_add(r, kind, day->rank, stamp_iso(r, &day->s), clean_to_source(r, day->clean), from);
  if (r->metas_found.count > before) r->metas_found.at[before].said = an_text_slice((an_text){r->sink.text, r->sink.size}, day->clean.begin, day->clean.end);
}

void printed_days(reader *r) {
  finder f = {.r = r, .title = r->title == AN_NONE ? r->run_begin : r->title};
  uint32_t body = r->run_begin > f.title ? r->run_begin : f.title;
  f.first = f.title > BEFORE_TITLE ? f.title - BEFORE_TITLE : 0;
  f.last = body + INTO_BODY < r->blocks.count ? body + INTO_BODY : r->blocks.count;
  if (r->run_end > r->run_begin && f.last > r->run_end) f.last = r->run_end;
  uint32_t behind = r->run_end > f.last ? r->run_end : f.last;
  f.end = behind + BEHIND_BODY < r->blocks.count ? behind + BEHIND_BODY : r->blocks.count;
  uint8_t label = STAMP_PLAIN;
  for (uint32_t i = f.first; i < f.last; i++) look(&f, i, &label);
  /* Before the headline a day can be the reader's own, in the masthead, or a neighbour's: several are nobody's unless the line
     stands at the headline. Three days in the lines of one page are a list. */
  bool list = f.plain_days > MOST_DAYS && f.published.rank <= RANK_AFTER;
  bool far = f.published.rank == RANK_BEFORE && f.plain_days > 1 && f.published.block + NEAR_TITLE < f.title;
  if (list || far) f.published.rank = RANK_NONE;
  uint32_t around = f.last;
  f.last = 0;                                          /* from here on only what is labelled */
  label = STAMP_PLAIN;
  for (uint32_t i = around; i < f.end; i++)
    if (i >= behind || r->blocks.at[i].kind == AN_BLOCK_META) look(&f, i, &label);
  tell(&f, &f.published, AN_META_PRINTED, f.published.rank == RANK_LABELLED ? "the printed date, labelled" : "the printed date");
  tell(&f, &f.modified, AN_META_PRINTED_CHANGE, "printed as the day of a change");
}

/* ---- <time> --------------------------------------------------------------------------------------------------------------- */

/* What its class, its own words or those before it in its block say: "Updated <time>…</time> Originally published <time>…</time>". */
static uint8_t label_before(const reader *r, const time_seen *t) {
  const block *b = &r->blocks.at[t->block];
  stamp stamps[STAMPS];
  line_form form;
  if (t->labelled || t->label != STAMP_PLAIN) return t->label;
  an_text own = an_text_slice((an_text){r->sink.text, r->sink.size}, t->clean, t->clean + LONGEST_TIME < b->clean.end ? t->clean + LONGEST_TIME : b->clean.end);
  if (stamps_in(r, own, STAMP_PLAIN, stamps, STAMPS, &form) > 0 && stamps[0].label != STAMP_PLAIN && stamps[0].begin <= LONGEST_LABEL) return stamps[0].label;
  if (t->clean <= b->clean.begin || t->clean > b->clean.end || t->clean - b->clean.begin > LONGEST_LINE) return STAMP_PLAIN;
  (void)stamps_in(r, an_text_slice((an_text){r->sink.text, r->sink.size}, b->clean.begin, t->clean), STAMP_PLAIN, stamps, STAMPS, &form);
  return form.label;
}

/* How near to the headline it stands; of neighbours' and of those in the story's sentences: none. */
static uint8_t rank_of_time(const reader *r, const time_seen *t, uint32_t title, uint8_t label) {
  const block *b = t->block < r->blocks.count ? &r->blocks.at[t->block] : NULL;
  if (b == NULL || a_neighbours(b) || label == STAMP_OTHER || t->block > r->run_begin + 1) return RANK_NONE;
  stamp stamps[STAMPS];
  line_form form = {0};
  bool told = b->kind == AN_BLOCK_BODY && b->clean.end - b->clean.begin <= LONGEST_LINE;      /* in a sentence, it may be of anything */
  if (told) (void)stamps_in(r, block_text(r, b), STAMP_PLAIN, stamps, STAMPS, &form);
  if (b->link_bytes * 10 > (b->clean.end - b->clean.begin) * 7 || (b->kind == AN_BLOCK_BODY && !is_line(b, &form))) return RANK_NONE;
  if (t->block + BEFORE_TITLE < title) return RANK_NONE;
  if (t->labelled || label != STAMP_PLAIN) return RANK_LABELLED;
  return t->block >= title ? RANK_AFTER : t->block + NEAR_TITLE + 1 >= title ? RANK_BEFORE : RANK_NONE;
}

/* Is the page a list whose items have each their own? Days that no word parts, between headline and story. */
static bool is_list(const reader *r, const uint8_t *ranks) {
  an_days days[MOST_DAYS + 1], day;
  uint32_t count = 0;
  for (uint32_t i = 0; i < r->times.count && count <= MOST_DAYS; i++) {
    bool known = ranks[i] != RANK_AFTER || !an_days_parse(r->metas_found.at[r->times.at[i].meta].value, &day);
    for (uint32_t k = 0; k < count && !known; k++) known = days[k].earliest == day.earliest;
    if (!known) days[count++] = day;
  }
  return count > MOST_DAYS;
}

/* Lines that hold two things were cut since: the block is the one that holds its place. */
static uint32_t block_of_time(const reader *r, const time_seen *t) {
  uint32_t at = t->block;
  while (at + 1 < r->blocks.count && r->blocks.at[at + 1].clean.begin <= t->clean) at++;
  return at;
}

/* Of all <time> the page's own: one of each kind, labelled before plain, behind the headline before in front of it. */
void printed_times(reader *r) {
  uint8_t ranks[64] = {0};
  uint32_t best[2] = {AN_NONE, AN_NONE}, title = r->title == AN_NONE ? r->run_begin : r->title;
  for (uint32_t i = 0; i < r->times.count; i++) {
    time_seen *t = &r->times.at[i];
    an_meta *m = &r->metas_found.at[t->meta];
    t->block = block_of_time(r, t);
    uint8_t label = t->block < r->blocks.count ? label_before(r, t) : STAMP_PLAIN;
    if (m->kind != AN_META_PUBLISHED && m->kind != AN_META_MODIFIED) continue;
    if (label == STAMP_MODIFIED) m->kind = AN_META_MODIFIED;
    ranks[i] = rank_of_time(r, t, title, label);
  }
  bool list = is_list(r, ranks);
  for (uint32_t i = 0; i < r->times.count; i++) {
    const an_meta *m = &r->metas_found.at[r->times.at[i].meta];
    if (m->kind != AN_META_PUBLISHED && m->kind != AN_META_MODIFIED) continue;
    uint32_t *of_kind = &best[m->kind == AN_META_MODIFIED];
    if (ranks[i] == RANK_NONE || (list && ranks[i] < RANK_LABELLED)) continue;
    if (*of_kind == AN_NONE || ranks[i] > ranks[*of_kind] || (ranks[i] == RANK_BEFORE && ranks[*of_kind] == RANK_BEFORE)) *of_kind = i;
  }
  for (uint32_t i = 0; i < r->times.count; i++)
    if (i != best[0] && i != best[1]) r->metas_found.at[r->times.at[i].meta].strength = 0;
}

/* ---- Stamps of the metadata in other forms than ISO 8601 ------------------------------------------------------------------ */

/* "0001-01-01T00:00:00" and the like stand for no stamp. */
static bool is_empty(const reader *r, an_text value) {
  if (r->date_labels == NULL || value.size < 10) return false;
  an_rows rows = an_table_find_key(r->date_labels, an_fold_hash(an_text_slice(value, 0, 10)));
  return rows.count > 0 && an_text_is(an_table_cell(r->date_labels, rows.first, an_table_column(r->date_labels, "is")), "empty");
}

/* "Wed, 20 Apr 2016 10:00:00 GMT" and "20/04/2016" as ISO 8601; "2018-07-22 17:32 EST" with its zone in figures; what is none goes. */
void printed_metas(reader *r) {
  for (uint32_t i = 0; i < r->metas_found.count; i++) {
    an_meta *m = &r->metas_found.at[i];
    if (m->kind != AN_META_PUBLISHED && m->kind != AN_META_MODIFIED) continue;
    stamp s;
    line_form form;
    an_days days;
    bool known = an_days_parse(m->value, &days), found = stamps_in(r, m->value, STAMP_PUBLISHED, &s, 1, &form) == 1;
    char last = m->value.at[m->value.size - 1];
    bool named_zone = known && found && s.zone[0] != '\0' && last >= 'A' && last < 'Z';
    if (is_empty(r, m->value) || (!known && !found)) { m->strength = 0; continue; }
    if (!known || named_zone) m->value = stamp_iso(r, &s);
  }
}
