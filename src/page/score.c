/* SPDX-License-Identifier: Apache-2.0 */
/* The one scoring pass of both front doors: every block gets a figure in words, plus for running text, minus for furniture;
   the article is the run of blocks with the largest sum (Arias and others 2009 call it body text extraction, with tags for
   cost; here the cost is what a block looks like). Names of elements shift the figures; they never decide alone. */
#include "page/inner.h"

#include <string.h>

/* ---- What a block looks like by its words alone ---------------------------------------------------------------- */

static float link_share(const block *b) {
  uint32_t size = b->clean.end - b->clean.begin;
  return b->link_bytes == 0 || size == 0 ? 0 : (float)b->link_bytes / (float)size;
}

/* Words of a block; scripts without spaces give two characters a word. */
static float words_in(const block *b) {
  float words = (float)block_words(b), by_size = (float)(b->clean.end - b->clean.begin) / 14;
  return words > by_size ? words : by_size;
}

/* Running text has function words and ends in a stop; a long line has to be text even when it does not. On a page in a
   language whose function words are not in the table, stops alone have to do. */
static float worth_of_words(const block *b, bool functions_known) {
  float words = words_in(b);
  if (words == 0) return -1;
  float functions = functions_known ? (float)b->function_words / words : 0.3f, capitals = (float)b->capitals / words;
  if (link_share(b) > 0.6f) return -words - 3;
  bool running = functions >= 0.2f && capitals < 0.6f;
  if (b->ends_stop || b->ends_colon) {
    if (words >= 6 && running) return words;
    if (words >= 12 && functions >= 0.1f) return words * 0.7f;
    return words >= 4 && b->ends_stop ? 0.5f : -3;
  }
  if (words >= 20 && running) return words * 0.7f + (float)b->stops * 4;
  if (words >= 12 && running && b->stops > 0) return words * 0.5f;
  return words >= 40 ? words * 0.3f : -4;
}

static float worth_of_marks(const reader *r, const block *b, float worth) {
  uint16_t marks = b->marks, inner = b->inner_marks;
  float words = (float)block_words(b);
  bool long_text = words >= 30 && b->ends_stop;       /* "By signing the accord …": a long paragraph may begin like an offer */
  if (marks & MARK_END) return long_text && !r->html ? worth - 40 : -words - 60;
  if (inner & MARK_END) return worth - words - 10;
  if (marks & MARK_LIST) return long_text ? worth * 0.5f : -words - 15;
  if (marks & MARK_OFFER) return long_text ? worth - words - 10 : -words - 20;
  if (inner & MARK_OFFER) return worth - words - 10;
  if (marks & MARK_LINE) return long_text ? worth : -words - 6;
  if ((marks | inner) & MARK_CAPTION && words < 60 && (inner & MARK_CAPTION || words < 12)) return worth < 0 ? worth : -2;
  return worth;
}

/* ---- Outline: where the mass of running text is ------------------------------------------------------------------ */

/* A paragraph beside a paragraph is worth more than one between a headline and a date, as teasers have it; text without
   links counts a little even when it is a list. */
static float mass_of(const reader *r, uint32_t i) {
  const block *b = &r->blocks.at[i];
  if (b->flags & (IN_LINK | IN_HEADING) || link_share(b) > 0.4f) return 0;
  if (b->score <= 0) return b->marks == 0 ? words_in(b) * 0.1f : 0;
  bool before = i > 0 && r->blocks.at[i - 1].score > 0, after = i + 1 < r->blocks.count && r->blocks.at[i + 1].score > 0;
  return b->score * (before || after ? 1.0f : 0.4f) * (b->flags & IN_BODY_PROPERTY ? 2.0f : 1.0f);
}

static void weigh_nodes(reader *r, bool all) {
  for (uint32_t i = 0; i < r->nodes.count; i++) { r->nodes.at[i].mass = 0; r->nodes.at[i].heaviest = 0; }
  for (uint32_t i = 0; i < r->blocks.count; i++)
    if (all || !(r->blocks.at[i].flags & IN_PRUNED)) r->nodes.at[r->blocks.at[i].node].mass += mass_of(r, i);
  for (uint32_t i = r->nodes.count; i-- > 1;) {
    const outline_node *n = &r->nodes.at[i];
    outline_node *parent = &r->nodes.at[n->parent];
    parent->mass += n->mass;
    if (parent->heaviest == 0 || n->mass >= r->nodes.at[parent->heaviest].mass) parent->heaviest = i;
  }
}

