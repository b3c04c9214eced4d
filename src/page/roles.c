/* SPDX-License-Identifier: Apache-2.0 */
/* Roles: of the blocks in the best run, of those between title and run, and of the rest. */
#include "page/inner.h"

static bool says(const block *b, uint16_t mark) { return ((b->marks | b->inner_marks) & mark) != 0; }
static float link_share(const block *b) {
  uint32_t size = b->clean.end - b->clean.begin;
  return size == 0 ? 0 : (float)b->link_bytes / (float)size;
}

static bool is_date_line(const block *b) {
  uint32_t words = block_words(b);
  if (words == 0 || words > 20 || b->digits == 0) return false;
  return b->date_words * 10 >= words * 7 || (b->flags & (IN_DATE | IN_TIME) && b->date_words * 2 >= words) ||
         (b->marks & MARK_META && b->date_words * 2 >= words);
}

static bool is_byline(const block *b) {
  uint32_t words = block_words(b);
  if (words == 0 || words > 20 || b->stops > 0) return false;
  if (b->ends_stop && b->date_words < 2) return false;                 /* "6:20 p.m." is no sentence's end */
  /* "By Jane Doe, Moscow | 3 May 2021": names and a date, not a sentence */
  bool names = (b->capitals + b->date_words) * 2u >= words || b->marks & MARK_SURE;
  return (b->marks & MARK_BYLINE && names) || (b->flags & IN_BYLINE && words <= 14);
}

/* "The ferry leaves the pier. Harbour Courier/O. Quill": behind the last sentence of a line, a slash between names. */
static bool ends_in_credit(const reader *r, const block *b) {
  if (b->ends_stop || b->stops == 0 || block_words(b) < 8) return false;
  uint32_t from = r->words.at[b->word_end - 4].begin;
  for (uint32_t at = from, word = from; at + 1 < b->clean.end; at++) {
    const char *text = r->sink.text;
    if (text[at] == ' ') word = at + 1;
    if (text[at] == '.') word = AN_NONE;                                /* an address */
    bool names = word < at && text[word] >= 'A' && text[word] <= 'Z' && text[at + 1] >= 'A' && text[at + 1] <= 'Z';
    if (text[at] == '/' && names) return true;
  }
  return false;
}

static bool is_caption(const reader *r, const block *b) {
  uint32_t words = block_words(b);
  if (b->flags & (IN_CAPTION | IN_FIGURE) && words < 90) return true;
  if (words <= 70 && ends_in_credit(r, b)) return true;
  if (!says(b, MARK_CAPTION) || words > 70) return false;
  /* A credit closes a caption ("… REUTERS/Jane Doe"); a line that opens with one is short ("Photo: Jane Doe"). */
  return b->inner_marks & MARK_CAPTION || !b->ends_stop || words < 12;
}

/* A place and a dash alone, "MOSCOW, March 28": a line of its own; at the head of a paragraph it stays the paragraph's. */
static bool is_dateline(const block *b) {
  uint32_t words = block_words(b);
  if (link_share(b) > 0.3f || b->digits == 0) return false;
  return words >= 2 && words <= 8 && !b->ends_stop && b->date_words * 2 >= words && b->capitals > 0 && b->date_words < words && !(b->marks & MARK_META);
}

static bool is_furniture(const block *b) {
  return b->flags & IN_PRUNED || b->ended || b->marks & (MARK_END | MARK_LIST | MARK_OFFER) || (b->marks & MARK_LINE && block_words(b) < 30) || link_share(b) > 0.7f;
}

/* A short line with an address to write to. */
static bool is_contact(const reader *r, const block *b) {
  if (block_words(b) > 16) return false;
  an_text text = block_text(r, b);
  for (uint32_t i = 1; i + 1 < text.size; i++)
    if (text.at[i] == '@' && text.at[i - 1] > ' ' && text.at[i - 1] != '(' && text.at[i + 1] > ' ' &&
        an_text_find(an_text_slice(text, i, text.size), 0, AN_LIT(".")) != AN_NONE) return true;
  return false;
}

