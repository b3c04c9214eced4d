/* SPDX-License-Identifier: Apache-2.0 */
/* A story as others see it. Each field of an event is the most precise that no report contradicts; where reports conflict it
   stays open and the comparison says so. Ids are functions of content: the story's is its first reading's hash, an event's is
   made of the reports that tell it. */
#include "story/tell.h"

#include <math.h>
#include <string.h>

static void *take(st_story *story, size_t count, size_t size) {
  void *made = an_arena_take(story->arena, count, size);
  if (made == NULL) story->short_of = true;
  return made;
}

/* ---- One happening -------------------------------------------------------------------------------------- */

static bool says_more(const dg_party *a, const dg_party *b) {
  int x = (a->entity.at != NULL) + (a->name.at != NULL) + (a->office.at != NULL) + (a->sector.at != NULL);
  int y = (b->entity.at != NULL) + (b->name.at != NULL) + (b->office.at != NULL) + (b->sector.at != NULL);
  return x > y;
}

static void merge_parties(dg_party *into, uint32_t *count, uint32_t max, dg_parties from) {
  for (uint32_t i = 0; i < from.count; i++) {
    uint32_t k = 0;
    st_party one = st_party_of(&from.at[i]);
    for (; k < *count; k++) {
      st_party known = st_party_of(&into[k]);
      if (st_same_party(&known, &one)) break;
    }
    if (k < *count) {
      if (says_more(&from.at[i], &into[k])) into[k] = from.at[i];
    } else if (*count < max) {
      into[(*count)++] = from.at[i];
    }
  }
}

/* Parties of all reports, each in its fullest form. */
static const an_party *parties(st_story *story, const st_cluster *cluster, bool actors, bool turned, uint32_t *count) {
  enum { MOST = 16 };
  dg_party merged[MOST];
  *count = 0;
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    const dg_event *e = st_event_of(story, cluster->told.at[i]);
    merge_parties(merged, count, MOST, actors ? e->actors : e->recipients);
    if (turned) merge_parties(merged, count, MOST, e->recipients);
  }
  an_party *out = take(story, *count, sizeof *out);
  for (uint32_t i = 0; out != NULL && i < *count; i++) {
    const dg_party *p = &merged[i];
    out[i] = (an_party){.text = p->text, .entity = p->entity, .name = p->name, .country = p->country, .sector = p->sector,
                        .group = p->group, .office = p->office, .mention = AN_NONE};
  }
  return out;
}

static an_place place(const st_story *story, const st_cluster *cluster) {
  const dg_place *best = NULL;
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    const dg_place *p = &st_event_of(story, cluster->told.at[i])->where;
    if (p->name.at == NULL) continue;
    st_place here = st_place_of(p), there = best == NULL ? here : st_place_of(best);
    if (best != NULL && st_other_place(&there, &here)) return (an_place){.lat = NAN, .lon = NAN};
    if (best == NULL || p->precision < best->precision) best = p;
  }
  if (best == NULL) return (an_place){.lat = NAN, .lon = NAN};
  return (an_place){.text = best->text, .name = best->name, .country = best->country, .admin1 = best->admin1,
                    .geonames = best->geonames, .lat = best->lat, .lon = best->lon, .precision = best->precision, .basis = best->basis};
}

static an_days days(const st_story *story, const st_cluster *cluster, uint8_t *precision) {
  an_days all = AN_DAYS_ANY, both;
  *precision = AN_BY_INTERVAL;
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    st_told told = cluster->told.at[i];
    const st_event *x = &story->readings[told.reading].events[told.event];
    if (!an_days_meet(all, x->when, &both)) return AN_DAYS_ANY;
    all = both;
    if (x->e->when.precision < *precision) *precision = x->e->when.precision;
  }
  return all;
}