/* Names count only on elements that hold less than this share of the page's running text: <div class="comments-page">
   around everything says nothing. */
static void names_to_blocks(reader *r) {
  float total = r->nodes.at[0].mass;
  for (uint32_t i = 1; i < r->nodes.count; i++) {
    outline_node *n = &r->nodes.at[i];
    bool inside = (r->nodes.at[n->parent].own & (IN_BODY_PROPERTY | IN_PRUNED)) == IN_BODY_PROPERTY;
    bool heavy = total > 0 && n->mass > total * (inside ? 0.25f : 0.55f);
    /* A quotation keeps its words in an embedded post, whose names are those of sharing and of media. */
    uint32_t said = r->nodes.at[n->parent].own & ~(uint32_t)IN_FORM_OF_TEXT;
    if (n->tag == TAG_BLOCKQUOTE) { n->own &= ~(uint32_t)IN_POSTED; said &= ~(uint32_t)IN_POSTED; }
    if (heavy) n->own &= ~(uint32_t)(IN_PRUNED | IN_CAPTION | IN_ASIDE | IN_HEADER | IN_HEADLINE | IN_DECK | IN_BYLINE | IN_DATE | IN_FIGURE);
    n->own |= said;
  }
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    b->flags |= r->nodes.at[b->node].own & ~(uint32_t)IN_FORM_OF_TEXT;
  }
}

/* The lowest element that holds nearly all running text that is not pruned; names that promise a body lower the bar. */
static uint32_t container(const reader *r) {
  uint32_t at = 0;
  for (;;) {
    uint32_t child = r->nodes.at[at].heaviest;
    if (child == 0 || r->nodes.at[child].mass <= 0) return at;
    const outline_node *n = &r->nodes.at[child];
    bool leaf = n->tag == TAG_P || n->tag == TAG_LI || n->tag == TAG_TD || n->tag == TAG_BLOCKQUOTE || n->heaviest == 0;
    bool named = (n->own & ~r->nodes.at[at].own) & (IN_CONTENT | IN_BODY_PROPERTY | IN_ARTICLE);
    if (leaf || n->mass < r->nodes.at[at].mass * (named ? 0.6f : 0.8f)) return at;
    at = child;
  }
}

static const float island = 6;

static bool shift_by_outline(reader *r) {
  weigh_nodes(r, true);
  names_to_blocks(r);
  if (!title_hints(r)) return false;
  weigh_nodes(r, false);
  uint32_t home = container(r);
  uint32_t begin = r->nodes.at[home].block, end = home == 0 ? r->blocks.count : r->nodes.at[home].block_end;
  AN_TRACE(r->trace, "page.container", ((an_span){0, r->sink.size}), true, "blocks %u to %u", begin, end);
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    float words = words_in(b);
    bool outside = i < begin || i >= end;
    if (outside) b->score = b->score > 0 ? -b->score * 0.5f - 4 : b->score - 2;
    float before = b->score;
    if (b->flags & (IN_COMMENT | IN_MENU | IN_NAV | IN_FOOTER | IN_FORM | IN_SHARE | IN_TAGS)) b->score = -words - 5;
    else if (b->flags & (IN_RELATED | IN_PROMO | IN_BIO | IN_HIDDEN)) b->score = b->score > 0 ? -words * 0.5f - 4 : b->score - 4;
    else if (b->flags & (IN_CAPTION | IN_FIGURE | IN_BYLINE | IN_DATE)) b->score = b->score > 0 ? -2 : b->score;
    else if (b->flags & IN_ASIDE) b->score = b->score > 0 ? -words * 0.3f - 2 : b->score - 2;
    else if (!outside && b->score < 0 && b->marks == 0 && link_share(b) < 0.5f) b->score = b->tag == TAG_P || b->flags & IN_HEADING ? -1 : -1.5f;
    /* An element that its name gives away is an island: what stands behind it in the body's own element is still body. */
    if (!outside && b->flags & IN_PRUNED && b->score < -island) b->score = before > 0 || words > 8 ? -island : -island / 2;
    if (b->flags & IN_BODY_PROPERTY && !(b->flags & (IN_PRUNED | IN_CAPTION | IN_ASIDE)) && b->score > 0) b->score *= 1.3f;
  }
  return true;
}

