/* SPDX-License-Identifier: Apache-2.0 */
#include "json_parts.h"

#include <math.h>

#define NAME_OF(names, number) ((size_t)(number) < sizeof(names) / sizeof((names)[0]) ? (names)[number] : NULL)

const char *an_when_basis_name(uint8_t basis) {
  static const char *const names[] = {[AN_WHEN_UNKNOWN] = NULL, [AN_WHEN_STATED] = "stated", [AN_WHEN_RELATIVE] = "relative",
    [AN_WHEN_PUBLICATION] = "publication", [AN_WHEN_STORY] = "story"};
  return NAME_OF(names, basis);
}

const char *an_precision_name(uint8_t precision) {
  static const char *const names[] = {[AN_BY_DAY] = "day", [AN_BY_WEEK] = "week", [AN_BY_MONTH] = "month", [AN_BY_YEAR] = "year",
    [AN_BY_INTERVAL] = "interval"};
  return NAME_OF(names, precision);
}

static const char *where_basis_name(uint8_t basis) {
  static const char *const names[] = {[AN_WHERE_FRAME] = "frame", [AN_WHERE_DATELINE] = "dateline", [AN_WHERE_TITLE] = "title"};
  return NAME_OF(names, basis);
}

static const char *where_precision_name(uint8_t precision) {
  static const char *const names[] = {[AN_WHERE_SITE] = "site", [AN_WHERE_CITY] = "city", [AN_WHERE_ADMIN1] = "admin1",
    [AN_WHERE_COUNTRY] = "country", [AN_WHERE_REGION] = "region"};
  return NAME_OF(names, precision);
}

static void put_hex(an_json_out *out, const char *key, uint64_t number) {
  char hex[17];
  for (int i = 0; i < 16; i++) hex[i] = "0123456789abcdef"[(number >> (60 - 4 * i)) & 15];
  hex[16] = '\0';
  an_json_z(out, key, hex);
}

void an_put_made_by(an_json_out *out, uint64_t stamp, uint64_t furniture) {
  an_json_open(out, "made_by", '{');
  an_json_z(out, "annals", ANNALS_VERSION);
  put_hex(out, "data", stamp);
  if (furniture != 0) put_hex(out, "furniture", furniture);
  an_json_close(out, '}');
}

void an_put_range(an_json_out *out, an_span span) {
  if (span.begin < span.end) {
    an_json_int(out, "begin", span.begin);
    an_json_int(out, "end", span.end);
  } else {
    an_json_null(out, "begin");
    an_json_null(out, "end");
  }
}

void an_put_day(an_json_out *out, const char *key, an_day day) {
  char iso[16];
  an_day_iso(day, iso);
  an_json_z(out, key, iso[0] != '\0' ? iso : NULL);
}

void an_put_earliest_latest(an_json_out *out, an_days days) {
  an_put_day(out, "earliest", days.earliest);
  an_put_day(out, "latest", days.latest);
}

void an_put_edtf(an_json_out *out, an_days days) {
  char bytes[64];
  an_buf text = {bytes, 0, sizeof bytes, sizeof bytes - 1, false};
  an_days_edtf(&text, days);
  an_json_text(out, "edtf", (an_text){text.size > 0 ? text.at : NULL, (uint32_t)text.size});
}

void an_put_weekday(an_json_out *out, const char *key, unsigned weekday) {
  an_json_z(out, key, an_weekday_name(weekday));
}

void an_put_sha256(an_json_out *out, const char *key, const uint8_t sha256[32]) {
  char hex[65];
  an_hex(sha256, 32, hex);
  an_json_z(out, key, hex);
}

void an_put_confidence(an_json_out *out, uint16_t thousandths) {
  an_json_number(out, "confidence", (double)thousandths / 1000.0);
}

void an_put_known(an_json_out *out, const char *key, an_text text) {
  an_json_text(out, key, text.size > 0 ? text : (an_text){NULL, 0});
}