/* One quantity a thing, where all that give it agree; else it is left to the comparison. */
static const an_quantity *quantities(st_story *story, const st_cluster *cluster, uint32_t *count) {
  enum { MOST = 16 };
  const dg_quantity *kept[MOST];
  bool open[MOST];
  uint32_t found = 0;
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    const dg *d = story->readings[cluster->told.at[i].reading].d;
    for (uint32_t q = 0; q < d->quantity_count; q++) {
      const dg_quantity *x = &d->quantities[q];
      uint32_t k = 0;
      if (x->event != cluster->told.at[i].event) continue;
      while (k < found && !(kept[k]->of_word == x->of_word && an_text_equal(kept[k]->unit, x->unit))) k++;
      if (k == found && found < MOST) { kept[found] = x; open[found++] = false; }
      else if (k < found && (kept[k]->relation != x->relation || kept[k]->value != x->value)) open[k] = true;
    }
  }
  an_quantity *out = take(story, found, sizeof *out);
  *count = 0;
  for (uint32_t k = 0; out != NULL && k < found; k++) {
    const dg_quantity *x = kept[k];
    if (open[k]) continue;
    out[(*count)++] = (an_quantity){.text = x->text, .of = x->of, .unit = x->unit, .relation = x->relation, .value = x->value, .low = x->low,
                                    .high = x->high, .soft_low = x->soft_low, .soft_high = x->soft_high, .statement = AN_NONE, .event = AN_NONE};
  }
  return out;
}

/* Pages, outlets and origins of this happening: a copy is a page, but no origin; a credited source is one. */
static void count_sources(st_story *story, const st_cluster *cluster, an_story_event *out) {
  an_map seen = {0};
  uint32_t *counts[3] = {&out->pages, &out->outlets, &out->origins};
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    st_told told = cluster->told.at[i];
    const st_reading *r = &story->readings[told.reading];
    const st_reading *source = r->copy_of == AN_NONE ? r : &story->readings[r->copy_of];
    an_text through = r->d->events[told.event].through;
    uint64_t page = an_hash64(r->d->sha256, 32);
    uint64_t keys[3] = {page, r->d->outlet.at != NULL ? an_fold_hash(r->d->outlet) : page,
                        through.at != NULL ? an_fold_hash(through) : source->d->outlet.at != NULL ? an_fold_hash(source->d->outlet) : an_hash64(source->d->sha256, 32)};
    for (unsigned k = 0; k < 3; k++) {
      uint32_t *known = an_map_put(story->arena, &seen, an_hash_mix(keys[k], k + 1), AN_NONE);
      if (known == NULL) { story->short_of = true; return; }
      *counts[k] += *known == AN_NONE;
      *known = 0;
    }
  }
}

static void tell_event(st_story *story, const st_cluster *cluster, an_story_event *out) {
  const dg_event *pattern = st_event_of(story, cluster->told.at[0]);
  an_event *e = &out->event;
  uint8_t precision;
  bool mutual = false;
  uint64_t hash = an_fold_hash(pattern->type);
  an_told *told = take(story, cluster->told.count, sizeof *told);
  if (told == NULL) return;
  *e = (an_event){.type = pattern->type, .mode = pattern->mode, .cameo = pattern->cameo, .contexts = pattern->contexts,
                  .context_count = pattern->context_count, .quad = pattern->quad, .score = pattern->score, .goldstein = pattern->goldstein,
                  .realis = pattern->realis, .negated = pattern->negated, .background = true, .time = AN_NONE, .told_by = AN_NONE,
                  .repeats = AN_NONE};
  for (uint32_t i = 0; i < cluster->told.count; i++) {
    const dg_event *x = st_event_of(story, cluster->told.at[i]);
    const dg *d = story->readings[cluster->told.at[i].reading].d;
    told[i] = (an_told){cluster->told.at[i].reading, x->id};
    hash = an_hash_mix(hash, an_hash_mix(an_hash64(d->sha256, 32), x->trigger));
    mutual |= x->mutual;
    e->background &= x->background;
    if (!an_text_equal(e->mode, x->mode)) e->mode = e->mode.at == NULL ? x->mode : x->mode.at == NULL ? e->mode : (an_text){0};
    if (x->confidence > e->confidence) e->confidence = x->confidence;
  }
  e->mutual = mutual;
  e->actors = parties(story, cluster, true, mutual, &e->actor_count);
  e->recipients = mutual ? NULL : parties(story, cluster, false, false, &e->recipient_count);
  e->when = days(story, cluster, &precision);
  e->when_basis = cluster->told.count > 1 ? AN_WHEN_STORY : pattern->when.basis;
  e->when_precision = an_days_is_single(e->when) ? AN_BY_DAY : precision;
  e->where = place(story, cluster);
  e->quantities = quantities(story, cluster, &e->quantity_count);
  out->id = an_arena_printf(story->arena, "v%016llx", (unsigned long long)hash);
  out->told = told;
  out->told_count = cluster->told.count;
  count_sources(story, cluster, out);
}