/* A short line without a stop between paragraphs. */
static bool is_subhead(const reader *r, uint32_t i) {
  const block *b = &r->blocks.at[i];
  uint32_t words = block_words(b);
  if (words == 0 || words > 20 || is_furniture(b)) return false;
  if (b->flags & IN_HEADING) return true;
  if (b->ends_stop || b->opens_lower || b->bullet || b->flags & (IN_LIST | IN_TABLE)) return false;
  if (r->html) return b->flags & IN_STRONG && words <= 16;
  bool before = i > r->run_begin && block_words(&r->blocks.at[i - 1]) >= 8 && r->blocks.at[i - 1].score > 0;
  bool after = i + 1 < r->run_end && r->blocks.at[i + 1].score > 0;
  return before && after && words <= 16;
}

/* Lines without a stop that stand in a row are a list: menus and link lists when they have neither bullets nor a list's
   element, else part of the story. */
static bool short_in_a_row(const reader *r, uint32_t i) {
  uint32_t near = 0;
  for (uint32_t k = i > 2 ? i - 2 : 0; k <= i + 2 && k < r->blocks.count; k++) near += r->blocks.at[k].score <= 0 && !r->blocks.at[k].ends_stop;
  return near >= 3;
}

/* Flattened text keeps no links: items that a mark of a list holds ("More:"), or headlines in a row that nothing announced. */
static bool is_pointer(const reader *r, uint32_t i) {
  if (r->blocks.at[i].score < -3) return true;
  uint32_t first = i, end = i + 1, words = 0;
  while (first > 0 && i - first < 12 && r->blocks.at[first - 1].bullet) first--;
  while (end < r->blocks.count && end - i < 12 && r->blocks.at[end].bullet) end++;
  if (first > 0 && (r->blocks.at[first - 1].ends_colon || !r->blocks.at[first - 1].ends_stop)) return false;
  for (uint32_t k = first; k < end; k++) {
    if (r->blocks.at[k].ends_stop || r->blocks.at[k].opens_lower) return false;
    words += block_words(&r->blocks.at[k]);
  }
  return words >= (end - first) * 6;
}

/* A line of a paragraph whose other lines are text: "1. The lighthouse lamp<br><a>shop.example/lamp</a>". */
static bool shares_paragraph(const reader *r, uint32_t i) {
  const block *b = &r->blocks.at[i];
  if (b->tag != TAG_P || b->marks != 0) return false;
  bool before = i > 0 && b[-1].node == b->node && link_share(&b[-1]) < 0.5f;
  bool after = i + 1 < r->blocks.count && b[1].node == b->node && link_share(&b[1]) < 0.5f;
  return before || after;
}

/* Where the score draws the line between body and the rest. Leaning to precision, a block has to be running text by more than
   one weak sign; leaning to recall, a line is kept that no mark, name or link speaks against. */
static bool is_body(const reader *r, const block *b) {
  const float sure = 3, doubtful = -12;
  if (r->limits.favour == AN_FAVOUR_PRECISION) return b->score > (b->flags & IN_BODY_PROPERTY ? 0 : sure) && link_share(b) < 0.3f;
  return b->score > 0 || (r->limits.favour == AN_FAVOUR_RECALL && b->score > doubtful && !is_furniture(b) && !is_date_line(b) && !is_byline(b));
}