/* Only where the words stand for others, which most do not. */
void an_put_antecedent(an_json_out *out, const an_party *party) {
  if (party->antecedent.size == 0) return;
  an_json_open(out, "antecedent", '{');
  an_json_text(out, "text", party->antecedent);
  an_put_range(out, party->antecedent_span);
  an_json_close(out, '}');
}

void an_put_party(an_json_out *out, const char *key, const an_party *party) {
  an_json_open(out, key, '{');
  an_put_known(out, "text", party->text);
  an_put_range(out, party->span);
  an_put_known(out, "entity", party->entity);
  an_put_known(out, "name", party->name);
  an_put_known(out, "country", party->country);
  an_put_known(out, "sector", party->sector);
  an_put_texts(out, "sectors", &party->sector, party->sector.size > 0 ? 1 : 0);
  an_put_known(out, "group", party->group);
  an_put_known(out, "office", party->office);
  an_put_antecedent(out, party);
  if (party->is_private) an_json_bool(out, "private", true);
  an_json_close(out, '}');
}

void an_put_parties(an_json_out *out, const char *key, const an_party *parties, uint32_t count) {
  an_json_open(out, key, '[');
  for (uint32_t i = 0; i < count; i++) an_put_party(out, NULL, &parties[i]);
  an_json_close(out, ']');
}

void an_put_texts(an_json_out *out, const char *key, const an_text *texts, uint32_t count) {
  an_json_open(out, key, '[');
  for (uint32_t i = 0; i < count; i++) an_json_text(out, NULL, texts[i]);
  an_json_close(out, ']');
}

void an_put_place(an_json_out *out, const char *key, const an_place *place) {
  if (place->text.at == NULL && place->name.at == NULL) {
    an_json_null(out, key);
    return;
  }
  an_json_open(out, key, '{');
  an_put_known(out, "text", place->text);
  an_put_range(out, place->span);
  an_put_known(out, "name", place->name);
  if (place->geonames != 0) an_json_int(out, "geonames", place->geonames);
  else an_json_null(out, "geonames");
  an_put_known(out, "country", place->country);
  an_put_known(out, "admin1", place->admin1);
  an_json_number(out, "lat", place->lat);
  an_json_number(out, "lon", isnan(place->lat) ? NAN : place->lon);
  an_json_z(out, "precision", where_precision_name(place->precision));
  an_json_z(out, "basis", where_basis_name(place->basis));
  an_json_close(out, '}');
}

void an_put_quantity(an_json_out *out, const an_quantity *quantity, an_text according_to) {
  an_json_open(out, NULL, '{');
  an_put_known(out, "of", quantity->of);
  an_json_z(out, "relation", an_relation_name(quantity->relation));
  an_json_number(out, "value", quantity->value);
  an_json_number(out, "low", quantity->low);
  an_json_number(out, "high", quantity->high);
  an_put_known(out, "unit", quantity->unit);
  an_put_known(out, "scope", quantity->scope);
  an_json_null(out, "as_of");
  an_put_known(out, "according_to", according_to);
  an_put_known(out, "text", quantity->text);
  an_put_range(out, quantity->span);
  an_json_close(out, '}');
}

void an_put_coding(an_json_out *out, const an_event *event) {
  an_put_known(out, "type", event->type);
  an_put_known(out, "mode", event->mode);
  an_put_texts(out, "contexts", event->contexts, event->context_count);
  an_put_known(out, "cameo", event->cameo);
  if (event->quad != 0) an_json_int(out, "quad", event->quad);
  else an_json_null(out, "quad");
  an_json_number(out, "score", event->score);
  an_json_number(out, "goldstein", event->goldstein);
}

an_status an_put_line(an_buf *buf, an_write *write, void *to, an_error *err) {
  an_buf_char(buf, '\n');
  an_status status = AN_OK;
  if (buf->failed) status = an_fail(err, AN_ERR_MEMORY, "json", "no memory for a line of more than %zu bytes", buf->size);
  else status = write(to, buf->at, buf->size);
  if (status != AN_OK && !buf->failed && err != NULL && err->status == AN_OK)
    an_fail(err, status, "json", "the output could not be written");
  an_buf_free(buf);
  return status;
}
