/* SPDX-License-Identifier: Apache-2.0 */
/* story: readings of the same happenings, found, dated by each other, matched and compared, out of digests alone.

   In: digests, in any order. Out: stories (an_story of annals.h). The steps: group (keys, scores, vetoes), sharpen (a dated
   page fixes the weekdays of its sisters), match (events of several pages that are one), compare (quantity, day, place, party,
   wording, modality, occurrence; verdict and positions). Always holds: the same digests give the same stories and ids in any
   order; nothing here sees a page. A digest is written on the left side of the double line, by an_digest_write. */
#ifndef AN_STORY_H
#define AN_STORY_H
#include "base/vectors.h"
#include "event/event.h"

#define AN_DIGEST_LAYOUT 12
#define AN_DIGEST_MAX 12288

/* Everything of one page that comparing needs. `reading` is complete (ranges are page bytes) but for the digest. The
   parallel lists give tokens (lemmas) behind its events, statements and quantities. */
typedef struct an_digest_in {
  const an_reading *reading; const an_article *article; const an_words *words; const an_mentions *mentions;
  const an_events *events; const an_statements *statements; const an_times *times;
  const an_lexicon *lexicon;
} an_digest_in;
/* an_stories_open (annals.h) with what words weigh, what they are near to and what clauses mean; all NULL, for digests made by hand: no word is rare, none near another. */
an_status an_stories_make(const an_lexicon *lexicon, const an_vectors *vectors, const an_vectors *meanings, size_t max_memory, an_stories **out, an_error *err);
an_status an_digest_write(const an_digest_in *in, an_arena *arena, an_digest *out, an_error *err);
#endif