/* ---- Comments: lines that a reader's word begins with --------------------------------------------------------------------- */

static bool is_dates(const block *b) {
  uint32_t words = block_words(b);
  return words > 0 && words <= 14 && b->digits > 0 && b->date_words * 10 >= words * 7;
}

/* "jane99 says:", "Sam on May 3, 2019 at 8:50 pm said:", "Reply": twice or more, and what follows the first is no article. */
static void shift_by_comments(reader *r) {
  uint32_t heads = 0, first = AN_NONE;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    if (!(r->blocks.at[i].marks & MARK_HEAD)) continue;
    if (heads++ == 0) first = i;
  }
  if (heads < 2) return;
  for (uint32_t i = first; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    b->score = b->score > 0 ? -b->score * 0.5f - 4 : b->score - 2;
  }
}

/* ---- Sections of furniture: what a mark says of the lines behind it ---------------------------------------------------- */

/* "You may also like" is followed by headlines, "Join …" by more of the same: both lose their hold when running text
   goes on for some lines. */
static void shift_by_sections(reader *r) {
  float hold = 0;
  uint32_t running = 0;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    float words = (float)block_words(b);
    if (b->score > 0 && words >= 20 && b->marks == 0 && b->inner_marks == 0) running++; else running = 0;
    if (running >= 2) hold = 0;
    if (hold > 0) {
      bool headline = !b->ends_stop || words < 8;
      b->score = headline ? (b->score > 0 ? -4 : b->score - 2) : b->score - hold;
      hold *= 0.8f;
      if (hold < 2) hold = 0;
    }
    uint16_t marks = b->marks;
    if (words < 25 && marks & MARK_LIST) hold = 12;
    if (marks & MARK_OFFER) hold = hold > 20 ? hold : 20;
    if (marks & MARK_END && words < 25) hold = 30;
    if (is_dates(b)) b->score = -10;                   /* a printed date begins an item: a page's own stands before its body */
  }
}

/* In HTML a line that ends the article ends it for its element: "About the author" and the paragraphs under it. Names alone do
   not say so where most of the page's text would go. */
static bool shift_by_ends(reader *r) {
  float *before = AN_NEW(r->arena, float, (size_t)r->blocks.count + 1);      /* running text before block i */
  if (before == NULL) return false;
  before[0] = 0;
  for (uint32_t i = 0; i < r->blocks.count; i++) before[i + 1] = before[i] + (r->blocks.at[i].score > 0 ? r->blocks.at[i].score : 0);
  for (uint32_t i = 0; i < r->blocks.count;) {
    const block *mark = &r->blocks.at[i++];
    uint32_t above = r->nodes.at[mark->node].parent;
    if (!(mark->marks & MARK_END) || block_words(mark) >= 25 || above == AN_NONE) continue;
    uint32_t end = r->nodes.at[above].block_end < r->blocks.count ? r->nodes.at[above].block_end : r->blocks.count;
    if (before[end] - before[i] > before[r->blocks.count] * 0.3f || before[i] < before[end] - before[i]) continue;
    for (; i < end; i++) {
      block *b = &r->blocks.at[i];
      b->score = b->score > 0 ? (float)block_words(b) * -0.5f - 4 : b->score - 2;
      b->ended = true;
    }
  }
  return true;
}

bool score_blocks(reader *r) {
  uint64_t words = 0, functions = 0;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    words += block_words(&r->blocks.at[i]);
    functions += r->blocks.at[i].function_words;
  }
  bool functions_known = functions * 20 >= words;
  for (uint32_t i = 0; i < r->blocks.count; i++) {
    block *b = &r->blocks.at[i];
    b->score = worth_of_words(b, functions_known);
    if (b->bullet && b->score < 0) b->score = -2;
    if (b->flags & IN_LIST && b->score < 0 && link_share(b) < 0.5f) b->score = -2;
  }
  for (uint32_t i = 0; i < r->blocks.count; i++) r->blocks.at[i].score = worth_of_marks(r, &r->blocks.at[i], r->blocks.at[i].score);
  if (!r->html) shift_by_sections(r);
  if (!(r->html ? shift_by_outline(r) : title_hints(r))) return false;
  shift_by_comments(r);
  return !r->html || shift_by_ends(r);
}

/* ---- The best run ------------------------------------------------------------------------------------------------------ */

/* What a run has behind it carries it over so many words of furniture and no more: a thousand words of article do not reach
   the comments through a hundred lines of menu. */
