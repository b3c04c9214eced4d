/* SPDX-License-Identifier: Apache-2.0 */
/* The story room on digests made by hand: invented outlets on talks of two invented presidents. */
#include "unit.h"

#include "story/digest.h"
#include "story/compare.h"

#include <math.h>

/* ---- Digests by hand ---- */

static an_text t(const char *z) { return an_text_of(z); }

static dg_parties one_party(an_arena *arena, const char *name, const char *country, const char *office) {
  dg_party *p = AN_NEW(arena, dg_party, 1);
  *p = (dg_party){.name = t(name), .text = t(name), .entity = t(name), .country = t(country), .sector = t("GOV"), .office = t(office)};
  return (dg_parties){p, 1};
}

static dg_words words(an_arena *arena, const char *list) {
  AN_LIST(uint32_t) keys = {0};
  char copy[400];
  snprintf(copy, sizeof copy, "%s", list);
  for (char *save = NULL, *w = strtok_r(copy, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save)) *AN_PUSH(arena, &keys) = dg_word_key(an_fold_hash(t(w)), 0);
  for (uint32_t i = 1; i < keys.count; i++) /* sorted, as digests are */
    for (uint32_t k = i; k > 0 && keys.at[k - 1] > keys.at[k]; k--) {
      uint32_t swap = keys.at[k];
      keys.at[k] = keys.at[k - 1];
      keys.at[k - 1] = swap;
    }
  return (dg_words){keys.at, keys.count};
}

/* A page of one meeting. `published` and `when` are as its reading had them. */
static dg *meeting(an_arena *arena, uint8_t id, const char *guest, an_days published, an_days when, an_anchor anchor, const char *city,
                   double lat) {
  dg *d = AN_NEW(arena, dg, 1);
  memset(d->sha256, id, sizeof d->sha256);
  d->path = an_arena_printf(arena, "page-%u.txt", id);
  d->outlet = an_arena_printf(arena, "Outlet %u", id);
  d->title = t("Two presidents meet");
  d->published = published;
  d->day = an_days_is_single(published) ? published.earliest : AN_DAY_OPEN_EARLIEST;
  d->basis = AN_BASIS_INFERRED;
  d->head = words(arena, "president meet talk agreement trade border");
  d->profile.at = AN_NEW(arena, dg_weight, d->head.count);
  d->profile.count = d->head.count;
  for (uint32_t i = 0; i < d->head.count; i++) d->profile.at[i] = (dg_weight){d->head.at[i], (uint8_t)(100 + i), false};
  d->entities = AN_NEW(arena, dg_entity, 2);
  d->entities[0] = (dg_entity){t("Ada Host"), t("Ada Host"), 5, true};
  d->entities[1] = (dg_entity){t(guest), t(guest), 5, true};
  d->entity_count = 2;
  d->offices = AN_NEW(arena, dg_office, 1);
  d->offices[0] = (dg_office){t("XBB.president"), t(guest)};
  d->office_count = 1;
  d->events = AN_NEW(arena, dg_event, 2);
  d->event_count = 1;
  dg_event *e = &d->events[0];
  *e = (dg_event){.id = t("e100"), .trigger = 100, .trigger_end = 103, .evidence = {60, 160}, .shown = {60, 160}, .text = t("Host met Guest"),
                  .type = t("CONSULT"), .quad = 1, .score = 2.5, .goldstein = NAN, .lead = true, .meets = true, .either = true, .told_by = AN_NONE, .repeats = AN_NONE};
  e->actors = one_party(arena, guest, "XBB", "XBB.president");
  e->recipients = one_party(arena, "Ada Host", "XAA", "XAA.president");
  e->trigger_word = dg_word_key(an_fold_hash(t("meet")), 0);
  e->words = words(arena, "president meet trade");
  e->when = (dg_when){.span = {150, 157}, .text = t("Tuesday"), .days = when, .anchor = anchor, .basis = AN_WHEN_STATED};
  e->where = (dg_place){.span = {140, 146}, .text = t(city), .name = t(city), .country = t("XAA"), .lat = lat, .lon = 20, .precision = AN_WHERE_CITY};
  return d;
}

static const an_anchor none, tuesday_before = {AN_ANCHOR_PUBLISHED, AN_UNIT_DAY, 2, -1, 0};
static an_days day(int y, unsigned m, unsigned d) { return an_days_single(an_day_of(y, m, d)); }
static an_days some_tuesday(void) { return (an_days){an_day_of(2021, 1, 1), an_day_of(2022, 12, 31), 2}; }

/* ---- Stories as a line of text: {pages} verdicts ---- */

typedef struct told { char text[4000]; unsigned stories; } told;

