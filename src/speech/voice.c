/* SPDX-License-Identifier: Apache-2.0 */
/* Who speaks a quotation that no verb of saying tells: "The mayor shook her head: “…”", “…” alone in a paragraph below what somebody
   said, turns of a talk. Of all who are named around it, those who spoke last, and nobody, the one whose signs weigh most; the weights
   are those of voice.tsv, learned from pages whose statements are marked (tools/train_voice.py). */
#include "speech/inner.h"

#include <stdio.h>

enum { MOST_CANDIDATES = 24, MOST_SIGNS_OF_ONE = 40, FEW = 4, SOME = 6, BESIDE = 3, NEAR = 10, LAST_DRAFTS = 6,
       DOUBT = 5800 /* thousandths of a logarithm: our own pages hold more talk than news does, and few quotations of nobody (docs/tried.md) */,
       DOUBT_OF_TAG = 1500 /* the same where a tag would name him: of 50 such on PolNeAR train 48 speak, of the others less than half */ };

#define SIGNS(X)                                                                                                                        \
  X(BEFORE, "before it in its sentence") X(BEHIND, "behind it in its sentence") X(ABOVE, "in the sentence before") X(BELOW, "in the sentence behind") \
  X(VOICE, "spoke last") X(SECOND, "spoke before the last") X(IS_BESIDE, "within 3 words") X(IS_NEAR, "within 10 words") X(IS_FAR, "farther")  \
  X(OTHER_BLOCK, "in another paragraph") X(SUBJECT, "subject") X(ROOT_SUBJECT, "subject of its sentence") X(OBJECT, "object")            \
  X(OBLIQUE, "oblique") X(OWNER, "possessive") X(NOUN_OF_NOUN, "noun of a noun") X(APPOSED, "apposition") X(HEADS, "heads its sentence")   \
  X(BEFORE_SUBJECT, "subject before it in its sentence") X(BEHIND_SUBJECT, "subject behind it in its sentence")                           \
  X(ABOVE_SUBJECT, "subject of the sentence before") X(ABOVE_OTHER, "no subject of the sentence before") X(PERSON, "person") X(ROLE, "role") \
  X(BODY, "organisation or group") X(COUNTRY, "country") X(PRONOUN, "pronoun") X(NOUN, "noun that nothing names") X(CUE, "its verb is of saying") \
  X(CUE_USED, "its verb tells something already") X(COLON, "a colon between") X(COMMA, "a comma between") X(IN_TITLE, "in a title")        \
  X(TITLE_COLON, "in a title, behind a colon") X(SPOKE, "somebody near, who spoke last")      \
  X(SPOKE_SECOND, "somebody near, who spoke before the last") X(VOICE_NEXT, "spoke last, right before") X(VOICE_ALONE, "spoke last, a paragraph of its own") \
  X(VOICE_HERE, "spoke last, in this paragraph") X(VOICE_NEXT_BLOCK, "spoke last, in the paragraph before") X(VOICE_DIRECT, "spoke last, in a quotation") \
  X(VOICE_ASKED, "spoke last, and asked") X(SECOND_ASKED, "spoke before the last, who asked") X(VOICE_SINCE, "spoke last, and another was a subject since") \
  X(ALONE_SUBJECT, "subject of the sentence before, a paragraph of its own") X(OPENS_SUBJECT, "subject of the sentence before, and it opens its own") \
  X(TAG, "its verb beside it, behind a pause") X(COLON_ROOT, "subject of its sentence, a colon between") X(FIRST, "nearest") X(ONLY, "nobody else is near") \
  X(NOBODY, "nobody") X(NOBODY_ONE, "nobody, one word") X(NOBODY_FEW, "nobody, two or three words") X(NOBODY_SOME, "nobody, four or five words") \
  X(NOBODY_NAME, "nobody, words in capitals") X(NOBODY_LOWER, "nobody, a small letter first") X(NOBODY_ALONE, "nobody, a paragraph of its own") \
  X(NOBODY_OPENS, "nobody, opens its sentence") X(NOBODY_PAUSE, "nobody, a pause before the closing mark") X(NOBODY_COLON, "nobody, behind a colon") \
  X(NOBODY_COMMA, "nobody, behind a comma") X(NOBODY_INSIDE, "nobody, a word before it") X(NOBODY_GOES_ON, "nobody, a word behind it")     \
  X(NOBODY_TITLE, "nobody, in a title") X(NOBODY_VOICE, "nobody, and somebody spoke right before") X(NOBODY_NEAR, "nobody, and nobody is near")

