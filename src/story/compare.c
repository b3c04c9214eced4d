/* SPDX-License-Identifier: Apache-2.0 */
/* What the reports of a story say of one thing, side by side: the act itself, its day and place, counts, wording, and how far
   somebody commits. A verdict is shown or it is "unclear"; who is right is never said. A row's verdict is that of its most
   distant pair of values. */
#include "story/alike.h"

#include <math.h>
#include <string.h>

/* Verdicts by distance: the row takes the largest. */
static unsigned distance(an_verdict v) {
  static const uint8_t order[] = {[AN_AGREE] = 0, [AN_COMPATIBLE] = 1, [AN_UNCLEAR] = 2, [AN_UPDATE] = 3, [AN_SCOPE] = 4, [AN_CONFLICT] = 5};
  return order[v];
}

#define SURE_JOINED 0.55 /* how certain a told event and the sightings of it in other reports are together, to be compared */
#define SAME_ACT 0.5         /* share of the words in common, that two places be told of one act */
#define SURE_UNTOLD 0.75 /* where no report tells it */
enum { SHOW_COPIES = 24, MAX_COMPARED = 64, MOST_ROWS = 1000 };

bool st_compares(const st_story *story, uint32_t reading) { return story->readings[reading].compared; }

void st_choose_compared(st_story *story) {
  uint32_t kept = 0;
  for (uint32_t r = 0; r < story->reading_count; r++) {
    bool own = (story->readings[r].copy_of == AN_NONE || story->reading_count <= SHOW_COPIES) && story->readings[r].newer == AN_NONE;
    story->readings[r].compared = own && kept < MAX_COMPARED;
    kept += story->readings[r].compared;
  }
}

/* ---- Rows ------------------------------------------------------------------------------------------ */

row row_begin(st_story *story, an_comparison_kind kind, an_text about) {
  return (row){.story = story, .kind = kind, .about = about};
}

/* Who stands behind a value: the source that is credited, else the outlet, else the page itself. */
static an_text origin_of(const st_story *story, uint32_t reading, an_text according_to) {
  const dg *d = story->readings[reading].d;
  if (story->readings[reading].copy_of != AN_NONE) d = story->readings[story->readings[reading].copy_of].d;
  if (according_to.at != NULL) return according_to;
  return d->outlet.at != NULL ? d->outlet : d->path;
}

static void take_position(row *r, an_compared_value *value, an_text says, an_text origin) {
  uint32_t p = 0;
  while (p < r->position_count && !an_text_equal(r->positions[p].says, says)) p++;
  if (p == MAX_VALUES) return;
  if (p == r->position_count) {
    r->positions[r->position_count++] = (position){.says = says};
  }
  value->position = p + 1;
  position *at = &r->positions[p];
  uint32_t o = 0;
  while (o < at->origin_count && !an_text_equal(at->origins[o], origin)) o++;
  if (o == at->origin_count && o < MAX_VALUES) at->origins[at->origin_count++] = origin;
}

an_compared_value *row_value(row *r, uint32_t reading, an_span span, an_text text, an_text according_to, an_text says) {
  if (r->value_count == MAX_VALUES || span.begin >= span.end) return NULL;
  an_compared_value *value = &r->values[r->value_count++];
  *value = (an_compared_value){.reading = reading, .span = span, .text = text, .according_to = according_to, .says = says};
  take_position(r, value, says, origin_of(r->story, reading, according_to));
  return value;
}

void row_verdict(row *r, an_verdict verdict, const char *why) {
  if (r->judged && distance(verdict) <= distance(r->verdict)) return;
  r->judged = true;
  r->verdict = verdict;
  r->why = why;
}

static bool of_two_pages(const row *r) {
  for (uint32_t i = 1; i < r->value_count; i++)
    if (r->values[i].reading != r->values[0].reading) return true;
  return false;
}

/* A row of one page compares nothing and is dropped; MOST_ROWS bounds what hostile pages cost, and none that we read comes near: what is
   left out for it is counted. */