static uint8_t role_in_run(const reader *r, uint32_t i) {
  const block *b = &r->blocks.at[i];
  if (b->dateline) return AN_BLOCK_DATELINE;
  if (is_caption(r, b)) return AN_BLOCK_CAPTION;
  if ((b->tag == TAG_TD || b->tag == TAG_TH) && !is_furniture(b) && !(b->flags & IN_ASIDE)) return AN_BLOCK_BODY;
  if (i <= r->run_begin + 2 && b->stops == 0 && b->date_words >= 2 && is_byline(b)) return AN_BLOCK_BYLINE;
  if (i <= r->run_begin + 1 && !is_byline(b) && field_is_dated(r, b)) return AN_BLOCK_META;
  if (b->repeated || is_contact(r, b)) return AN_BLOCK_BOILERPLATE;
  if (is_body(r, b)) return r->limits.favour == AN_FAVOUR_RECALL && b->score <= 0 && is_subhead(r, i) ? AN_BLOCK_SUBHEAD : AN_BLOCK_BODY;
  if (b->announced) return AN_BLOCK_BODY;
  if (is_date_line(b)) return AN_BLOCK_META;
  if (is_byline(b)) return AN_BLOCK_BYLINE;
  if (is_subhead(r, i)) return AN_BLOCK_SUBHEAD;
  if (r->limits.favour == AN_FAVOUR_PRECISION && !r->html && !b->ends_stop) return AN_BLOCK_BOILERPLATE;
  if (link_share(b) > 0.7f && !(b->flags & IN_PRUNED) && shares_paragraph(r, i)) return AN_BLOCK_BODY;
  if (is_furniture(b) || b->flags & IN_ASIDE || b->inner_marks & (MARK_OFFER | MARK_END)) return AN_BLOCK_BOILERPLATE;
  if (!r->html && b->bullet && is_pointer(r, i)) return AN_BLOCK_BOILERPLATE;
  if (b->bullet || b->flags & (IN_LIST | IN_TABLE | IN_QUOTE)) return AN_BLOCK_BODY;
  if (r->html) return b->tag == TAG_P || b->ends_stop || block_words(b) > 8 ? AN_BLOCK_BODY : AN_BLOCK_BOILERPLATE;
  return b->ends_stop || !short_in_a_row(r, i) ? AN_BLOCK_BODY : AN_BLOCK_BOILERPLATE;
}

static bool is_deck(const reader *r, uint32_t i, bool only_one) {
  const block *b = &r->blocks.at[i];
  uint32_t words = block_words(b);
  if (words < 5 || words > 60 || is_furniture(b) || b->bullet) return false;
  if (b->flags & IN_DECK) return true;
  const block *next = i + 1 < r->blocks.count ? b + 1 : b;
  if (i == r->title + 1 && !b->ends_stop && b->marks == 0 && words <= 25 && (is_byline(next) || is_date_line(next))) return true;
  /* Directly under the title: a sentence that does not run into the body, or a second headline. */
  return i == r->title + 1 && (b->flags & IN_HEADING || only_one);
}

/* Between title and body: deck, byline, date, caption; what is none of them is furniture. */
static uint8_t role_before_run(const reader *r, uint32_t i) {
  const block *b = &r->blocks.at[i];
  if (is_date_line(b)) return AN_BLOCK_META;
  if (is_caption(r, b)) return AN_BLOCK_CAPTION;
  if (is_byline(b)) return AN_BLOCK_BYLINE;
  if (!is_furniture(b) && field_is_dated(r, b)) return AN_BLOCK_META;
  if (is_dateline(b)) return AN_BLOCK_DATELINE;
  if (notice_is(b)) return AN_BLOCK_META;
  if (is_deck(r, i, b->score > 0 || (b->paragraph_break && block_words(b) >= 8))) return AN_BLOCK_DECK;
  return AN_BLOCK_BOILERPLATE;
}

/* A first sentence that a caption, byline or date parts from the body is a deck. */
static bool first_is_deck(const reader *r) {
  uint32_t i = r->run_begin;
  if (r->title == AN_NONE || i != r->title + 1 || i + 2 >= r->run_end) return false;
  const block *b = &r->blocks.at[i], *next = &r->blocks.at[i + 1];
  if (block_words(b) > 45 || b->stops > 1) return false;
  return b->flags & (IN_DECK | IN_HEADING) || is_caption(r, next) || is_byline(next) || is_date_line(next);
}

static void trim_run(reader *r) {
  while (r->run_end > r->run_begin && r->blocks.at[r->run_end - 1].score <= 0) r->run_end--;
  while (r->run_begin < r->run_end && r->blocks.at[r->run_begin].score <= 0) r->run_begin++;
}

/* ---- The body's own element ---------------------------------------------------------------------------------------- */