AN_SIGNS(SIGNS, AN_VOICE_SIGNS);
_Static_assert((int)SIGN_COUNT <= (int)AN_MOST_VOICE_SIGNS, "room for the weights");

typedef struct signs { uint8_t at[MOST_SIGNS_OF_ONE]; uint32_t count; } signs;
typedef struct candidate { uint32_t head; an_draft *voice; signs signs; bool tags; } candidate; /* a token, or somebody who spoke; tags: stands where a tag would name him */
typedef struct words_said { an_range range; uint32_t words, sentence, last, block; bool alone, opens, title; an_draft *voice, *second; } words_said;

static void add(signs *s, bool holds, uint8_t sign) {
  if (holds && s->count < sizeof s->at) s->at[s->count++] = sign;
}

an_status an_voice_open(an_walk *walk, an_error *err) {
  const an_table *table = an_lexicon_table(walk->lexicon, "voice");
  if (table == NULL) return an_fail(err, AN_ERR_DATA, "speech", "lexicon.an holds no table voice; make it again with tools/lexiconc");
  an_table_weights(table, NULL, "weight", &AN_VOICE_SIGNS, walk->voice);
  return AN_OK;
}

/* ---- Who spoke -------------------------------------------------------------------------------------- */

/* The paragraph that a statement has come to. */
uint32_t an_last_block(const an_walk *walk, const an_draft *draft) {
  uint32_t last = draft->content_count > 0 ? draft->content[draft->content_count - 1].end - 1 : 0;
  if (draft->cue != AN_NONE && draft->cue > last) last = draft->cue;
  return walk->words->sentences[an_tok(walk, last)->sentence].block;
}

/* Does somebody speak in it? Not where it is a thought, a name given or a deed. */
static bool is_voice(const an_walk *walk, const an_draft *draft) {
  if (draft->frame == AN_FRAME_MIND || draft->frame == AN_FRAME_NOUN || draft->frame == AN_FRAME_HEADLINE) return false;
  if (draft->speaker_count == 0 || draft->content_count == 0) return false;
  if (draft->cue == AN_NONE || draft->frame == AN_FRAME_QUOTE) return true;
  if (an_cue_phrase_at(walk, draft->cue).kind == AN_CUE_PHRASE) return true;
  return (an_cue_at(walk, draft->cue).takes & (AN_TAKES_QUOTE | AN_TAKES_PARTICLE)) != 0;
}

/* Whose words a quotation without a cue can go on from: the last thing said that is not told inside another's words; of one
   sentence rather a quotation than what is told beside it ("“…,” Holt said, after the mayor had assured them that …"). */
static an_draft *voice_before(const an_walk *walk) {
  an_draft *voice = NULL;
  uint32_t sentence = AN_NONE;
  for (uint32_t at = walk->draft_count; at > 0 && at + 4 > walk->draft_count; at--) {
    an_draft *draft = &walk->drafts[at - 1];
    if (draft->dropped) continue;
    for (int step = 0; step < 4 && draft->parent != AN_NONE; step++) draft = &walk->drafts[draft->parent];
    if (sentence != AN_NONE && draft->sentence != sentence) break;
    if (is_voice(walk, draft) && (voice == NULL || (draft->frame == AN_FRAME_QUOTE && voice->frame != AN_FRAME_QUOTE))) voice = draft;
    sentence = draft->sentence;
  }
  return voice;
}

static uint32_t chain_of(const an_walk *walk, const an_draft *draft) {
  return draft == NULL || draft->speaker_count == 0 || draft->speaker_mention[0] == AN_NONE ? AN_NONE : walk->mentions->list.at[draft->speaker_mention[0]].chain;
}

/* Who spoke before the last. */
static an_draft *voice_second(const an_walk *walk, const an_draft *last) {
  for (uint32_t at = walk->draft_count; last != NULL && at > 0 && at + LAST_DRAFTS > walk->draft_count; at--) {
    an_draft *draft = &walk->drafts[at - 1];
    if (draft != last && !draft->dropped && draft->parent == AN_NONE && is_voice(walk, draft) && (chain_of(walk, draft) != chain_of(walk, last) || chain_of(walk, last) == AN_NONE)) return draft;
  }
  return NULL;
}