void row_end(row *r) {
  st_story *story = r->story;
  if (!of_two_pages(r) || !r->judged || (story->only_changes && distance(r->verdict) <= distance(AN_UNCLEAR))) return;
  if (story->comparisons.count >= MOST_ROWS) {
    story->left_out++;
    return;
  }
  an_comparison *c = AN_PUSH(story->arena, &story->comparisons);
  an_compared_value *values = AN_NEW(story->arena, an_compared_value, r->value_count);
  an_position *positions = AN_NEW(story->arena, an_position, r->position_count);
  if (c == NULL || values == NULL || positions == NULL) { story->short_of = true; return; }
  memcpy(values, r->values, r->value_count * sizeof *values);
  for (uint32_t p = 0; p < r->position_count; p++) {
    an_text *origins = AN_NEW(story->arena, an_text, r->positions[p].origin_count);
    if (origins == NULL) { story->short_of = true; return; }
    memcpy(origins, r->positions[p].origins, r->positions[p].origin_count * sizeof *origins);
    positions[p] = (an_position){r->positions[p].says, origins, r->positions[p].origin_count};
  }
  *c = (an_comparison){.id = an_arena_printf(story->arena, "c%u", story->comparisons.count), .about = r->about,
                       .why = an_text_of(r->why), .kind = (uint8_t)r->kind, .verdict = (uint8_t)r->verdict, .values = values,
                       .value_count = r->value_count, .positions = positions, .position_count = r->position_count};
}

/* ---- What one happening is called -------------------------------------------------------------------- */

static void add_party(an_buf *buf, const dg_party *p) {
  if (buf->size > 0 && buf->at[buf->size - 1] != ' ') an_buf_z(buf, ", ");
  an_buf_text(buf, p->name.at != NULL ? p->name : p->country.at != NULL ? p->country : p->text);
}

static an_text called(st_story *story, const char *what, const dg_event *e) {
  an_buf buf;
  an_buf_init(&buf, 400);
  an_buf_z(&buf, what);
  an_buf_text(&buf, e->type);
  an_buf_z(&buf, ": ");
  for (uint32_t i = 0; i < e->actors.count && i < 3; i++) add_party(&buf, &e->actors.at[i]);
  if (e->recipients.count > 0) an_buf_z(&buf, " > ");
  for (uint32_t i = 0; i < e->recipients.count && i < 3; i++) add_party(&buf, &e->recipients.at[i]);
  an_text text = an_arena_copy(story->arena, buf.at, buf.size);
  an_buf_free(&buf);
  return text;
}

static an_text teller(const dg *d, const dg_event *e) {
  if (e->through.at != NULL) return e->through;
  if (e->told_by == AN_NONE || d->statements[e->told_by].speakers.count == 0) return (an_text){0};
  return st_party_key(&d->statements[e->told_by].speakers.at[0]).at == NULL ? (an_text){0} : d->statements[e->told_by].speakers.at[0].name;
}

/* ---- One happening: that it was, when, where ------------------------------------------------------------ */

static an_text said(const dg_event *e) { return an_text_of(e->negated ? "it did not" : an_realis_name(e->realis)); }

/* A number of the act, or of the clause that tells it. */
static bool is_of_act(const dg *d, const dg_quantity *q, uint32_t event) {
  an_span told = d->events[event].evidence;
  return q->event == event || (q->span.begin >= told.begin && q->span.end <= told.end);
}

/* Both count whom or what, and give no number in common: "arrested 34", "arrested 75". */
static bool count_otherwise(const st_story *story, st_told a, st_told b) {
  const dg *d = story->readings[a.reading].d, *f = story->readings[b.reading].d;
  bool both = false;
  for (uint32_t i = 0; i < d->quantity_count; i++)
    for (uint32_t k = 0; is_of_act(d, &d->quantities[i], a.event) && k < f->quantity_count; k++) {
      const dg_quantity *x = &d->quantities[i], *y = &f->quantities[k];
      if (!is_of_act(f, y, b.event) || !an_text_equal(x->unit, y->unit)) continue;
      if (x->value == y->value) return false;
      both = true;
    }
  return both;
}

static bool any_counts_otherwise(const st_story *story, const st_cluster *cluster) {
  for (uint32_t i = 0; i < cluster->told.count; i++)
    for (uint32_t k = 0; k < i; k++)
      if (count_otherwise(story, cluster->told.at[k], cluster->told.at[i])) return true;
  return false;
}