static an_status note(void *ctx, const an_story *story, an_error *err) {
  told *to = ctx;
  size_t at = strlen(to->text);
  (void)err;
  to->stories++;
  at += (size_t)snprintf(to->text + at, sizeof to->text - at, "{");
  for (uint32_t i = 0; i < story->reading_count; i++) {
    an_buf days;
    an_buf_init(&days, 100);
    an_days_edtf(&days, story->readings[i].published.days);
    at += (size_t)snprintf(to->text + at, sizeof to->text - at, "%s%u %.*s", i > 0 ? ", " : "", story->readings[i].sha256[0], (int)days.size, days.at);
    an_buf_free(&days);
  }
  at += (size_t)snprintf(to->text + at, sizeof to->text - at, "}");
  for (uint32_t i = 0; i < story->comparison_count; i++)
    at += (size_t)snprintf(to->text + at, sizeof to->text - at, " %s:%s", an_comparison_kind_name(story->comparisons[i].kind),
                           an_verdict_name(story->comparisons[i].verdict));
  snprintf(to->text + at, sizeof to->text - at, "\n");
  return AN_OK;
}

static an_digest encode(an_arena *arena, dg *d) {
  an_buf buf;
  an_error err = {0};
  an_buf_init(&buf, AN_DIGEST_MAX);
  assert_int_equal(dg_write(d, &buf, &err), AN_OK);
  an_text bytes = an_arena_copy(arena, buf.at, buf.size);
  an_buf_free(&buf);
  return (an_digest){(const uint8_t *)bytes.at, bytes.size};
}

static told corrected_stories_of(an_arena *arena, dg *const *pages, uint32_t count, bool backwards, const an_correction *corrections, uint32_t correction_count) {
  told to = {0};
  an_stories *stories = NULL;
  an_error err = {0};
  assert_int_equal(an_stories_open(NULL, 0, &stories, &err), AN_OK);
  if (correction_count > 0) an_stories_correct(stories, corrections, correction_count);
  for (uint32_t i = 0; i < count; i++)
    assert_int_equal(an_stories_add(stories, encode(arena, pages[backwards ? count - 1 - i : i]), &err), AN_OK);
  assert_int_equal(an_stories_find(stories, note, &to, &err), AN_OK);
  an_stories_close(stories);
  return to;
}

static told stories_of(an_arena *arena, dg *const *pages, uint32_t count, bool backwards) {
  return corrected_stories_of(arena, pages, count, backwards, NULL, 0);
}

#define MIB ((size_t)1 << 20)

static void dates_travel_to_the_undated_sister(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *pages[] = {meeting(&a, 1, "Bo Guest", day(2022, 3, 1), day(2022, 3, 1), none, "Aville", 50),
                 meeting(&a, 2, "Bo Guest", AN_DAYS_ANY, some_tuesday(), tuesday_before, "Aville", 50)};
  told to = stories_of(&a, pages, 2, false);
  assert_string_equal(to.text, "{1 2022-03-01, 2 2022-03-01/2022-03-07} occurrence:agree day:agree place:agree\n");
  told back = stories_of(&a, pages, 2, true);
  assert_string_equal(back.text, to.text);
  an_arena_free(&a);
}

/* A page of these words and nothing else, all of them names and up front. */
static dg *of_words(an_arena *arena, uint8_t id, an_days published, const char *list) {
  dg *d = meeting(arena, id, "Bo Guest", published, published, none, "Aville", 50);
  d->event_count = d->office_count = d->entity_count = 0;
  d->head = words(arena, list);
  d->profile.at = AN_NEW(arena, dg_weight, d->head.count);
  d->profile.count = d->head.count;
  for (uint32_t i = 0; i < d->head.count; i++) d->profile.at[i] = (dg_weight){d->head.at[i], 100, true};
  return d;
}

static void a_page_without_a_day_goes_where_it_clearly_fits_best(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *first = of_words(&a, 1, day(2021, 3, 1), "ferry reef crew lamp storm fog bell rope mast keel");
  dg *year_after = of_words(&a, 2, day(2022, 3, 1), "barge lock dam crane gravel silt weir pump sluice quay");
  dg *best = of_words(&a, 3, AN_DAYS_ANY, "ferry reef crew lamp storm fog bell barge lock court");
  dg *between = of_words(&a, 4, AN_DAYS_ANY, "fog bell rope mast keel silt weir pump sluice quay");
  dg *all[] = {first, year_after, best, between};
  told to = stories_of(&a, all, 4, false), back = stories_of(&a, all, 4, true);
  assert_string_equal(to.text, "{1 2021-03-01, 3 }\n{2 2022-03-01}\n{4 }\n");
  assert_string_equal(back.text, to.text);
  dg *neither[] = {best, between}; /* words of a page with a day, and no such page */
  to = stories_of(&a, neither, 2, false);
  assert_int_equal(to.stories, 2);
  an_arena_free(&a);
}