static bool asks(const an_walk *walk, const an_draft *draft) {
  uint32_t end = draft->content[draft->content_count - 1].end;
  return end >= 2 && (an_word_is(walk->words, end - 2, "?") || an_word_is(walk->words, end - 1, "?"));
}

/* "Holt said the pact was bad. “It will hurt us all.”": a quotation of whole sentences behind what somebody has just said. */
static bool right_behind(const an_walk *walk, const words_said *q) {
  const an_draft *before = q->voice;
  const an_sentence *last = &walk->words->sentences[q->last];
  if (before->cue == AN_NONE || before->content_count == 0 || !q->opens || last->first + last->count > q->range.end + 1) return false;
  uint32_t told = an_tok(walk, before->content[before->content_count - 1].end - 1)->sentence, cue = an_tok(walk, before->cue)->sentence;
  return an_last_block(walk, before) == q->block && (told > cue ? told : cue) + 1 == q->sentence;
}

/* Whoever spoke last goes on where nothing stands between: in news nearly always, in the talks of our own pages less often. */
static bool speaks_on(const an_walk *walk, const words_said *q) {
  if (q->voice == NULL || q->words < SOME) return false;
  return (q->alone && an_next_body(walk, an_last_block(walk, q->voice), q->block)) || right_behind(walk, q);
}

/* ---- Who is named near ------------------------------------------------------------------------------- */

static bool may_be(const an_walk *walk, uint32_t token) {
  const an_token *t = an_tok(walk, token);
  uint32_t index = walk->mention_of[token];
  if (t->quote_depth > 0) return false;
  if (index != AN_NONE) {
    const an_mention_at *m = &walk->mentions->list.at[index];
    return m->head == token && m->m.kind != AN_MENTION_PLACE && (m->flags & AN_MENTION_ADJECTIVE) == 0;
  }
  bool stands = t->rel == AN_NSUBJ || t->rel == AN_ROOT || (t->flags & AN_WORD_ROLE) != 0;
  an_cue cue = {.kind = AN_CUE_PHRASE};
  return stands && (t->upos == AN_NOUN || t->upos == AN_PROPN || t->upos == AN_PRON) && an_may_speak(walk, token, &cue);
}

static void offer_sentence(const an_walk *walk, const words_said *q, uint32_t sentence, candidate *all, uint32_t *count) {
  const an_sentence *s = &walk->words->sentences[sentence];
  for (uint32_t token = s->first; token < s->first + s->count && *count < MOST_CANDIDATES; token++)
    if ((token < q->range.first || token >= q->range.end) && may_be(walk, token)) all[(*count)++] = (candidate){.head = token};
}

static uint32_t gather(const an_walk *walk, const words_said *q, candidate *all) {
  const an_words *words = walk->words;
  uint32_t count = 0;
  if (q->voice != NULL) all[count++] = (candidate){.head = AN_NONE, .voice = q->voice};
  if (q->second != NULL) all[count++] = (candidate){.head = AN_NONE, .voice = q->second};
  for (uint32_t s = q->sentence; s <= q->last; s++) offer_sentence(walk, q, s, all, &count);
  bool above = q->sentence > 0 && (words->sentences[q->sentence - 1].block == q->block || an_next_body(walk, words->sentences[q->sentence - 1].block, q->block));
  if (above) offer_sentence(walk, q, q->sentence - 1, all, &count);
  bool below = q->last + 1 < words->sentence_count && words->sentences[q->last + 1].block == q->block;
  if (below) offer_sentence(walk, q, q->last + 1, all, &count);
  return count;
}

/* ---- Signs -------------------------------------------------------------------------------------------- */

static void signs_of_voice(const an_walk *walk, const words_said *q, candidate *c, bool since) {
  signs *s = &c->signs;
  const an_draft *d = c->voice;
  if (d == q->second) {
    add(s, true, SIGN_SECOND);
    add(s, asks(walk, q->voice), SIGN_SECOND_ASKED);
    return;
  }
  uint32_t block = an_last_block(walk, d), told = an_tok(walk, d->content[d->content_count - 1].end - 1)->sentence, cue = d->cue == AN_NONE ? told : an_tok(walk, d->cue)->sentence;
  add(s, true, SIGN_VOICE);
  add(s, (told > cue ? told : cue) + 1 >= q->sentence, SIGN_VOICE_NEXT);
  add(s, block == q->block, SIGN_VOICE_HERE);
  add(s, an_next_body(walk, block, q->block), SIGN_VOICE_NEXT_BLOCK);
  add(s, q->alone && an_next_body(walk, block, q->block), SIGN_VOICE_ALONE);
  add(s, d->kind != AN_INDIRECT, SIGN_VOICE_DIRECT);
  add(s, asks(walk, d), SIGN_VOICE_ASKED);
  add(s, since, SIGN_VOICE_SINCE);
}