/* ---- The readings, sharpened ------------------------------------------------------------------------------ */

static void tell_reading(st_story *story, const st_reading *r, an_story_reading *out) {
  an_evidence *evidence = take(story, r->evidence_count, sizeof *evidence);
  an_story_event_days *events = take(story, r->d->event_count, sizeof *events);
  if (story->short_of) return;
  for (uint32_t i = 0; i < r->evidence_count; i++)
    evidence[i] = (an_evidence){r->evidence[i].span, r->evidence[i].text, r->evidence[i].says, r->evidence[i].days};
  for (uint32_t i = 0; i < r->d->event_count; i++) events[i] = (an_story_event_days){r->d->events[i].id, r->events[i].when};
  *out = (an_story_reading){.path = r->d->path, .url = r->d->url, .outlet = r->d->outlet, .title = r->d->title, .copy_of = r->copy_of,
                            .version_of = r->version_of, .most_like = r->most_like, .shares = r->shares, .evidence_reading = r->evidence_reading, .events = events,
                            .event_count = r->d->event_count};
  memcpy(out->sha256, r->d->sha256, sizeof out->sha256);
  an_days published = r->published;
  if (r->day == AN_DAY_OPEN_EARLIEST) published.weekdays = r->d->published.weekdays;
  out->published = (an_published){.days = published, .day = r->day, .basis = r->basis, .stamp = r->d->pub_stamp,
                                  .modified = r->d->pub_modified, .evidence = evidence, .evidence_count = r->evidence_count};
}

/* ---- The whole ------------------------------------------------------------------------------------------------ */

static void stretch(an_days *when, an_days by) {
  if (when->earliest == AN_DAY_OPEN_EARLIEST || by.earliest < when->earliest) when->earliest = by.earliest;
  if (when->latest == AN_DAY_OPEN_LATEST || by.latest > when->latest) when->latest = by.latest;
}

static bool is_of_story(const dg_event *e, bool only_lead) { return !e->background && (!only_lead || e->lead) && !st_is_pending(e); }

static void add_places(const st_story *story, an_story *out, an_text *where, uint32_t most, bool only_lead) {
  for (uint32_t c = 0; c < story->clusters.count; c++) {
    an_text name = out->events[c].event.where.name;
    uint32_t k = 0;
    if (name.at == NULL || !is_of_story(st_event_of(story, story->clusters.at[c].told.at[0]), only_lead)) continue;
    while (k < out->where_count && !an_text_equal(where[k], name)) k++;
    if (k == out->where_count && k < most) where[out->where_count++] = name;
  }
}

/* Both ends; `near`: to within a week. What a page without a day tells may be of any year, and would stretch a story over all of them. */
static bool is_known(an_days days, bool near) {
  return days.earliest != AN_DAY_OPEN_EARLIEST && days.latest != AN_DAY_OPEN_LATEST && (!near || st_near_days(days));
}

static void add_days(const st_story *story, an_story *out, bool only_lead, bool near) {
  for (uint32_t c = 0; c < story->clusters.count; c++) {
    an_days days = out->events[c].event.when;
    if (is_known(days, near) && is_of_story(st_event_of(story, story->clusters.at[c].told.at[0]), only_lead)) stretch(&out->when, days);
  }
}