/* Of six reports of one campaign, months apart, it is most like the first, but hardly less like the others. */
static void in_a_crowd_a_weekday_tells_where_a_page_without_a_day_goes(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *all[7];
  const char *others[] = {"judge fine", "barge lock", "dam crane", "apple plum", "court jury"};
  all[0] = of_words(&a, 1, day(2021, 3, 1), "ferry reef crew lamp storm fog bell rope gravel silt");
  for (uint8_t i = 0; i < 5; i++) all[i + 1] = of_words(&a, i + 2, day(2021, i + 4U, 10), an_arena_printf(&a, "ferry reef crew lamp storm weir%u pump%u sluice%u %s", i, i, i, others[i]).at);
  all[6] = of_words(&a, 7, AN_DAYS_ANY, "ferry reef crew lamp storm fog mast keel quay pier");
  told to = stories_of(&a, all, 7, false);
  assert_int_equal(to.stories, 7);
  all[0]->weekdays = all[0]->all_weekdays = all[6]->weekdays = all[6]->all_weekdays = 1;
  to = stories_of(&a, all, 7, false);
  assert_int_equal(to.stories, 6);
  assert_non_null(strstr(to.text, "{1 2021-03-01, 7 }"));
  an_arena_free(&a);
}

static dg *page(an_arena *a, uint8_t id) { return meeting(a, id, "Bo Guest", day(2022, 3, 1), day(2022, 3, 1), none, "Aville", 50); }

static an_status note_days(void *ctx, const an_story *story, an_error *err) {
  (void)err;
  *(an_days *)ctx = story->when;
  return AN_OK;
}

/* A sister that says of no act when it was, of five years maybe, does not make the story as long. */
static void a_story_is_of_the_days_that_are_known(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  an_days of = AN_DAYS_ANY, years = {an_day_of(2020, 11, 24), an_day_of(2024, 2, 27), 0};
  an_error err = {0};
  an_stories *stories = NULL;
  dg *dated = page(&a, 1), *vague = page(&a, 2);
  vague->events[1] = vague->events[0]; /* beside the meeting, which is dated by its sister */
  vague->event_count = 2;
  vague->events[1].id = t("e400");
  vague->events[1].trigger = 400;
  vague->events[1].type = t("AID");
  vague->events[1].meets = false;
  vague->events[1].when = (dg_when){.days = years, .basis = AN_WHEN_PUBLICATION};
  dg *const both[] = {dated, vague};
  for (uint32_t alone = 0; alone < 2; alone++) {
    assert_int_equal(an_stories_open(NULL, 0, &stories, &err), AN_OK);
    for (uint32_t i = alone; i < 2; i++) assert_int_equal(an_stories_add(stories, encode(&a, both[i]), &err), AN_OK);
    assert_int_equal(an_stories_find(stories, note_days, &of, &err), AN_OK);
    an_stories_close(stories);
    assert_int_equal(of.earliest, an_day_of(2022, 3, 1));
    assert_int_equal(of.latest, an_day_of(2022, 3, 1));
  }
  an_arena_free(&a);
}

typedef struct reason { uint32_t readings, most_like[4]; char shares[4][400]; } reason;

static an_status note_reasons(void *ctx, const an_story *story, an_error *err) {
  reason *to = ctx;
  (void)err;
  to->readings = story->reading_count;
  for (uint32_t i = 0; i < story->reading_count && i < 4; i++) {
    to->most_like[i] = story->readings[i].most_like;
    snprintf(to->shares[i], sizeof to->shares[i], "%.*s", (int)story->readings[i].shares.size, story->readings[i].shares.at == NULL ? "" : story->readings[i].shares.at);
  }
  return AN_OK;
}

/* Each names the other, and the shares tell what spoke for it and against it. */
static void a_page_says_why_it_is_in_its_story(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  an_error err = {0};
  an_stories *stories = NULL;
  reason of = {0};
  dg *pages[] = {of_words(&a, 1, day(2021, 3, 1), "ferry reef crew lamp storm fog bell rope mast keel"),
                 of_words(&a, 2, AN_DAYS_ANY, "ferry reef crew lamp storm judge fine court jury bench")};
  assert_int_equal(an_stories_open(NULL, 0, &stories, &err), AN_OK);
  for (int i = 0; i < 2; i++) assert_int_equal(an_stories_add(stories, encode(&a, pages[i]), &err), AN_OK);
  assert_int_equal(an_stories_find(stories, note_reasons, &of, &err), AN_OK);
  an_stories_close(stories);
  assert_int_equal(of.readings, 2);
  assert_int_equal(of.most_like[0], 1);
  assert_int_equal(of.most_like[1], 0);
  assert_string_equal(of.shares[0], of.shares[1]);
  assert_non_null(strstr(of.shares[0], " words told up front,"));
  assert_non_null(strstr(of.shares[0], "-1.0 a page without a day,"));
  assert_non_null(strstr(of.shares[0], " of any two pages"));
  an_arena_free(&a);
}

/* Two that fit one story, and that somebody said are not of one. */
static void pages_without_a_day_stay_apart_as_somebody_said(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *all[] = {of_words(&a, 1, day(2021, 3, 1), "ferry reef crew lamp storm fog bell rope mast keel"),
               of_words(&a, 2, AN_DAYS_ANY, "ferry reef crew lamp storm fog bell judge fine court"),
               of_words(&a, 3, AN_DAYS_ANY, "lamp storm fog bell rope mast keel apple plum pear")};
  told to = stories_of(&a, all, 3, false);
  assert_string_equal(to.text, "{1 2021-03-01, 2 , 3 }\n");
  const an_correction apart = {.what = AN_CORRECT_SPLIT, .page = all[1]->sha256, .other = all[2]->sha256};
  to = corrected_stories_of(&a, all, 3, false, &apart, 1);
  assert_int_equal(to.stories, 2);
  assert_string_equal(to.text, "{1 2021-03-01, 2 }\n{3 }\n");
  an_arena_free(&a);
}