static const float longest_reach = 120, longest_reach_in_html = 500;   /* names of elements have judged already */

/* Share of the hinted title's content words that the head of a run has. */
static float coherence(const reader *r, uint32_t begin, uint32_t end) {
  uint64_t found = 0, some[8] = {0};                 /* some: of the hints, a bit each; hardly a word that is none of them has one */
  uint32_t looked = 0;
  for (uint32_t k = 0; k < r->hint_count; k++) some[r->hints[k] >> 61] |= (uint64_t)1 << (r->hints[k] >> 55 & 63);
  if (r->hint_count == 0) return 0.5f;
  for (uint32_t i = begin; i < end && looked < 300; i++) {
    const block *b = &r->blocks.at[i];
    if (b->score <= 0) continue;
    for (uint32_t w = b->word; w < b->word_end && looked < 300; w++, looked++) {
      uint64_t fold = r->words.at[w].fold;
      if (!((some[fold >> 61] >> (fold >> 55 & 63)) & (r->words.at[w].function == 0) & 1)) continue;
      for (uint32_t k = 0; k < r->hint_count; k++)
        if (r->hints[k] == fold) found |= (uint64_t)1 << k;
    }
  }
  uint32_t count = 0;
  for (; found != 0; found &= found - 1) count++;
  return (float)count / (float)r->hint_count;
}

/* An empty table with room for `most` words; it is taken once for all runs that ask for no more. */
static bool head_table(reader *r, uint32_t most) {
  uint32_t slots = 1024;
  while (slots < most * 2) slots *= 2;
  if (slots <= r->head_slots) return true;
  r->head_slot = an_arena_take(r->arena, slots, sizeof *r->head_slot);
  r->head_words = an_arena_raw(r->arena, slots / 2 + 1, sizeof *r->head_words);
  r->head_slots = slots;
  if (r->head_words != NULL) r->head_words[0] = (head_word){0, 0, 0, 0};      /* none */
  r->spent |= r->head_slot == NULL || r->head_words == NULL;
  return !r->spent;
}

/* The content words of a run's first blocks into head_words, from 1 on, each with its block; how many. The last block is taken whole. */
static uint32_t head_content(reader *r, uint32_t begin, uint32_t end, uint32_t enough) {
  uint32_t count = 0;
  for (uint32_t i = begin; i < end && count < enough; i++) {
    const block *b = &r->blocks.at[i];
    for (uint32_t w = b->word; b->score > 0 && w < b->word_end; w++) {
      head_word *word = &r->head_words[count + 1];
      word->fold = r->words.at[w].fold;
      word->block = i;
      count += is_content(&r->words.at[w]);
    }
  }
  return count;
}

/* Of those words each once, counted, in the same place. Whether a word is new nothing foretells, so that it is not asked in a branch. */
static uint32_t head_different(reader *r, uint32_t count) {
  head_word *words = r->head_words;
  uint32_t mask = r->head_slots - 1, different = 0;
  for (uint32_t k = 1; k <= count; k++) {
    uint64_t fold = words[k].fold;
    uint32_t own = words[k].block, slot = (uint32_t)(fold >> 32) & mask, at;
    while ((at = r->head_slot[slot], (at != 0) & (words[at].fold != fold))) slot = (slot + 1) & mask;
    bool fresh = at == 0;
    different += fresh;
    at = fresh ? different : at;
    bool several = !fresh & (words[at].block != own);
    words[at] = (head_word){fold, several ? AN_NONE : own, fresh ? 1 : words[at].count + 1, slot};
    r->head_slot[slot] = at;
  }
  return different;
}

/* Share of the content words of a run's head that stand in more than one of its blocks: a story comes back to its words, a
   list of teasers does not. */
static float cohesion(reader *r, uint32_t begin, uint32_t end) {
  enum { ENOUGH = 400 };
  uint32_t again = 0, longest = 0;
  for (uint32_t i = begin; i < end; i++) longest = block_words(&r->blocks.at[i]) > longest ? block_words(&r->blocks.at[i]) : longest;
  if (!head_table(r, ENOUGH + longest)) return 0;
  uint32_t content = head_content(r, begin, end, ENOUGH), different = head_different(r, content);
  for (uint32_t k = 1; k <= different; k++) {
    again += r->head_words[k].block == AN_NONE ? r->head_words[k].count : 0;
    r->head_slot[r->head_words[k].slot] = 0;          /* empty for the next run */
  }
  return content == 0 ? 0 : (float)again / (float)content;
}