/* The lowest element that holds nine tenths of the run's text. */
static uint32_t home_of_run(reader *r) {
  for (uint32_t i = 0; i < r->nodes.count; i++) { r->nodes.at[i].mass = 0; r->nodes.at[i].heaviest = 0; }
  for (uint32_t i = r->run_begin; i < r->run_end; i++)
    if (r->blocks.at[i].score > 0) r->nodes.at[r->blocks.at[i].node].mass += r->blocks.at[i].score;
  for (uint32_t i = r->nodes.count; i-- > 1;) {
    outline_node *parent = &r->nodes.at[r->nodes.at[i].parent];
    parent->mass += r->nodes.at[i].mass;
    if (parent->heaviest == 0 || r->nodes.at[i].mass >= r->nodes.at[parent->heaviest].mass) parent->heaviest = i;
  }
  uint32_t at = 0;
  for (;;) {
    uint32_t child = r->nodes.at[at].heaviest;
    if (child == 0 || r->nodes.at[child].mass < r->nodes.at[0].mass * 0.9f || r->nodes.at[child].tag == TAG_P) return at;
    at = child;
  }
}

/* What a block adds to the claim that the story goes on: tables, lists and short lines do, furniture takes from it. */
static float worth_in_home(const reader *r, uint32_t i) {
  const block *b = &r->blocks.at[i];
  uint32_t words = block_words(b);
  bool cell = (b->tag == TAG_TD || b->tag == TAG_TH) && !(b->flags & (IN_DATE | IN_TIME));
  if (!(b->flags & IN_PRUNED) && shares_paragraph(r, i)) return 1;
  if (cell && !is_furniture(b)) return words > 20 ? 20 : (float)words;
  if (b->flags & (IN_CAPTION | IN_FIGURE | IN_BYLINE | IN_DATE | IN_DECK) || is_date_line(b) || is_byline(b)) return 0;
  if (is_furniture(b) || b->flags & IN_ASIDE || b->marks != 0 || b->inner_marks & (MARK_OFFER | MARK_END) || link_share(b) > 0.5f) return -6;
  return words > 20 ? 20 : (float)words;
}

/* A list or table that opens or closes the story ("The tour dates: ...") has no running text, but stands in the element that
   holds the paragraphs. How much furniture the story may reach over depends on what the element is called. */
static void extend_in_home(reader *r) {
  if (!r->html || r->run_end <= r->run_begin) return;
  const outline_node *home = &r->nodes.at[home_of_run(r)];
  if (home->parent == AN_NONE) return;
  float reach = home->own & IN_BODY_PROPERTY ? 40 : 12, sum = 0;
  if (r->limits.favour == AN_FAVOUR_PRECISION && !(home->own & IN_BODY_PROPERTY)) reach = 0;
  if (r->limits.favour == AN_FAVOUR_RECALL) reach *= 3;
  for (uint32_t i = r->run_end; i < home->block_end && i < r->blocks.count && sum > -reach && !(r->blocks.at[i].marks & MARK_END); i++) {
    float worth = worth_in_home(r, i);
    sum = sum + worth > 40 ? 40 : sum + worth;
    if (worth > 0 && sum > 0) r->run_end = i + 1;
  }
  uint32_t first = r->title == AN_NONE || r->title < home->block ? home->block : r->title + 1;
  sum = 0;
  for (uint32_t i = r->run_begin; i-- > first && sum > -reach;) {
    float worth = worth_in_home(r, i);
    if (i == r->title + 1 && is_deck(r, i, true)) return;
    sum = sum + worth > 40 ? 40 : sum + worth;
    if (worth > 0 && sum > 0) r->run_begin = i;
  }
}

/* ---- Lists in flattened text ---------------------------------------------------------------------------------------------- */

static bool is_item(const reader *r, uint32_t i, const block *first) {
  const block *b = &r->blocks.at[i];
  uint32_t words = block_words(b);
  if (b->marks != 0 || b->inner_marks & (MARK_OFFER | MARK_END) || words == 0 || words > 30) return false;
  if (first->bullet || b->bullet) return first->bullet && b->bullet;
  return words >= 4 && r->words.at[b->word].date == r->words.at[first->word].date;
}

/* "The dates:" announces what stands under it, lines of one shape; so do three lines in a row that begin with a date. Such a
   list belongs to the story also where it closes it. */