static void vetoes_part_what_looks_alike(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *first = meeting(&a, 1, "Bo Guest", day(2022, 3, 1), day(2022, 3, 1), none, "Aville", 50);
  dg *others[] = {meeting(&a, 2, "Cy Successor", AN_DAYS_ANY, some_tuesday(), tuesday_before, "Aville", 50), /* another holder */
                  meeting(&a, 3, "Bo Guest", AN_DAYS_ANY, some_tuesday(), tuesday_before, "Farburg", 60),   /* another city */
                  meeting(&a, 4, "Bo Guest", day(2022, 3, 8), day(2022, 3, 8), none, "Aville", 50),         /* a week later */
                  meeting(&a, 5, "Bo Guest", AN_DAYS_ANY, (an_days){an_day_of(2021, 1, 1), an_day_of(2022, 12, 31), 4}, none, "Aville", 50)}; /* a Wednesday */
  for (unsigned i = 0; i < 4; i++) {
    dg *pair[] = {first, others[i]};
    told to = stories_of(&a, pair, 2, false);
    if (to.stories != 2) fail_msg("page %u was merged: %s", others[i]->sha256[0], to.text);
  }
  an_arena_free(&a);
}

/* ---- Verdicts of counts ---- */

static void add_count(an_arena *a, dg *d, const char *of, uint8_t relation, double value, double low, double high, double soft_low, double soft_high) {
  d->quantities = AN_NEW(a, dg_quantity, 1);
  d->quantity_count = 1;
  d->quantities[0] = (dg_quantity){.span = {110, 112}, .sentence = {60, 160}, .text = t("so many"), .of = t(of), .of_word = dg_word_key(an_fold_hash(t(of)), 0),
                                   .relation = relation, .value = value, .low = low, .high = high, .soft_low = soft_low,
                                   .soft_high = soft_high, .statement = AN_NONE, .event = 0, .clause = AN_NONE};
}

/* Of two numbers that are of one thing: which are is another question (alike.h), and learned. */
static const char *count_verdict(an_arena *a, dg *x, dg *y) {
  static const char *const names[] = {[AN_UNCLEAR] = "unclear", [AN_AGREE] = "agree", [AN_COMPATIBLE] = "compatible", [AN_SCOPE] = "scope", [AN_UPDATE] = "update", [AN_CONFLICT] = "conflict"};
  st_story story = {.arena = a, .reading_count = 2, .readings = AN_NEW(a, st_reading, 2)};
  dg *pair[] = {x, y};
  givens all = {.count = 2, .share = {[1] = {1}}};
  for (uint32_t r = 0; r < 2; r++) {
    assert_true(st_reading_make(&story, &story.readings[r], pair[r]));
    all.at[r] = (given){r, pair[r]->quantities, st_tells_of_others(&story, r, &pair[r]->events[0])};
  }
  st_write_counts(&story, &all, t("documents"));
  return story.comparisons.count == 1 ? names[story.comparisons.at[0].verdict] : "none";
}

static void counts_are_compared_by_interval_and_scope(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *fourteen = page(&a, 1), *also = page(&a, 2), *dozen = page(&a, 3), *fifteen = page(&a, 4), *eleven = page(&a, 5);
  add_count(&a, fourteen, "document", AN_EQUAL, 14, 14, 14, 14, 14);
  add_count(&a, also, "document", AN_EQUAL, 14, 14, 14, 14, 14);
  add_count(&a, dozen, "agreement", AN_MORE, 12, 13, INFINITY, 13, 20);
  add_count(&a, fifteen, "document", AN_AT_LEAST, 15, 15, INFINITY, 15, 20);
  add_count(&a, eleven, "document", AN_EQUAL, 11, 11, 11, 11, 11);
  assert_string_equal(count_verdict(&a, fourteen, also), "agree");
  assert_string_equal(count_verdict(&a, fourteen, dozen), "compatible"); /* one event, one count: whatever it is called */
  assert_string_equal(count_verdict(&a, fourteen, fifteen), "conflict");
  assert_string_equal(count_verdict(&a, fourteen, eleven), "conflict");
  /* The first page tells of others beside its fourteen. */
  fourteen->events[1] = fourteen->events[0];
  fourteen->events[1].id = t("e300");
  fourteen->events[1].trigger = 300;
  fourteen->events[1].others = true;
  fourteen->event_count = 2;
  assert_string_equal(count_verdict(&a, fourteen, fifteen), "scope");
  /* A toll that grows by the next day's report is an update. */
  eleven->published = day(2022, 2, 28);
  eleven->day = eleven->published.earliest;
  assert_string_equal(count_verdict(&a, also, eleven), "update");
  /* What was signed that day was not signed later: two reports that count otherwise count other things. */
  also->quantities[0].thing = eleven->quantities[0].thing = 7;
  assert_string_equal(count_verdict(&a, also, eleven), "unclear");
  also->quantities[0].grows = eleven->quantities[0].grows = true;
  assert_string_equal(count_verdict(&a, also, eleven), "update");
  an_arena_free(&a);
}