/* A printed date or a byline stands just before an article, hardly ever before a list of teasers or a legal notice. */
static bool is_signed(const reader *r, uint32_t begin) {
  for (uint32_t i = begin; i-- > 0 && begin - i <= 6;) {
    const block *b = &r->blocks.at[i];
    if (is_dates(b) || (b->marks & MARK_BYLINE && block_words(b) <= 20 && b->capitals * 2u >= block_words(b))) return true;
  }
  return false;
}

/* What furniture inside the run took from its sum. */
static float purity(const reader *r, uint32_t begin, uint32_t end, float sum) {
  float positive = 0;
  for (uint32_t i = begin; i < end; i++)
    if (r->blocks.at[i].score > 0) positive += r->blocks.at[i].score;
  return positive > 0 ? sum / positive : 0;
}

/* What is known of a run; its coherence, when it is new. Hints and scores are the same from the first time on. */
static run_judged *judged(reader *r, uint32_t begin, uint32_t end) {
  for (uint32_t k = 0; k < RUNS_KEPT && k < r->runs_seen; k++)
    if (r->runs_judged[k].run.begin == begin && r->runs_judged[k].run.end == end) return &r->runs_judged[k];
  run_judged *run = &r->runs_judged[r->runs_seen++ % RUNS_KEPT];
  *run = (run_judged){{begin, end}, coherence(r, begin, end), -1};
  return run;
}

/* What a run is worth, when it can be more than `best`. */
static float worth_of_run(reader *r, uint32_t begin, uint32_t end, float sum, float best) {
  float worth = sum > 600 ? 600 : sum;               /* beyond that, longer is not likelier */
  worth *= purity(r, begin, end, sum);
  if (is_signed(r, begin)) worth *= 1.5f;
  run_judged *run = judged(r, begin, end);
  float hinted = run->hinted;
  worth *= r->anchor == AN_NONE ? 0.6f + hinted * 0.4f : 0.25f + hinted;
  if (worth * 4 < best) return 0;                    /* what follows is less than four times that */
  if (run->coheres < 0) run->coheres = cohesion(r, begin, end);
  float coheres = run->coheres;
  worth *= 0.5f + 2 * coheres;
  if (r->anchor != AN_NONE && end <= r->anchor) worth *= 0.4f;
  if (r->anchor != AN_NONE && begin > r->anchor && begin - r->anchor <= 12) worth *= 1.5f;
  AN_TRACE(r->trace, "page.run", ((an_span){r->blocks.at[begin].clean.begin, r->blocks.at[end - 1].clean.end}), worth > 0,
           "blocks %u to %u: sum %.1f, coherence %.2f, cohesion %.2f, worth %.1f", begin, end, (double)sum, (double)hinted, (double)coheres,
           (double)worth);
  return worth;
}

/* Runs of blocks whose sums stay over nought, each cut at its peak; the worthiest is the article. Nothing of it stands before
   the title where that is known. */
void score_run(reader *r) {
  float best = 0, carried = 0, total = 0, peak = 0, reach = r->html ? longest_reach_in_html : longest_reach;
  reach *= r->limits.favour == AN_FAVOUR_PRECISION ? 0.5f : r->limits.favour == AN_FAVOUR_RECALL ? 2.0f : 1.0f;
  uint32_t begin = r->title == AN_NONE ? 0 : r->title + 1, from = begin, peak_end = begin;
  r->run_begin = r->run_end = begin;
  for (uint32_t i = begin; i <= r->blocks.count; i++) {
    /* In HTML the headline is known for what it is: what stands before it is another's. */
    if (carried <= 0 || (r->html && i == r->anchor)) {
      if (peak > 0 && peak * 7 > best) {          /* no factor of worth_of_run is larger */
        float worth = worth_of_run(r, from, peak_end, peak, best);
        if (worth > best) { best = worth; r->run_begin = from; r->run_end = peak_end; }
      }
      carried = total = peak = 0;
      from = i;
    }
    if (i == r->blocks.count) break;
    float score = r->blocks.at[i].score;
    carried = carried + score > reach ? reach : carried + score;
    total += score;
    if (total > peak) { peak = total; peak_end = i + 1; }
    if (i + 1 == r->blocks.count) carried = 0;
  }
}
