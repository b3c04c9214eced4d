/* SPDX-License-Identifier: Apache-2.0 */
/* POLECAT's 40 columns, tab-separated, with its header line; "None" for what is empty. One row an actor and recipient. Its
   story is the page that tells the event: people, organizations and locations are those that this page names. COW codes,
   wikipedia names, city and district are not computed. */
#include "export/group.h"

#include <math.h>

static const char header[] =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary Actor Sector\t"
    "Actor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\t"
    "Recipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\t"
    "Longitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\t"
    "Language\tVersion\n";

static void cell(an_buf *line, an_text text) { ex_cell(line, text.size > 0 ? text : AN_LIT("None")); }

static void none(an_buf *line, int count) {
  while (count-- > 0) an_buf_z(line, "None\t");
}

static void cell_number(an_buf *line, double value, int decimals) {
  if (isfinite(value)) ex_cell_number(line, value, decimals);
  else none(line, 1);
}

static void cell_int(an_buf *line, int64_t value) {
  if (value > 0) ex_cell_int(line, value);
  else none(line, 1);
}

static const char *quad_name(int64_t quad) {
  static const char *const names[] = {"None", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};
  return quad >= 1 && quad <= 4 ? names[quad] : names[0];
}

static void put_title(an_buf *line, an_text office) { /* "IRN.foreign_minister": "foreign minister" */
  uint32_t dot = an_text_find(office, 0, AN_LIT("."));
  if (dot == AN_NONE || dot + 1 >= office.size) { none(line, 1); return; }
  for (uint32_t i = dot + 1; i < office.size; i++) an_buf_char(line, office.at[i] == '_' ? ' ' : office.at[i]);
  an_buf_char(line, '\t');
}

static void put_party(an_buf *line, const ex_party *party) {
  cell(line, party->name);
  cell(line, party->country);
  none(line, 1); /* COW */
  cell(line, party->sector);
  cell(line, party->sector);
  put_title(line, party->office);
  cell(line, party->text);
  none(line, 1); /* Wikipedia */
}

static void put_contexts(an_buf *line, an_text contexts) { /* parted by "; " there, by spaces in the record */
  if (contexts.size == 0) {
    none(line, 1);
    return;
  }
  for (uint32_t i = 0; i < contexts.size; i++) an_buf_add(line, contexts.at[i] == ' ' ? "; " : &contexts.at[i], contexts.at[i] == ' ' ? 2 : 1);
  an_buf_char(line, '\t');
}

static void put_row(an_buf *line, const ex_event *e, const ex_pair *pair, const ex_names *names) {
  cell(line, e->id);
  cell(line, e->earliest);
  cell(line, e->type);
  cell(line, e->mode);
  cell_number(line, e->score, 1);
  cell(line, an_text_of(quad_name(e->quad)));
  put_contexts(line, e->contexts);
  put_party(line, ex_named(pair->first));
  put_party(line, ex_named(pair->second));
  cell(line, e->place);
  none(line, 2); /* city, district */
  cell(line, e->place_admin1);
  cell(line, e->place_country);
  cell_number(line, e->lat, 4);
  cell_number(line, e->lon, 4);
  cell_int(line, e->geonames);
  none(line, 2); /* raw placename, feature type */
  cell(line, e->outlet.size > 0 ? e->outlet : e->domain);
  cell(line, e->published);
  for (int i = 0; i < EX_LISTS; i++) cell(line, names->lists[i]);
  cell(line, e->language);
  an_buf_z(line, "annals " ANNALS_VERSION "\t");
  ex_end_line(line);
}

static an_status take_event(ex_out *out, const ex_event *e, an_error *err) {
  an_day day;
  ex_pair pairs[EX_PAIRS];
  if (!ex_is_fact(out, e, &day)) return AN_OK;
  static const ex_names none_known;
  const ex_names *names = e->page < 0 ? &none_known : ex_names_of(out->reader, e->page, out->options->no_text);
  AN_TRY(an_record_check(out->record, "read", err));
  if (names == NULL) return an_fail(err, AN_ERR_LIMIT, "export", "the names of one page need more memory than is allowed");
  uint32_t count = ex_pairs(e, pairs);
  for (uint32_t i = 0; i < count; i++) {
    put_row(&out->line, e, &pairs[i], names);
    AN_TRY(ex_line(out, err));
  }
  return AN_OK;
}

an_status ex_polecat(ex_out *out, an_error *err) {
  an_buf_z(&out->line, header);
  AN_TRY(ex_line(out, err));
  out->counts.written--;
  return ex_events(out, out->options->unit, EX_NEEDS_DAY, EX_TYPE | EX_PLACE | EX_POINT | EX_FACTS_ONLY, take_event, err);
}