/* No act says when: from the first to the last day of publication, of those that are known on both sides. */
static void add_published_days(const st_story *story, an_story *out, bool near) {
  for (uint32_t i = 0; i < story->reading_count; i++) {
    an_days of = story->readings[i].published;
    if (is_known(of, near)) stretch(&out->when, of);
  }
}

/* Days and places of what the story is about: acts told up front, not recalled, not pending; where none is, of all that
   happened; where nothing did, the days of its reports. */
static void days_and_places(st_story *story, an_story *out) {
  enum { MOST = 8 };
  an_text *where = take(story, MOST, sizeof *where);
  out->when = AN_DAYS_ANY;
  if (where == NULL) return;
  add_places(story, out, where, MOST, true);
  for (int near = 1; near >= 0 && out->when.earliest == AN_DAY_OPEN_EARLIEST; near--) add_days(story, out, true, near != 0);
  if (out->when.earliest == AN_DAY_OPEN_EARLIEST) add_places(story, out, where, MOST, false);
  for (int near = 1; near >= 0 && out->when.earliest == AN_DAY_OPEN_EARLIEST; near--) add_days(story, out, false, near != 0);
  for (int near = 1; near >= 0 && out->when.earliest == AN_DAY_OPEN_EARLIEST; near--) add_published_days(story, out, near != 0);
  out->where = where;
}

static void once(st_story *story, an_story *out) {
  an_told *list = take(story, story->clusters.count, sizeof *list);
  for (uint32_t c = 0; list != NULL && c < story->clusters.count; c++)
    if (out->events[c].told_count == 1 && story->reading_count > 1) list[out->told_once_count++] = out->events[c].told[0];
  out->told_once = list;
}

enum { LINKED = 64 };      /* the first reports of an event are the ones that comparisons show */

/* A comparison belongs to every event of which it shows a report's words. */
static void link_comparisons(st_story *story, an_story_event *event, const st_cluster *cluster) {
  AN_LIST(an_index) links = {0};
  for (uint32_t c = 0; c < story->comparisons.count; c++) {
    const an_comparison *row = &story->comparisons.at[c];
    uint32_t met = 0;
    for (uint32_t v = 0; v < row->value_count; v++)
      for (uint32_t i = 0; i < cluster->told.count && i < LINKED; i++) {
        const dg_event *e = st_event_of(story, cluster->told.at[i]);
        an_span s = row->values[v].span;
        if (row->values[v].reading == cluster->told.at[i].reading && s.begin < e->evidence.end && e->evidence.begin < s.end) { met++; break; }
      }
    if (met < 2) continue;
    an_index *made = AN_PUSH(story->arena, &links);
    if (made == NULL) { story->short_of = true; return; }
    *made = c;
  }
  event->comparisons = links.at;
  event->comparison_count = links.count;
}

bool st_tell(st_story *story, an_story *out) {
  char id[33];
  *out = (an_story){.reading_count = story->reading_count, .event_count = story->clusters.count,
                    .comparisons = story->comparisons.at, .comparison_count = story->comparisons.count, .comparisons_left_out = story->left_out,
                    .stamp = story->readings[0].d->stamp, .headline = story->readings[0].d->title};
  an_story_reading *readings = take(story, story->reading_count, sizeof *readings);
  an_story_event *events = take(story, story->clusters.count, sizeof *events);
  if (story->short_of) return false;
  for (uint32_t i = 0; i < story->reading_count; i++) tell_reading(story, &story->readings[i], &readings[i]);
  for (uint32_t c = 0; c < story->clusters.count && !story->short_of; c++) {
    tell_event(story, &story->clusters.at[c], &events[c]);
    link_comparisons(story, &events[c], &story->clusters.at[c]);
  }
  if (story->short_of) return false;
  out->readings = readings;
  out->events = events;
  an_hex(story->readings[0].d->sha256, 16, id);
  out->id = an_arena_copy(story->arena, id, 32);
  days_and_places(story, out);
  once(story, out);
  return !story->short_of;
}