static void a_pending_act_and_a_done_one_are_two(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *x = page(&a, 1), *y = page(&a, 2);
  dg *both[] = {x, y};
  for (unsigned i = 0; i < 2; i++) {
    dg_event *e = &both[i]->events[1];
    *e = both[i]->events[0];
    both[i]->event_count = 2;
    e->type = i == 0 ? t("SANCTION") : t("THREATEN");
    e->quad = 4;
    e->id = t("e400");
    e->trigger = 400;
    e->shown = e->evidence = (an_span){380, 460};
    e->realis = i == 0 ? AN_HAPPENED : AN_CONDITIONAL;
    e->words = words(&a, "sanction missile test economic");
    e->lead = false;
  }
  told to = stories_of(&a, both, 2, false);
  assert_non_null(strstr(to.text, "modality:scope"));
  assert_null(strstr(to.text, "conflict"));
  an_arena_free(&a);
}

/* One more event a page, told beside the meeting. */
static void add_act(an_arena *a, dg *d, uint8_t realis, an_days when, const char *verb, const char *about) {
  dg_event *e = &d->events[1];
  *e = d->events[0];
  d->event_count = 2;
  e->type = t("AGREE");
  e->id = t("e400");
  e->trigger = 400;
  e->trigger_end = 405;
  e->shown = e->evidence = (an_span){380, 460};
  e->realis = realis;
  e->meets = e->lead = false;
  e->trigger_word = dg_word_key(an_fold_hash(t(verb)), 0);
  e->words = words(a, about);
  e->when = (dg_when){.span = {450, 456}, .text = t("then"), .days = when, .basis = AN_WHEN_STATED};
}

/* A page that does not say when it was tells the same act as one that does: what is to come a day later is another. */
static void what_is_done_is_of_the_day_that_all_tell(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *dated = page(&a, 1), *vague = page(&a, 2), *open = page(&a, 3);
  add_act(&a, dated, AN_HAPPENED, day(2022, 3, 1), "sign", "sign pact cable sea");
  add_act(&a, vague, AN_HAPPENED, (an_days){an_day_of(2022, 3, 1), an_day_of(2022, 3, 7), 0}, "sign", "sign pact cable sea");
  add_act(&a, open, AN_PLANNED, day(2022, 3, 2), "sign", "sign pact cable sea");
  dg *all[] = {dated, vague, open};
  told to = stories_of(&a, all, 3, false);
  assert_non_null(strstr(to.text, "modality:scope"));
  assert_null(strstr(to.text, "modality:update"));
  an_arena_free(&a);
}

static unsigned agreed_acts(const char *text) {
  unsigned count = 0;
  for (; (text = strstr(text, "occurrence:agree")) != NULL; text++) count++;
  return count;
}

static void one_verb_for_two_things_is_two_acts(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *x = page(&a, 1), *y = page(&a, 2), *pair[] = {x, y};
  add_act(&a, x, AN_HAPPENED, day(2022, 3, 1), "agree", "agree cable sea bed power");
  add_act(&a, y, AN_HAPPENED, day(2022, 3, 1), "agree", "agree cable sea grid power");
  assert_int_equal(agreed_acts(stories_of(&a, pair, 2, false).text), 2);
  add_act(&a, y, AN_HAPPENED, day(2022, 3, 1), "agree", "agree licence boat trawler fleet");
  assert_int_equal(agreed_acts(stories_of(&a, pair, 2, false).text), 1);
  add_act(&a, y, AN_HAPPENED, day(2022, 3, 1), "agree", "agree licence"); /* too little is said to know */
  assert_int_equal(agreed_acts(stories_of(&a, pair, 2, false).text), 2);
  an_arena_free(&a);
}

/* One clause a page: "the parliament approved the levy on fuel". */
static void add_clause(an_arena *a, dg *d, const char *who, const char *what, uint8_t force, bool negated, an_days when) {
  char all[200];
  snprintf(all, sizeof all, "%s %s", who, what);
  d->clauses = AN_NEW(a, dg_clause, 1);
  d->clause_count = 1;
  d->clauses[0] = (dg_clause){.span = {200, 260}, .text = t("what the clause says"), .verb = dg_word_key(an_fold_hash(t("approve")), 0), .who = words(a, who),
                              .what = words(a, what), .words = words(a, all), .force = force, .negated = negated, .main = true, .statement = AN_NONE, .event = AN_NONE};
  if (an_days_is_single(when)) d->clauses[0].when = (dg_when){.span = {240, 247}, .text = t("a day"), .days = when, .basis = AN_WHEN_STATED};
}