static bool subject_of_sentence(const an_walk *walk, uint32_t head) {
  const an_token *t = an_tok(walk, head);
  for (int step = 0; step < 4 && (t->rel == AN_FLAT || t->rel == AN_APPOS) && t->head != AN_NONE; step++) t = an_tok(walk, t->head);
  return (t->rel == AN_NSUBJ || t->rel == AN_NSUBJ_PASS) && t->head != AN_NONE && an_tok(walk, t->head)->head == AN_NONE;
}

static void signs_of_kind(const an_walk *walk, const words_said *q, candidate *c) {
  signs *s = &c->signs;
  uint32_t index = walk->mention_of[c->head];
  const an_mention_at *m = index == AN_NONE ? NULL : &walk->mentions->list.at[index];
  bool pronoun = an_tok(walk, c->head)->upos == AN_PRON;
  add(s, pronoun, SIGN_PRONOUN);
  if (m == NULL) {
    add(s, !pronoun, SIGN_NOUN);
    return;
  }
  add(s, m->m.kind == AN_MENTION_PERSON, SIGN_PERSON);
  add(s, m->m.kind == AN_MENTION_ROLE, SIGN_ROLE);
  add(s, m->m.kind == AN_MENTION_ORGANISATION || m->m.kind == AN_MENTION_GROUP, SIGN_BODY);
  add(s, m->m.kind == AN_MENTION_COUNTRY, SIGN_COUNTRY);
  add(s, m->chain == chain_of(walk, q->voice), SIGN_SPOKE);
  add(s, m->chain == chain_of(walk, q->second), SIGN_SPOKE_SECOND);
}

/* "“…,” he grumbled when", "“…,” confides an adviser": nothing but somebody and a verb behind the pause. */
static bool is_tag(const an_walk *walk, const words_said *q, uint32_t head) {
  uint32_t at = q->range.end, verb = an_tok(walk, head)->head, limit = walk->words->token_count;
  bool pause = an_is_punct(walk, at - 2) || (at < limit && an_is_comma(walk, at)); /* the closing mark is the last */
  while (at < limit && an_is_punct(walk, at)) at++;
  if (!pause || at >= limit || head < q->range.end || verb == AN_NONE || !an_is_finite(walk, verb)) return false;
  an_range who = an_phrase_of(walk, head);
  return verb < who.first ? verb == at && who.first <= verb + 2 : who.first == at && verb >= who.end && verb <= who.end + 1;
}

static void signs_of_place(const an_walk *walk, const words_said *q, candidate *c) {
  signs *s = &c->signs;
  const an_token *t = an_tok(walk, c->head);
  uint8_t rel = t->rel;
  bool before = c->head < q->range.first, same = t->sentence >= q->sentence && t->sentence <= q->last, subject = rel == AN_NSUBJ || rel == AN_NSUBJ_PASS, root = subject_of_sentence(walk, c->head);
  uint32_t far = before ? q->range.first - c->head : c->head - q->range.end + 1;
  add(s, true, (uint8_t)(same ? before ? SIGN_BEFORE : SIGN_BEHIND : before ? SIGN_ABOVE : SIGN_BELOW));
  add(s, true, (uint8_t)(far <= BESIDE ? SIGN_IS_BESIDE : far <= NEAR ? SIGN_IS_NEAR : SIGN_IS_FAR));
  add(s, walk->words->sentences[t->sentence].block != q->block, SIGN_OTHER_BLOCK);
  add(s, subject, SIGN_SUBJECT);
  add(s, root, SIGN_ROOT_SUBJECT);
  add(s, rel == AN_OBJ || rel == AN_IOBJ, SIGN_OBJECT);
  add(s, rel == AN_OBL, SIGN_OBLIQUE);
  add(s, rel == AN_NMOD_POSS, SIGN_OWNER);
  add(s, rel == AN_NMOD, SIGN_NOUN_OF_NOUN);
  add(s, rel == AN_APPOS, SIGN_APPOSED);
  add(s, t->head == AN_NONE, SIGN_HEADS);
  add(s, subject && same, before ? SIGN_BEFORE_SUBJECT : SIGN_BEHIND_SUBJECT);
  add(s, !same && before, root ? SIGN_ABOVE_SUBJECT : SIGN_ABOVE_OTHER);
  add(s, root && !same && before && q->alone, SIGN_ALONE_SUBJECT);
  add(s, root && !same && before && q->opens, SIGN_OPENS_SUBJECT);
  bool cue = subject && t->head != AN_NONE && an_cue_at(walk, t->head).kind == AN_CUE_VERB;
  add(s, cue, SIGN_CUE);
  add(s, cue && walk->used[t->head], SIGN_CUE_USED);
  bool colon = q->range.first > 0 && an_word_is(walk->words, q->range.first - 1, ":"), comma = q->range.first > 0 && an_is_comma(walk, q->range.first - 1);
  add(s, same && before && colon, SIGN_COLON);
  add(s, same && before && comma, SIGN_COMMA);
  bool leads = same && before && colon && root && t->head != AN_NONE && an_is_verb(walk, t->head) /* of "was blunt:" turns.c knows */, tag = is_tag(walk, q, c->head);
  add(s, leads, SIGN_COLON_ROOT);
  add(s, tag, SIGN_TAG);
  c->tags = leads || tag;
  add(s, q->title, SIGN_IN_TITLE);
  add(s, q->title && !before && q->range.end < walk->words->token_count && an_word_is(walk->words, q->range.end, ":"), SIGN_TITLE_COLON);
}