/* The words that name the act; who did it is the same by the match. Where it is told of other numbers, the row of those says whether the reports agree. */
static void compare_occurrence(st_story *story, const st_cluster *cluster) {
  if (any_counts_otherwise(story, cluster)) return;
  row r = row_begin(story, AN_OF_OCCURRENCE, called(story, "", st_event_of(story, cluster->told.at[0])));
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    const dg *d = story->readings[cluster->told.at[i].reading].d;
    const dg_event *e = st_event_of(story, cluster->told.at[i]);
    row_value(&r, cluster->told.at[i].reading, (an_span){e->trigger, e->trigger_end}, e->trigger_text, teller(d, e), said(e));
  }
  row_verdict(&r, AN_AGREE, "the reports tell the same act of the same parties");
  row_end(&r);
}

bool st_says_a_day(const dg_event *e) {
  return e->when.span.begin < e->when.span.end && (e->when.basis == AN_WHEN_STATED || e->when.basis == AN_WHEN_RELATIVE);
}

unsigned st_weekday_of(an_days days) { return an_days_is_single(days) ? an_day_weekday(days.earliest) : an_days_weekday(days); }

an_verdict st_days_verdict(an_days a, an_days b, const char **why) {
  if (!st_days_meet(a, b)) { *why = "no day fits both"; return AN_CONFLICT; }
  if (a.earliest == b.earliest && a.latest == b.latest) { *why = an_days_is_single(a) ? "the same day" : "the same days"; return AN_AGREE; }
  *why = "the same weekday";
  if (st_weekday_of(a) != 0 && st_weekday_of(a) == st_weekday_of(b)) return AN_AGREE;
  *why = "one names the days more exactly";
  return AN_COMPATIBLE;
}

/* The same act told once more on the page: by a title or caption, or in passing. */
static bool tells_again(const st_event *e, const st_event *again) {
  return e != again && e->act.type == again->act.type && e->act.negated == again->act.negated && st_parties_fit(&e->act, &again->act) == 1 &&
         st_days_meet(e->when, again->when);
}

/* A day that a report gives for an act: the words, and the days that they mean. */
typedef struct day_of { an_span span; an_text text; an_days days; bool known; } day_of;

static bool names(const dg_clause *c, const dg_party *p) {
  an_text keys[] = {p->entity.at != NULL ? p->entity : p->name, p->country};
  for (unsigned i = 0; i < 2; i++)
    if (keys[i].at != NULL && dg_words_has(c->words, dg_word_key(an_fold_hash(keys[i]), DG_NAMED))) return true;
  return false;
}

/* "Nausėda shows Niinistö the palace on Tuesday. (Photo)": a caption that shows all who met. */
static bool shows_all(const dg_clause *c, const dg_event *e) {
  if (!c->caption || e->actors.count + e->recipients.count < 2) return false;
  for (uint32_t i = 0; i < e->actors.count; i++)
    if (!names(c, &e->actors.at[i])) return false;
  for (uint32_t i = 0; i < e->recipients.count; i++)
    if (!names(c, &e->recipients.at[i])) return false;
  return true;
}

/* Its own day, or that of the title or caption which tells it again. */
static day_of day_told(const st_story *story, st_told told) {
  const st_reading *r = &story->readings[told.reading];
  const st_event *own = &r->events[told.event];
  day_of none = {own->e->shown, own->e->text, own->when, false};
  if (st_says_a_day(own->e)) return (day_of){own->e->when.span, own->e->when.text, own->when, true};
  for (uint32_t i = 0; i < r->d->event_count + r->d->faint_count; i++) { /* of a meeting also where the page tells it less surely */
    const st_event *other = &r->events[i];
    bool again = i < r->d->event_count ? other->e->repeats == told.event || own->e->repeats == i : own->e->meets && tells_again(own, other);
    if (st_says_a_day(other->e) && again) return (day_of){other->e->when.span, other->e->when.text, other->when, true};
  }
  for (uint32_t i = 0; own->e->lead && i < r->d->clause_count; i++) {
    const dg_clause *c = &r->d->clauses[i];
    an_days days = st_when_days(story, told.reading, &c->when);
    if (c->when.text.at != NULL && shows_all(c, own->e) && st_days_meet(days, own->when)) return (day_of){c->when.span, c->when.text, days, true};
  }
  return none;
}