static const char *clause_rows(an_arena *a, dg *x, dg *y) {
  static char rows[200];
  dg *pair[] = {x, y};
  told to = stories_of(a, pair, 2, false);
  const char *at = strstr(to.text, "place:agree");
  snprintf(rows, sizeof rows, "%.*s", at == NULL ? 0 : (int)strcspn(at + 11, "\n"), at == NULL ? "" : at + 11);
  return rows;
}

static void clauses_are_held_against_each_other(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *x = page(&a, 1), *y = page(&a, 2);
  add_clause(&a, x, "parliament", "levy fuel", AN_DONE, false, AN_DAYS_ANY);
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, false, AN_DAYS_ANY);
  assert_string_equal(clause_rows(&a, x, y), " occurrence:agree");
  y->clauses[0].noun = true; /* "the levy's approval by the parliament": what nouns tell is joined by what was learned, and nothing is known here */
  assert_string_equal(clause_rows(&a, x, y), "");
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, true, AN_DAYS_ANY);
  assert_string_equal(clause_rows(&a, x, y), " occurrence:conflict");
  add_clause(&a, y, "court", "levy fuel", AN_DONE, true, AN_DAYS_ANY); /* another subject */
  assert_string_equal(clause_rows(&a, x, y), "");
  add_clause(&a, y, "parliament", "budget year", AN_DONE, true, AN_DAYS_ANY); /* another object */
  assert_string_equal(clause_rows(&a, x, y), "");
  add_clause(&a, x, "parliament", "levy fuel", AN_DONE, false, day(2022, 3, 1));
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, false, day(2022, 2, 28));
  assert_string_equal(clause_rows(&a, x, y), " occurrence:agree day:conflict");
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, false, day(2022, 2, 20)); /* too far apart for one act */
  assert_string_equal(clause_rows(&a, x, y), "");
  /* To come in the earlier report, done in the later. */
  x->published = y->published = day(2022, 3, 1);
  add_clause(&a, x, "parliament", "levy fuel", AN_TO_COME, false, AN_DAYS_ANY);
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, false, AN_DAYS_ANY);
  assert_string_equal(clause_rows(&a, x, y), " modality:update");
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, false, day(2021, 5, 1)); /* before the other came out: another act */
  assert_string_equal(clause_rows(&a, x, y), " modality:scope");
  add_clause(&a, x, "parliament", "levy fuel", AN_NOT_YET, true, AN_DAYS_ANY);
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, false, AN_DAYS_ANY);
  assert_string_equal(clause_rows(&a, x, y), " modality:conflict");
  an_arena_free(&a);
}

/* Refused on one day and done on another it changed; of pages whose days nobody knows nobody can say that they clash. */
static void a_denial_is_of_its_day(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *x = page(&a, 1), *y = page(&a, 2);
  add_clause(&a, x, "parliament", "levy fuel", AN_DONE, true, day(2022, 2, 28));
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, false, day(2022, 3, 1));
  assert_string_equal(clause_rows(&a, x, y), " occurrence:update");
  /* "did not approve a levy on sugar imports": most of what is denied is not in the other. */
  add_clause(&a, x, "parliament", "levy sugar import new", AN_DONE, true, AN_DAYS_ANY);
  add_clause(&a, y, "parliament", "levy fuel", AN_DONE, false, AN_DAYS_ANY);
  assert_string_equal(clause_rows(&a, x, y), "");
  x->published = y->published = AN_DAYS_ANY;
  add_clause(&a, x, "parliament", "levy fuel", AN_DONE, true, AN_DAYS_ANY);
  assert_string_equal(clause_rows(&a, x, y), " occurrence:unclear");
  add_clause(&a, x, "", "levy fuel", AN_DONE, false, AN_DAYS_ANY); /* nobody says who */
  assert_string_equal(clause_rows(&a, x, y), "");
  an_arena_free(&a);
}

static void a_row_names_nobody_private(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  st_story story = {.arena = &a};
  dg_clause c = {.text = t("Ann Other left"), .of_private = true};
  assert_null(strstr(st_about_clause(&story, "day of ", &c).at, "Ann"));
  c.of_private = false;
  assert_non_null(strstr(st_about_clause(&story, "day of ", &c).at, "Ann Other left"));
  an_arena_free(&a);
}

static void a_rounded_price_is_the_same(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *x = page(&a, 1), *y = page(&a, 2);
  add_count(&a, x, "fee", AN_EQUAL, 10, 10, 10, 10, 10);
  add_count(&a, y, "fee", AN_EQUAL, 9.99, 9.985, 9.995, 9.985, 9.995);
  x->quantities[0].unit = y->quantities[0].unit = t("USD");
  assert_string_equal(count_verdict(&a, x, y), "compatible");
  add_count(&a, y, "fee", AN_EQUAL, 9.2, 9.15, 9.25, 9.15, 9.25);
  y->quantities[0].unit = t("USD");
  assert_string_equal(count_verdict(&a, x, y), "conflict");
  an_arena_free(&a);
}