static void signs_of_nobody(const an_walk *walk, const words_said *q, const candidate *all, uint32_t count, signs *s) {
  uint32_t behind = q->range.end, before = q->range.first, block = q->voice == NULL ? AN_NONE : an_last_block(walk, q->voice);
  const an_sentence *own = &walk->words->sentences[q->last];
  add(s, true, SIGN_NOBODY);
  add(s, q->words < SOME, (uint8_t)(q->words < 2 ? SIGN_NOBODY_ONE : q->words < FEW ? SIGN_NOBODY_FEW : SIGN_NOBODY_SOME));
  add(s, an_is_title(walk, &q->range), SIGN_NOBODY_NAME);
  add(s, an_tok(walk, before + 1)->shape == AN_SHAPE_LOWER, SIGN_NOBODY_LOWER);
  add(s, q->alone, SIGN_NOBODY_ALONE);
  add(s, q->opens, SIGN_NOBODY_OPENS);
  add(s, behind >= 2 && an_is_punct(walk, behind - 2), SIGN_NOBODY_PAUSE);
  add(s, !q->opens && an_word_is(walk->words, before - 1, ":"), SIGN_NOBODY_COLON);
  add(s, !q->opens && an_is_comma(walk, before - 1), SIGN_NOBODY_COMMA);
  add(s, !q->opens && !an_is_punct(walk, before - 1), SIGN_NOBODY_INSIDE);
  add(s, behind < own->first + own->count && !an_is_punct(walk, behind), SIGN_NOBODY_GOES_ON);
  add(s, q->title, SIGN_NOBODY_TITLE);
  add(s, block == q->block || (block != AN_NONE && an_next_body(walk, block, q->block)), SIGN_NOBODY_VOICE);
  add(s, count == 0 || (count == 1 && all[0].voice != NULL), SIGN_NOBODY_NEAR);
}

/* ---- The choice ---------------------------------------------------------------------------------------- */

static int32_t weigh(const an_walk *walk, const signs *s) {
  int32_t sum = 0;
  for (uint32_t i = 0; i < s->count; i++) sum += walk->voice[s->at[i]];
  return sum;
}

/* One candidate, or nobody, with its signs, by the quotation's first token; what the trainer reads. */
static void tell(const an_walk *walk, const words_said *q, const candidate *c, const signs *s, int32_t sum) {
  if (walk->trace == NULL || walk->trace->say == NULL) return;
  char text[1024];
  int size = 0;
  for (uint32_t i = 0; i < s->count && size >= 0 && (size_t)size < sizeof text; i++) size += snprintf(text + size, sizeof text - (size_t)size, "%s%s", i > 0 ? "; " : "", AN_VOICE_SIGNS.words[s->at[i]]);
  an_range at = c == NULL ? q->range : c->voice != NULL ? c->voice->speaker[0] : an_phrase_of(walk, c->head);
  uint32_t index = c == NULL ? AN_NONE : c->voice != NULL ? c->voice->speaker_mention[0] : walk->mention_of[c->head];
  an_text name = index == AN_NONE ? (an_text){0} : walk->mentions->list.at[index].m.who.name;
  AN_TRACE(walk->trace, "speech.voice", ((an_span){an_tok(walk, at.first)->at.begin, an_tok(walk, at.end - 1)->at.end}), true, "%u voice %d: %s | %.*s", q->range.first, sum, text,
           (int)name.size, name.at == NULL ? "" : name.at);
}