static void compare_days(st_story *story, const st_cluster *cluster) {
  row r = row_begin(story, AN_OF_DAY, called(story, "day of ", st_event_of(story, cluster->told.at[0])));
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    day_of x = day_told(story, cluster->told.at[i]);
    row_value(&r, cluster->told.at[i].reading, x.span, x.text, (an_text){0}, x.known ? st_days_said(story, x.days) : AN_LIT("not said"));
    for (uint32_t k = 0; x.known && k < i; k++) {
      day_of y = day_told(story, cluster->told.at[k]);
      const char *why = "";
      if (!y.known) continue;
      an_verdict verdict = st_days_verdict(x.days, y.days, &why);
      row_verdict(&r, verdict, why);
    }
  }
  row_end(&r);
}

/* Where a report has it: its own place, or a finer one that the page gives where it tells the same act again. */
static const dg_place *place_told(const st_story *story, st_told told) {
  const dg *d = story->readings[told.reading].d;
  const st_event *events = story->readings[told.reading].events;
  const dg_place *best = &d->events[told.event].where;
  for (uint32_t i = 0; i < d->event_count; i++) {
    const dg_place *p = &d->events[i].where;
    if (p->name.at == NULL || (d->events[i].repeats != told.event && !tells_again(&events[told.event], &events[i]))) continue;
    if (best->name.at == NULL || p->precision < best->precision) best = p;
  }
  for (uint32_t i = 0; i < d->clause_count; i++) { /* "at the Kremlin in Moscow, March 28, 2017. (Photo)" */
    const dg_clause *c = &d->clauses[i];
    bool finer = c->where.name.at != NULL && (best->name.at == NULL || (c->where.precision < best->precision && !st_are_elsewhere(&c->where, best)));
    if (finer && d->events[told.event].meets && shows_all(c, &d->events[told.event]) && st_days_meet(st_when_days(story, told.reading, &c->when), events[told.event].when)) best = &c->where;
  }
  return best;
}

/* Both say which, and it is not the same one. */
static bool differ(an_text a, an_text b) { return a.at != NULL && b.at != NULL && !an_text_equal(a, b); }

bool st_are_elsewhere(const dg_place *a, const dg_place *b) {
  st_place here = st_place_of(a), there = st_place_of(b);
  bool within = a->precision < AN_WHERE_COUNTRY && b->precision < AN_WHERE_COUNTRY;
  bool apart = differ(a->country, b->country) || (differ(a->admin1, b->admin1) && !st_same_place(&here, &there)); /* "Ohio", "Oklahoma" */
  return here.name != there.name && ((within && apart) || st_other_place(&here, &there));
}

an_verdict st_places_verdict(const dg_place *a, const dg_place *b, const char **why) {
  st_place here = st_place_of(a), there = st_place_of(b);
  *why = "two places";
  if (st_are_elsewhere(a, b)) return AN_CONFLICT;
  *why = "the same place, or one inside the other";
  if (st_same_place(&here, &there)) return AN_AGREE;
  *why = "one names the place more exactly";
  bool coarse = a->precision >= AN_WHERE_ADMIN1 || b->precision >= AN_WHERE_ADMIN1;
  if (coarse && (a->country.at == NULL || b->country.at == NULL || an_text_equal(a->country, b->country))) return AN_COMPATIBLE;
  *why = "nothing shows that they are one place";
  return AN_UNCLEAR;
}

static void compare_places(st_story *story, const st_cluster *cluster) {
  row r = row_begin(story, AN_OF_PLACE, called(story, "place of ", st_event_of(story, cluster->told.at[0])));
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    const dg_place *x = place_told(story, cluster->told.at[i]);
    if (x->name.at == NULL) continue;
    row_value(&r, cluster->told.at[i].reading, x->span, x->text, (an_text){0}, x->name);
    for (uint32_t k = 0; k < i; k++) {
      const dg_place *y = place_told(story, cluster->told.at[k]);
      if (y->name.at == NULL) continue;
      const char *why = "";
      an_verdict verdict = st_places_verdict(x, y, &why);
      bool alike = dg_words_contained(st_event_of(story, cluster->told.at[i])->words, st_event_of(story, cluster->told.at[k])->words) >= SAME_ACT;
      if (verdict == AN_CONFLICT && (!alike || !st_are_near(story, cluster->told.at[i].reading, cluster->told.at[k].reading))) return; /* two acts, then */
      row_verdict(&r, verdict, why);
    }
  }
  row_end(&r);
}