/* A page on which one country says of another, three times and in other words, that it shelled the bridge. */
static void add_blame(an_arena *a, dg *d, const char *speaker, const char *blamed) {
  static const char *const others[] = {"bridge dawn harbour north", "bridge noon market south", "bridge dusk station west"};
  d->statements = AN_NEW(a, dg_statement, 1);
  d->statement_count = 1;
  d->statements[0] = (dg_statement){.text = t("they did it"), .shown = {200, 300}, .speakers = one_party(a, speaker, speaker, "XBB.president"), .repeats = AN_NONE};
  d->clauses = AN_NEW(a, dg_clause, 3);
  d->clause_count = 3;
  for (uint32_t i = 0; i < 3; i++) {
    uint32_t *who = AN_NEW(a, uint32_t, 1);
    *who = dg_word_key(an_fold_hash(t(blamed)), DG_NAMED);
    d->clauses[i] = (dg_clause){.span = {200 + 30 * i, 220 + 30 * i}, .text = t("what the clause says"), .verb = dg_word_key(an_fold_hash(t("shell")), 0), .who = {who, 1},
                                .what = words(a, "bridge"), .words = words(a, others[i]), .force = AN_DONE, .main = true, .statement = 0, .event = AN_NONE};
  }
}

static void blame_has_one_row(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *x = page(&a, 1), *y = page(&a, 2);
  add_blame(&a, x, "XAA", "XBB");
  add_blame(&a, y, "XBB", "XAA");
  dg *pair[] = {x, y};
  told to = stories_of(&a, pair, 2, false);
  const char *first = strstr(to.text, "party:conflict");
  assert_non_null(first);
  assert_null(strstr(first + 1, "party:conflict"));
  an_arena_free(&a);
}

/* What two reports tell is compared whoever else, and however unsurely, saw it. */
static void an_unsure_sighting_takes_no_row_away(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *pages[] = {page(&a, 1), page(&a, 2), page(&a, 3)};
  for (unsigned i = 0; i < 3; i++) pages[i]->events[0].confidence = i < 2 ? 200 : 100;
  pages[2]->event_count = 0;
  pages[2]->faint_count = 1;
  told two = stories_of(&a, pages, 2, false), three = stories_of(&a, pages, 3, false);
  assert_non_null(strstr(two.text, "place:agree"));
  assert_int_equal(three.stories, 1);
  assert_non_null(strstr(three.text, "place:agree"));
  an_arena_free(&a);
}

/* ---- Corrections ---- */

static void corrections_reach_what_is_uncertain(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *d = page(&a, 1);
  add_clause(&a, d, "parliament", "levy fuel", AN_DONE, false, AN_DAYS_ANY);
  d->clauses[0].holder = one_party(&a, "Bo Guest", "XBB", "XBB.president");
  d->events[1] = d->events[0];
  d->events[1].actors = one_party(&a, "Bo Guest", "XBB", "XBB.president");
  d->events[1].when = (dg_when){.basis = AN_WHEN_PUBLICATION, .days = d->published};
  d->events[1].repeats = 0;
  d->faint_count = 1;
  const an_correction list[] = {{.what = AN_CORRECT_DAY, .page = d->sha256, .days = day(2022, 3, 9)},
                                {.what = AN_CORRECT_NAME, .name = t("Bo Guest"), .value = t("Cy Other")},
                                {.what = AN_CORRECT_REJECT, .page = d->sha256, .event = t("e100")}};
  st_corrections corrections;
  assert_true(st_corrections_open(list, 3, &a, &corrections));
  st_correct(&corrections, &a, d);
  assert_int_equal(d->event_count, 0);
  const dg_event *faint = &d->events[0];
  assert_int_equal(faint->when.days.earliest, an_day_of(2022, 3, 9));
  assert_true(an_text_equal(faint->actors.at[0].name, t("Cy Other")));
  assert_true(an_text_equal(d->clauses[0].holder.at[0].name, t("Cy Other")));
  assert_int_equal(faint->repeats, AN_NONE);
  an_arena_free(&a);
}

/* ---- Digests are a user's file: cut anywhere or altered anywhere, they are refused or read, never trusted ---- */

static void what_no_table_has_is_refused(void **state) {
  (void)state;
  an_arena a;
  an_arena_init(&a, 16 * MIB);
  dg *d = page(&a, 1), again;
  an_error err = {0};
  add_clause(&a, d, "parliament", "levy fuel", AN_NOT_YET, true, AN_DAYS_ANY);
  d->clauses[0].stance = DG_REFUSED;
  assert_int_equal(dg_read(encode(&a, d), &a, &again, &err), AN_OK);
  d->clauses[0].stance = DG_REFUSED + 1;
  assert_int_equal(dg_read(encode(&a, d), &a, &again, &err), AN_ERR_DATA);
  d->clauses[0].stance = DG_STANCE_NONE;
  d->clauses[0].force = AN_NOT_YET + 1;
  assert_int_equal(dg_read(encode(&a, d), &a, &again, &err), AN_ERR_DATA);
  d->clauses[0].force = AN_DONE;
  add_blame(&a, d, "XAA", "XBB");
  assert_int_equal(dg_read(encode(&a, d), &a, &again, &err), AN_OK);
  d->statements[0].stance = DG_REFUSED + 1;
  assert_int_equal(dg_read(encode(&a, d), &a, &again, &err), AN_ERR_DATA);
  an_arena_free(&a);
}