static void announce_lists(reader *r) {
  if (r->html || r->run_end <= r->run_begin) return;
  for (uint32_t i = r->run_begin; i <= r->run_end && i + 1 < r->blocks.count;) {
    block *head = &r->blocks.at[i++];
    if (head->marks != 0 || head->bullet || block_words(head) == 0 || (!head->ends_colon && (head->ends_stop || block_words(head) > 20))) continue;
    const block *first = &r->blocks.at[i];
    bool dated = block_words(first) > 0 && r->words.at[first->word].date && !first->bullet;
    if (!head->ends_colon && !dated) continue;
    uint32_t end = i, least = head->ends_colon ? 2 : 3;
    while (end < r->blocks.count && is_item(r, end, first)) end++;
    if (end - i < least) continue;
    head->announced = true;
    for (; i < end; i++) r->blocks.at[i].announced = true;
    if (end > r->run_end) r->run_end = end;
  }
}

/* The last line of a text that was cut: running words, no stop, and nothing behind it. */
static void take_cut_line(reader *r) {
  enum { LEAST = 12 };
  if (r->html || r->blocks.count == 0 || r->run_end + 1 != r->blocks.count || r->run_end <= r->run_begin) return;
  const block *b = &r->blocks.at[r->run_end];
  char last = r->sink.text[b->clean.end - 1];
  bool running = block_words(b) >= LEAST && b->function_words * 5u >= block_words(b) && !b->opens_lower && !b->bullet;
  if (running && b->marks == 0 && b->inner_marks == 0 && ((last >= 'a' && last <= 'z') || last == ',')) r->run_end++;
}

/* In two chains, so that no product waits for the one before. */
static uint64_t hash_of_words(const reader *r, const block *b) {
  uint64_t chain[2] = {b->word_end - b->word, 0};
  uint32_t w = b->word;
  for (; w + 1 < b->word_end; w += 2)
    for (uint32_t k = 0; k < 2; k++) chain[k] = chain[k] * 0x9E3779B97F4A7C15u + r->words.at[w + k].fold;
  if (w < b->word_end) chain[0] = chain[0] * 0x9E3779B97F4A7C15u + r->words.at[w].fold;
  return chain[0] ^ (chain[1] * 0xC2B2AE3D27D4EB4Fu);
}

/* The caption of a picture that is shown twice, a sentence set large beside the text: a line that the run holds twice is not
   told, but shown. Questions and lines of a list do come again; and where a third does, that is how the text is made. */
static bool find_repeated(reader *r) {
  enum { LEAST = 12 };
  an_map seen = {0};
  uint32_t again = 0, all = 0;
  for (uint32_t i = r->run_begin; i < r->run_end; i++) {
    block *b = &r->blocks.at[i];
    all += block_words(b);
    if (block_words(b) < LEAST || !b->ends_period) continue;
    uint32_t *first = an_map_put(r->arena, &seen, hash_of_words(r, b), i);
    if (first == NULL) return false;
    if (*first == i) continue;
    b->repeated = r->blocks.at[*first].repeated = true;
    again += block_words(b);
  }
  for (uint32_t i = r->run_begin; i < r->run_end && again * 3 > all; i++) r->blocks.at[i].repeated = false;
  return true;
}

bool roles_set(reader *r) {
  trim_run(r);
  extend_in_home(r);
  announce_lists(r);
  take_cut_line(r);
  if (!find_repeated(r) || !fields_split(r)) return false;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    bool after_title = r->title != AN_NONE && i > r->title;
    if (i == r->title) b->kind = AN_BLOCK_TITLE;
    else if (i >= r->run_begin && i < r->run_end) b->kind = role_in_run(r, i);
    else if (after_title && i < r->run_begin) b->kind = role_before_run(r, i);
    else if (i < r->run_begin && r->run_begin - i < 12 && is_date_line(b)) b->kind = AN_BLOCK_META;
    else if (i < r->run_begin && r->run_begin - i < 6 && !is_furniture(b) && field_is_dated(r, b)) b->kind = AN_BLOCK_META;
    else if (i >= r->run_end && i < r->run_end + 4 && b->marks & MARK_SURE && is_byline(b)) b->kind = AN_BLOCK_BYLINE;
    else b->kind = AN_BLOCK_BOILERPLATE;
  }
  if (first_is_deck(r)) r->blocks.at[r->run_begin].kind = AN_BLOCK_DECK;
  return true;
}