/* Who did it to whom: a row only where the reports name them differently. */
static an_verdict party_verdict(const dg_party *a, const dg_party *b, const char **why) {
  *why = "the same, named more exactly by one";
  st_party one = st_party_of(a), other = st_party_of(b);
  if (st_same_party(&one, &other)) return AN_COMPATIBLE;
  *why = "two parties of different countries";
  if (a->country.at != NULL && b->country.at != NULL && !an_text_equal(a->country, b->country)) return AN_CONFLICT;
  *why = "nothing shows that they are one party";
  return AN_UNCLEAR;
}

static void compare_party(st_story *story, const st_cluster *cluster, bool actor) {
  row r = row_begin(story, AN_OF_PARTY, called(story, actor ? "who did it, " : "to whom, ", st_event_of(story, cluster->told.at[0])));
  const dg_party *shown[MAX_VALUES];
  uint32_t count = 0;
  bool differ = false;
  for (uint32_t i = 0; i < cluster->told.count && count < MAX_VALUES; i++) {
    const dg_event *e = st_event_of(story, cluster->told.at[i]);
    dg_parties list = actor ? e->actors : e->recipients;
    if (!e->lead || e->mutual || e->either || list.count != 1 || list.at[0].span.begin >= list.at[0].span.end || list.at[0].text.at == NULL) continue;
    const dg_party *p = &list.at[0];
    an_text says = p->name.at != NULL ? p->name : p->text;
    if (row_value(&r, cluster->told.at[i].reading, p->span, p->text, (an_text){0}, says) == NULL) continue;
    for (uint32_t k = 0; k < count; k++) {
      const char *why = "";
      an_verdict verdict = party_verdict(shown[k], p, &why);
      bool same = an_text_equal(says, shown[k]->name.at != NULL ? shown[k]->name : shown[k]->text);
      row_verdict(&r, same ? AN_AGREE : verdict, same ? "the same name" : why);
      differ |= !same;
    }
    shown[count++] = p;
  }
  if (differ) row_end(&r);
}

/* Words in both that name nobody. */
static double common_words(dg_words a, dg_words b) {
  double weight = 0;
  for (uint32_t i = 0; i < a.count; i++) weight += (a.at[i] & (DG_NAMED | DG_NUMBER)) == 0 && dg_words_has(b, a.at[i]);
  return weight;
}

/* What the papers were on. */
static void compare_topics(st_story *story, const st_cluster *cluster) {
  row r = row_begin(story, AN_OF_WORDING, called(story, "topics of ", st_event_of(story, cluster->told.at[0])));
  const dg_part *seen[MAX_VALUES];
  uint32_t count = 0;
  for (uint32_t i = 0; i < cluster->told.count && count < MAX_VALUES; i++) {
    const dg_part *x = &st_event_of(story, cluster->told.at[i])->topic;
    if (x->words.count == 0 || row_value(&r, cluster->told.at[i].reading, x->span, x->text, (an_text){0}, x->text) == NULL) continue;
    for (uint32_t k = 0; k < count; k++) {
      double common = dg_words_common(x->words, seen[k]->words), things = common_words(x->words, seen[k]->words), both = dg_words_weight(x->words) + dg_words_weight(seen[k]->words) - common;
      bool same_text = an_fold_hash(x->text) == an_fold_hash(seen[k]->text);
      if (same_text || common / both >= 0.85) row_verdict(&r, AN_AGREE, "the same topics");
      else row_verdict(&r, AN_COMPATIBLE, things > 0 ? "the topics meet" : "each names other topics");
    }
    seen[count++] = x;
  }
  row_end(&r);
}

/* ---- A done act and a pending one; a told and a denied one: two happenings, shown beside each other -------- */

static double parties_of_both(const st_act *a, const st_act *b) {
  return (st_parties_alike(a->actors, b->actors) + st_parties_alike(a->recipients, b->recipients)) / 2;
}

/* When it was, by all who tell it. */
static an_days days_known(const st_story *story, const st_event *x) {
  an_days both;
  return x->cluster < story->clusters.count && an_days_meet(x->when, story->clusters.at[x->cluster].when, &both) ? both : x->when;
}

/* What was to come is told as done, in nearly the same words and not before. */
static bool is_settled(const st_story *story, uint32_t ra, const st_event *x, uint32_t rb, const st_event *y) {
  const st_event *open = st_is_pending(x->e) ? x : y, *done = open == x ? y : x;
  uint32_t of_open = open == x ? ra : rb, of_done = open == x ? rb : ra;
  bool earlier = st_says_a_day(done->e) && done->when.latest < story->readings[of_open].published.earliest;
  return open->e->realis == AN_PLANNED && !earlier && st_days_meet(days_known(story, open), days_known(story, done)) && !st_is_before(story, of_done, of_open) &&
         dg_words_contained(open->e->words, done->e->words) >= 0.5;
}