static void damaged_digests(void **state) {
  (void)state;
  an_arena a, scratch;
  an_arena_init(&a, 16 * MIB);
  an_arena_init(&scratch, 4 * MIB);
  dg *d = page(&a, 1), again;
  add_count(&a, d, "document", AN_EQUAL, 14, 14, 14, NAN, NAN);
  add_clause(&a, d, "parliament", "levy fuel", AN_DONE, false, day(2022, 3, 1));
  an_digest whole = encode(&a, d);
  an_error err = {0};
  assert_int_equal(dg_read(whole, &scratch, &again, &err), AN_OK);
  an_digest twice = encode(&a, &again);
  assert_int_equal(twice.size, whole.size);
  assert_memory_equal(twice.bytes, whole.bytes, whole.size);
  uint8_t *copy = AN_NEW(&a, uint8_t, whole.size);
  for (uint32_t cut = 0; cut < whole.size; cut++) {
    an_arena_reset(&scratch);
    assert_int_equal(dg_read((an_digest){whole.bytes, cut}, &scratch, &again, &err), AN_ERR_DATA);
  }
  for (uint32_t i = 0; i < whole.size; i++)
    for (unsigned bit = 0; bit < 8; bit += 3) {
      memcpy(copy, whole.bytes, whole.size);
      copy[i] ^= (uint8_t)(1U << bit);
      an_arena_reset(&scratch);
      an_status status = dg_read((an_digest){copy, whole.size}, &scratch, &again, &err);
      assert_true(status == AN_OK || status == AN_ERR_DATA);
    }
  copy[0] = 'A';
  memcpy(copy, whole.bytes, whole.size);
  copy[4] = AN_DIGEST_LAYOUT + 1;
  assert_int_equal(dg_read((an_digest){copy, whole.size}, &scratch, &again, &err), AN_ERR_DATA);
  assert_non_null(strstr(err.message, "--reread"));
  an_arena_free(&a);
  an_arena_free(&scratch);
}

/* A story has at most 1,000 rows; what comes after them is counted, not dropped in silence. */
static void rows_without_room_are_counted(void **state) {
  (void)state;
  an_arena arena;
  an_arena_init(&arena, 1 << 24);
  static const dg page = {.outlet = {"The Tidewater Sheet", 19}};
  st_reading readings[2] = {{.d = &page, .copy_of = AN_NONE, .version_of = AN_NONE}, {.d = &page, .copy_of = AN_NONE, .version_of = AN_NONE}};
  st_story story = {.arena = &arena, .readings = readings, .reading_count = 2};
  for (uint32_t i = 0; i < 1003; i++) {
    row r = row_begin(&story, AN_OF_WORDING, AN_LIT("words"));
    for (uint32_t k = 0; k < 2; k++) row_value(&r, k, (an_span){i, i + 1}, AN_LIT("w"), (an_text){NULL, 0}, AN_LIT("w"));
    if (i != 1001) row_verdict(&r, AN_AGREE, "made");
    row_end(&r); /* one that is no row finds no room either, and is not counted */
  }
  assert_int_equal(story.comparisons.count, 1000);
  assert_int_equal(story.left_out, 2);
  an_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dates_travel_to_the_undated_sister), cmocka_unit_test(a_page_without_a_day_goes_where_it_clearly_fits_best),
      cmocka_unit_test(in_a_crowd_a_weekday_tells_where_a_page_without_a_day_goes),
      cmocka_unit_test(pages_without_a_day_stay_apart_as_somebody_said), cmocka_unit_test(a_story_is_of_the_days_that_are_known),
      cmocka_unit_test(a_page_says_why_it_is_in_its_story),
      cmocka_unit_test(vetoes_part_what_looks_alike),
      cmocka_unit_test(counts_are_compared_by_interval_and_scope), cmocka_unit_test(a_pending_act_and_a_done_one_are_two),
      cmocka_unit_test(what_is_done_is_of_the_day_that_all_tell), cmocka_unit_test(one_verb_for_two_things_is_two_acts),
      cmocka_unit_test(clauses_are_held_against_each_other), cmocka_unit_test(a_denial_is_of_its_day),
      cmocka_unit_test(a_row_names_nobody_private), cmocka_unit_test(a_rounded_price_is_the_same), cmocka_unit_test(blame_has_one_row),
      cmocka_unit_test(an_unsure_sighting_takes_no_row_away),
      cmocka_unit_test(corrections_reach_what_is_uncertain), cmocka_unit_test(what_no_table_has_is_refused), cmocka_unit_test(damaged_digests),
      cmocka_unit_test(rows_without_room_are_counted)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