static const candidate *choose(const an_walk *walk, const words_said *q, candidate *all) {
  uint32_t count = gather(walk, q, all), nearest = AN_NONE, least = AN_NONE, near = 0;
  const candidate *best = NULL;
  bool since = false;
  signs nobody = {.count = 0};
  signs_of_nobody(walk, q, all, count, &nobody);
  int32_t none = weigh(walk, &nobody), most = INT32_MIN;
  tell(walk, q, NULL, &nobody, none);
  for (uint32_t i = 0; i < count; i++) {
    if (all[i].voice != NULL) continue;
    uint32_t far = all[i].head < q->range.first ? q->range.first - all[i].head : all[i].head - q->range.end;
    if (far < least) { least = far; nearest = i; }
    near++;
    uint32_t index = walk->mention_of[all[i].head];
    since |= all[i].head < q->range.first && subject_of_sentence(walk, all[i].head) && (index == AN_NONE || walk->mentions->list.at[index].chain != chain_of(walk, q->voice));
  }
  for (uint32_t i = 0; i < count; i++) {
    if (all[i].voice != NULL) signs_of_voice(walk, q, &all[i], since);
    else {
      signs_of_place(walk, q, &all[i]);
      signs_of_kind(walk, q, &all[i]);
      add(&all[i].signs, i == nearest, SIGN_FIRST);
      add(&all[i].signs, near == 1, SIGN_ONLY);
    }
    int32_t sum = weigh(walk, &all[i].signs);
    tell(walk, q, &all[i], &all[i].signs, sum);
    if (sum > most) { most = sum; best = &all[i]; }
  }
  return best != NULL && most > none + (best->tags ? DOUBT_OF_TAG : DOUBT) ? best : NULL;
}

/* A part of a clause is none: "is a “turning point”", "under the mayor, “all is well”", "“I like the means” of the plan". */
static bool is_whole(const an_walk *walk, const words_said *q) {
  const an_sentence *last = &walk->words->sentences[q->last];
  uint32_t end = q->range.end;
  bool opens = q->opens || an_word_is(walk->words, q->range.first - 1, ":");
  return opens && (end >= last->first + last->count || an_is_punct(walk, end) || an_is_punct(walk, end - 2));
}

/* A quotation without a cue: a statement of whoever is likeliest; of nobody: none. */
void an_voice_of(an_walk *walk, const an_range *quote, uint32_t words) {
  const an_sentence *sentences = walk->words->sentences;
  if (quote->end < quote->first + 2) return; /* its marks are tokens of it */
  words_said q = {.range = *quote, .words = words, .sentence = an_tok(walk, quote->first)->sentence, .last = an_tok(walk, quote->end - 1)->sentence, .voice = voice_before(walk)};
  q.block = sentences[q.sentence].block;
  q.alone = an_alone_in_block(walk, quote, q.block);
  q.opens = quote->first == sentences[q.sentence].first;
  q.title = walk->article->blocks[q.block].kind != AN_BLOCK_BODY;
  q.second = voice_second(walk, q.voice);
  if (!is_whole(walk, &q)) return;
  candidate all[MOST_CANDIDATES];
  candidate on = {.head = AN_NONE, .voice = q.voice};
  const candidate *best = speaks_on(walk, &q) ? &on : choose(walk, &q, all);
  if (best == NULL) return;
  if (best->voice != NULL && best->voice == q.voice && best->voice->kind == AN_DIRECT && an_draft_range(best->voice, quote->first, quote->end)) return; /* the same words go on */
  an_draft *draft = an_draft_new(walk, best->voice != NULL ? AN_FRAME_QUOTE_ALONE : AN_FRAME_TURN, AN_NONE, q.sentence);
  if (draft == NULL) return;
  draft->kind = AN_DIRECT;
  an_draft_range(draft, quote->first, quote->end);
  if (best->voice != NULL) an_same_speakers(best->voice, draft);
  else an_speakers_from(walk, best->head, draft);
}