static void beside(st_story *story, uint32_t ra, const st_event *x, uint32_t rb, const st_event *y) {
  const dg_event *a = x->e, *b = y->e;
  bool same_side = (a->quad <= 2) == (b->quad <= 2), named = a->actors.count > 0 && b->actors.count > 0;
  /* Known parties on both sides, and a word in common beside their names: a lower bar joins whatever two leaders do. */
  if (!same_side || !named || parties_of_both(&x->act, &y->act) < 0.8 || dg_words_common(a->words, b->words) < 1.5) return;
  /* Of one country many act: whether it was denied is asked of the same people only. */
  bool same = st_named_alike(x->act.actors, y->act.actors) && st_named_alike(x->act.recipients, y->act.recipients);
  bool denied = same && st_days_meet(x->when, y->when) && a->negated != b->negated && an_text_equal(a->type, b->type) && dg_words_contained(a->words, b->words) >= 0.5;
  /* A measure and one to come of the same kind ("sanctions"), not whatever two states do. */
  bool kind = (an_text_equal(a->type, b->type) && a->trigger_word == b->trigger_word) || dg_words_contained(a->words, b->words) >= 0.4;
  bool pending = kind && st_is_pending(a) != st_is_pending(b) && a->negated == b->negated;
  if (!denied && !pending) return;
  row r = row_begin(story, denied ? AN_OF_OCCURRENCE : AN_OF_MODALITY, called(story, denied ? "whether " : "done or pending, ", st_is_pending(a) ? b : a));
  const dg_event *both[] = {a, b};
  const uint32_t readings[] = {ra, rb};
  for (unsigned i = 0; i < 2; i++)
    row_value(&r, readings[i], both[i]->shown, both[i]->text, teller(story->readings[readings[i]].d, both[i]), said(both[i]));
  if (denied) row_verdict(&r, AN_CONFLICT, "one report tells the act, another that it was not");
  else if (is_settled(story, ra, x, rb, y)) row_verdict(&r, AN_UPDATE, "one report has it as done");
  else row_verdict(&r, AN_SCOPE, "one is done and one is pending: two acts");
  row_end(&r);
}

static uint32_t count_all(const st_story *story, uint32_t reading) { return story->readings[reading].d->event_count + story->readings[reading].d->faint_count; }

/* One of the two may be uncertain. */
static void compare_beside(st_story *story) {
  for (uint32_t ra = 0; ra < story->reading_count; ra++)
    for (uint32_t rb = ra + 1; st_compares(story, ra) && rb < story->reading_count; rb++)
      for (uint32_t i = 0; st_compares(story, rb) && i < count_all(story, ra); i++)
        for (uint32_t k = 0; k < count_all(story, rb); k++) {
          const st_event *x = &story->readings[ra].events[i], *y = &story->readings[rb].events[k];
          bool faint = i >= story->readings[ra].d->event_count && k >= story->readings[rb].d->event_count;
          if (!faint && x->cluster != AN_NONE && y->cluster != AN_NONE && x->cluster != y->cluster) beside(story, ra, x, rb, y);
        }
}

static void compare_cluster(st_story *story, const st_cluster *cluster) {
  compare_occurrence(story, cluster);
  compare_days(story, cluster);
  compare_places(story, cluster);
  compare_party(story, cluster, true);
  compare_party(story, cluster, false);
  if (!st_event_of(story, cluster->told.at[0])->meets) compare_topics(story, cluster); /* of talks: compare_talk.c */
}

/* An older version of a page is no report of its own: what its latest version counts otherwise is an update. */
static void compare_versions(st_story *story, st_words *words) {
  st_linked linked = {0};
  story->only_changes = true;
  for (uint32_t r = 0; r < story->reading_count; r++) {
    if (story->readings[r].newer == AN_NONE) continue;
    for (uint32_t k = 0; k < story->reading_count; k++) story->readings[k].compared = k == r || k == story->readings[r].newer;
    st_compare_numbers(story, words, &linked);
  }
  story->only_changes = false;
}

/* ---- Events too uncertain to be told -------------------------------------------------------------------- */

/* Happenings as they are compared: those of the story, with what other reports may tell of them. */
typedef struct happenings { AN_LIST(st_cluster) list; } happenings;

static bool tells(const st_cluster *cluster, uint32_t reading) {
  for (uint32_t i = 0; i < cluster->told.count; i++)
    if (cluster->told.at[i].reading == reading) return true;
  return false;
}

/* An uncertain event is a sighting of the happening that it fits best, if its page tells none. */
static bool add_sighting(st_story *story, happenings *all, uint32_t reading, uint32_t index) {
  st_event *event = &story->readings[reading].events[index];
  double best = 0;
  uint32_t into = AN_NONE;
  for (uint32_t c = 0; c < all->list.count; c++) {
    double fits = tells(&all->list.at[c], reading) ? 0 : st_fit_cluster(story, &all->list.at[c], event);
    if (fits < ST_FITS || fits <= best) continue;
    best = fits;
    into = c;
  }
  if (into == AN_NONE) {
    st_cluster *made = AN_PUSH(story->arena, &all->list);
    if (made == NULL) return false;
    *made = (st_cluster){.when = event->when};
    into = all->list.count - 1;
  }
  st_told *told = AN_PUSH(story->arena, &all->list.at[into].told);
  if (told != NULL) *told = (st_told){reading, index};
  event->cluster = into; /* the first ones are the story's own */
  return told != NULL;
}

static bool gather_happenings(st_story *story, happenings *all) {
  for (uint32_t c = 0; c < story->clusters.count; c++) {
    const st_cluster *from = &story->clusters.at[c];
    st_cluster *made = AN_PUSH(story->arena, &all->list);
    if (made == NULL) return false;
    *made = (st_cluster){.when = from->when};
    for (uint32_t i = 0; i < from->told.count; i++) {
      if (!st_compares(story, from->told.at[i].reading)) continue;
      st_told *told = AN_PUSH(story->arena, &made->told);
      if (told == NULL) return false;
      *told = from->told.at[i];
    }
  }
  for (uint32_t r = 0; r < story->reading_count; r++)
    for (uint32_t i = 0; st_compares(story, r) && i < story->readings[r].d->faint_count; i++)
      if (!add_sighting(story, all, r, story->readings[r].d->event_count + i)) return false;
  return true;
}

/* Reports that tell it come first, sightings after them. */
static uint32_t tellings_of(const st_story *story, const st_cluster *cluster) {
  uint32_t count = 0;
  while (count < cluster->told.count && cluster->told.at[count].event < story->readings[cluster->told.at[count].reading].d->event_count) count++;
  return count;
}

/* Two sightings raise each other: that all of them are wrong is as likely as the product says. */
static bool is_sure(const st_story *story, const st_cluster *cluster) {
  double doubt = 1;
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    st_told at = cluster->told.at[i];
    if (story->readings[at.reading].copy_of == AN_NONE) doubt *= 1 - st_event_of(story, at)->confidence / 1000.0; /* a copy saw nothing itself */
  }
  return 1 - doubt >= (tellings_of(story, cluster) > 0 ? SURE_JOINED : SURE_UNTOLD);
}

static bool compare_happenings(st_story *story) {
  happenings all = {0};
  if (!gather_happenings(story, &all)) return false;
  for (uint32_t c = 0; c < all.list.count; c++) {
    st_cluster *cluster = &all.list.at[c];
    if (cluster->told.count > MAX_VALUES) cluster->told.count = MAX_VALUES;
    uint32_t own = tellings_of(story, cluster);
    if (own < cluster->told.count && !is_sure(story, cluster)) cluster->told.count = own; /* what is told is compared without the unsure */
    st_keep_shown(story, cluster);
    if (cluster->told.count > 1) compare_cluster(story, cluster);
  }
  return true;
}

void st_compare(st_story *story) {
  st_words words = {.lexis = story->lexis, .arena = story->arena, .reports = story->reading_count};
  st_linked linked = {0};
  st_choose_compared(story);
  st_words_count_all(&words, story);
  if (!compare_happenings(story)) { story->short_of = true; return; }
  st_compare_numbers(story, &words, &linked);
  st_compare_statements(story, &words);
  st_compare_talks(story);
  st_compare_stays(story);
  st_compare_commitments(story);
  compare_beside(story);
  st_compare_clauses(story, &words, &linked);
  compare_versions(story, &words);
  story->short_of |= words.short_of;
}
