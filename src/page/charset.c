/* SPDX-License-Identifier: Apache-2.0 */
/* Page bytes to UTF-8: byte order mark, the delivered charset, <meta> in the first 1,024 bytes, valid UTF-8, else the
   declared legacy set, else windows-1252. A page that is UTF-8 is read where it lies; any other gets a copy and a map.
   Labels are data/lexicon/charsets.tsv (from the WHATWG Encoding standard); only what stands there reaches iconv. */
#include "page/inner.h"
#include "page/bytes.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

enum { PRESCAN = 1024 };
static const char replacement[] = "\xEF\xBF\xBD";

/* The value after "charset=" in the first bytes, as in <meta charset=x> and <meta content="text/html; charset=x">. */
an_text charset_in_meta(const uint8_t *at, uint32_t size) {
  const char *text = (const char *)at;
  uint32_t end = size < PRESCAN ? size : PRESCAN;
  for (uint32_t i = 0; (i = find_c_s(at, i, end)) + 8 < end; i++) {
    if (strncasecmp(text + i, "charset", 7) != 0) continue;
    uint32_t j = i + 7;
    while (j < end && (text[j] == ' ' || text[j] == '=' || text[j] == '"' || text[j] == '\'')) j++;
    uint32_t begin = j;
    while (j < end && (isalnum((unsigned char)text[j]) || strchr("-_:.+", text[j]) != NULL)) j++;
    if (j > begin && begin > i + 7) return (an_text){text + begin, j - begin};
  }
  return (an_text){0};
}

an_span source_to_page(const source *s, an_span range) {
  if (s->count == 0) return (an_span){range.begin + s->skip, range.end + s->skip};
  if (range.begin == range.end && range.begin > 0) {          /* an empty range lies behind the byte before it */
    uint32_t behind = source_to_page(s, (an_span){range.begin - 1, range.end}).end;
    return (an_span){behind, behind};
  }
  uint32_t at[2] = {range.begin, range.end};
  for (int side = 0; side < 2; side++) {
    uint32_t low = 0, high = s->count;              /* the run that holds at[side]; for an end, its last byte */
    uint32_t want = side == 1 && range.end > range.begin ? at[1] - 1 : at[side];
    while (high - low > 1) {
      uint32_t middle = low + (high - low) / 2;
      if (s->runs[middle].clean <= want) low = middle; else high = middle;
    }
    uint32_t clean_end = low + 1 < s->count ? s->runs[low + 1].clean : s->size;
    const an_run *run = &s->runs[low];
    bool one_to_one = clean_end - run->clean == run->raw_end - run->raw;
    if (one_to_one) at[side] = run->raw + (at[side] - run->clean);
    else at[side] = side == 0 ? run->raw : run->raw_end;
  }
  return (an_span){at[0], at[1]};
}

typedef struct decoder {
  reader *r;
  char *out; uint32_t size; size_t capacity;
  AN_LIST(an_run) runs;
  uint32_t bad, first_bad;
  uint32_t cut;                                    /* where a limit ended it, or AN_NONE */
} decoder;

/* Room for the bytes and for the runs, taken once: lists that grow in an arena leave their former selves behind. A byte becomes
   three at most; what is longer than what it was made of has a run of its own, and there are MOST_RUNS of them at most. */
static an_status decoder_start(decoder *d, reader *r, bool wide, an_error *err) {
  const uint8_t *in = r->page->bytes;
  uint32_t size = r->page->size, runs = 2;
  for (uint32_t i = 0; i < size && runs < MOST_RUNS; i++) runs += wide || in[i] >= 0x80 || (i > 0 && in[i - 1] >= 0x80);
  size_t most = (size_t)size * 3, less = (size_t)size + (size_t)8 * runs;
  *d = (decoder){.r = r, .capacity = (less < most ? less : most) + 16, .cut = AN_NONE};
  d->out = an_arena_take(r->arena, d->capacity, 1);
  d->runs.at = AN_NEW(r->arena, an_run, runs);
  d->runs.capacity = runs;
  if (d->out == NULL || d->runs.at == NULL) return an_fail(err, AN_ERR_LIMIT, STEP, "the page needs more memory than --max-arena allows");
  return AN_OK;
}

/* One stretch of the page that became `size` bytes; `same`: they are its own, which one run holds with those before them.
   false: there is no room for it. */
static bool decoder_add(decoder *d, uint32_t raw, uint32_t raw_end, const char *bytes, uint32_t size, bool same) {
  an_run *last = d->runs.count > 0 ? &d->runs.at[d->runs.count - 1] : NULL;
  bool extend = same && last != NULL && last->raw_end == raw && last->raw_end - last->raw == d->size - last->clean;
  if (size > d->capacity - d->size || (!extend && d->runs.count >= d->runs.capacity)) { d->cut = raw; return false; }
  if (extend) last->raw_end = raw_end;
  else d->runs.at[d->runs.count++] = (an_run){d->size, raw, raw_end};
  memcpy(d->out + d->size, bytes, size);
  d->size += size;
  return true;
}

static bool decoder_same(decoder *d, uint32_t raw, uint32_t raw_end) {
  return decoder_add(d, raw, raw_end, (const char *)d->r->page->bytes + raw, raw_end - raw, true);
}

static bool decoder_put(decoder *d, uint32_t raw, uint32_t raw_end, const char *bytes, uint32_t size) {
  return decoder_add(d, raw, raw_end, bytes, size, raw_end - raw == size && memcmp(d->r->page->bytes + raw, bytes, size) == 0);
}

static bool decoder_bad(decoder *d, uint32_t raw, uint32_t raw_end) {
  if (d->bad++ == 0) d->first_bad = raw;
  return decoder_put(d, raw, raw_end, replacement, 3);
}

static bool decode_utf8(decoder *d, const uint8_t *in, uint32_t size, uint32_t at) {
  an_text text = {(const char *)in, size};
  while (at < size) {
    uint32_t begin = at, next = at = ascii_end(in, at, size);
    bool bad = false;
    while (at < size && in[at] >= 0x80 && !bad) {
      bad = an_utf8_next(text, &next) == 0xFFFD && next - at == 1;
      if (!bad) at = next;
    }
    if (at > begin && !decoder_same(d, begin, at)) return false;
    if (bad && !decoder_bad(d, at, next)) return false;
    if (bad) at = next;
  }
  return true;
}

static bool decode_utf16(decoder *d, const uint8_t *in, uint32_t size, uint32_t at, bool big) {
  char out[4];
  while (at < size) {
    if (size - at < 2) return decoder_bad(d, at, size);
    uint32_t code = big ? (uint32_t)in[at] << 8 | in[at + 1] : (uint32_t)in[at + 1] << 8 | in[at], used = 2;
    if (code >= 0xD800 && code < 0xDC00 && size - at >= 4) {
      uint32_t low = big ? (uint32_t)in[at + 2] << 8 | in[at + 3] : (uint32_t)in[at + 3] << 8 | in[at + 2];
      if (low >= 0xDC00 && low < 0xE000) { code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00); used = 4; }
    }
    bool lone = code >= 0xD800 && code < 0xE000;
    if (lone ? !decoder_bad(d, at, at + 2) : !decoder_put(d, at, at + used, out, an_utf8_put(code, out))) return false;
    at += used;
  }
  return true;
}

/* One character at a time: the shortest input that iconv turns into something. State (ISO-2022-JP) stays in `cd`. `fours`: of the
   set's characters those are four bytes long whose second is a figure (GB 18030), and fewer are never whole. */
static bool decode_iconv(decoder *d, iconv_t cd, const uint8_t *in, uint32_t size, bool ascii, bool fours) {
  for (uint32_t at = 0; at < size;) {
    uint32_t plain = ascii ? ascii_end(in, at, size) : at;
    if (plain > at) {
      if (!decoder_same(d, at, plain)) return false;
      at = plain;
      continue;
    }
    char out[16];
    uint32_t used = 0;
    size_t made = 0;
    errno = EINVAL;                                  /* more bytes may make it whole; EILSEQ: none will */
    bool four = fours && in[at] >= 0x81 && in[at] <= 0xFE && size - at >= 2 && in[at + 1] >= '0' && in[at + 1] <= '9';
    for (uint32_t n = four ? 4 : 1; n <= 8 && n <= size - at && used == 0 && errno == EINVAL; n++) {
      char *from = (char *)(uintptr_t)(in + at), *to = out;
      size_t left = n, room = sizeof out;
      if (iconv(cd, &from, &left, &to, &room) != (size_t)-1 && left == 0) { used = n; made = sizeof out - room; }
    }
    if (used == 0 ? !decoder_bad(d, at, at + 1) : made > 0 && !decoder_put(d, at, at + used, out, (uint32_t)made)) return false;
    at += used == 0 ? 1 : used;
  }
  return true;
}

/* Single-byte sets: 128 characters asked once, then a table. */
static bool decode_bytes(decoder *d, iconv_t cd, const uint8_t *in, uint32_t size) {
  char table[128][4];
  uint8_t sizes[128];
  for (unsigned i = 0; i < 128; i++) {
    char byte = (char)(i + 128), *from = &byte, *to = table[i];
    size_t left = 1, room = 4;
    bool well = iconv(cd, &from, &left, &to, &room) != (size_t)-1;
    sizes[i] = well ? (uint8_t)(4 - room) : 0;
  }
  for (uint32_t at = 0; at < size;) {
    uint32_t plain = ascii_end(in, at, size);
    if (plain > at && !decoder_same(d, at, plain)) return false;
    for (at = plain; at < size && in[at] >= 0x80; at++) {
      unsigned i = in[at] - 128u;
      if (sizes[i] == 0 ? !decoder_bad(d, at, at + 1) : !decoder_put(d, at, at + 1, table[i], sizes[i])) return false;
    }
  }
  return true;
}

/* The row of a label in charsets.tsv, or AN_NONE. */
static uint32_t charset_row(const an_table *table, an_text label) {
  label = an_text_trim(label);
  if (table == NULL || label.at == NULL || label.size == 0 || label.size > 40) return AN_NONE;
  an_rows rows = an_table_find_key(table, an_fold_hash(label));
  return rows.count > 0 ? rows.first : AN_NONE;
}

static an_status decoded(decoder *d) {
  reader *r = d->r;                                 /* ranges of the page are those of the source until there is one */
  if (d->cut != AN_NONE) problem_add(r, "limit met: characters of another charset", (an_span){d->cut, r->page->size});
  if (d->bad > 0) problem_add(r, "bad characters", (an_span){d->first_bad, d->first_bad + 1});
  r->source = (source){(const uint8_t *)d->out, d->size, 0, d->runs.at, d->runs.count};
  return AN_OK;
}

static an_status decode_legacy(reader *r, const an_table *table, uint32_t row, an_error *err) {
  const uint8_t *in = r->page->bytes;
  uint32_t size = r->page->size;
  an_text name = row == AN_NONE ? AN_LIT("windows-1252") : an_table_cell(table, row, an_table_column(table, "name"));
  an_text call = row == AN_NONE ? AN_LIT("CP1252") : an_table_cell(table, row, an_table_column(table, "iconv"));
  an_text kind = row == AN_NONE ? AN_LIT("byte") : an_table_cell(table, row, an_table_column(table, "kind"));
  decoder d;
  AN_TRY(decoder_start(&d, r, !an_text_is(kind, "byte") && !an_text_is(kind, "multi"), err));
  char called[40] = "";
  if (call.size < sizeof called) memcpy(called, call.at, call.size);
  called[call.size < sizeof called ? call.size : 0] = 0;
  r->charset = name;
  if (an_text_is(kind, "utf-16")) {
    decode_utf16(&d, in, size, 0, an_text_ends(name, "BE"));
  } else {
    iconv_t cd = iconv_open("UTF-8", called);
    if (cd == (iconv_t)-1) return an_fail(err, AN_ERR_DATA, STEP, "the system's iconv does not know %s", called);
    if (an_text_is(kind, "byte")) decode_bytes(&d, cd, in, size);
    else decode_iconv(&d, cd, in, size, !an_text_is(kind, "state"), an_text_is(name, "gb18030"));
    iconv_close(cd);
  }
  return decoded(&d);
}

static an_status decode_broken_utf8(reader *r, uint32_t skip, an_error *err) {
  decoder d;
  AN_TRY(decoder_start(&d, r, false, err));
  decode_utf8(&d, r->page->bytes, r->page->size, skip);
  return decoded(&d);
}

/* Is it UTF-8? *lost: the first U+FFFD, where there is one. */
static bool valid_utf8(const uint8_t *at, uint32_t size, uint32_t *lost) {
  an_text text = {(const char *)at, size};
  for (uint32_t i = 0; i < size;) {
    i = ascii_end(at, i, size);
    while (i < size && at[i] >= 0x80) {
      uint32_t begin = i;
      bool is_lost = an_utf8_next(text, &i) == 0xFFFD;
      if (is_lost && i - begin == 1) return false;
      if (is_lost && *lost == AN_NONE) *lost = begin;
    }
  }
  return true;
}

/* Share of bad bytes under which a broken page still counts as UTF-8: a cut at a byte, a pasted quote. */
static bool nearly_utf8(const uint8_t *at, uint32_t size) {
  an_text text = {(const char *)at, size};
  uint32_t bad = 0, good = 0;
  for (uint32_t i = 0; i < size;) {
    i = ascii_end(at, i, size);
    if (i >= size) break;
    uint32_t begin = i, code = an_utf8_next(text, &i);
    if (code == 0xFFFD && i - begin == 1) bad++; else good++;
  }
  return good > 0 && bad <= good / 4;
}

an_status charset_decode(reader *r, an_error *err) {
  const uint8_t *at = r->page->bytes;
  uint32_t size = r->page->size;
  const an_table *table = an_lexicon_table(r->tables->lexicon, "charsets");
  r->charset = AN_LIT("UTF-8");
  if (size >= 2 && ((at[0] == 0xFE && at[1] == 0xFF) || (at[0] == 0xFF && at[1] == 0xFE))) {
    decoder d;
    AN_TRY(decoder_start(&d, r, true, err));
    r->charset = at[0] == 0xFE ? AN_LIT("UTF-16BE") : AN_LIT("UTF-16LE");
    decode_utf16(&d, at, size, 2, at[0] == 0xFE);
    return decoded(&d);
  }
  uint32_t skip = size >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  uint32_t delivered = skip > 0 ? AN_NONE : charset_row(table, r->page->charset);
  uint32_t declared = skip > 0 ? AN_NONE : charset_row(table, charset_in_meta(at, size));
  uint32_t row = delivered != AN_NONE ? delivered : declared;
  bool stateful = row != AN_NONE && !an_text_is(an_table_cell(table, row, an_table_column(table, "kind")), "byte") &&
                  !an_text_is(an_table_cell(table, row, an_table_column(table, "kind")), "multi");
  bool legacy = row != AN_NONE && !an_text_is(an_table_cell(table, row, an_table_column(table, "kind")), "utf-8");
  if (legacy && stateful && row == delivered) return decode_legacy(r, table, row, err);
  uint32_t lost = AN_NONE;                       /* U+FFFD: somebody before us met bad characters */
  if (valid_utf8(at + skip, size - skip, &lost)) {   /* stronger evidence than any label: other sets hardly ever look like it */
    r->source = (source){at + skip, size - skip, skip, NULL, 0};
    if (lost != AN_NONE) problem_add(r, "bad characters", (an_span){lost, lost + 3});
    return AN_OK;
  }
  if (skip == 0 && !legacy && declared != AN_NONE && row != declared &&
      !an_text_is(an_table_cell(table, declared, an_table_column(table, "kind")), "utf-8")) { row = declared; legacy = true; }
  if (legacy) return decode_legacy(r, table, row, err);
  bool nearly = skip > 0 || nearly_utf8(at, size);
  if (!nearly && row != AN_NONE) problem_add(r, "bad charset", (an_span){0, 0});
  return nearly ? decode_broken_utf8(r, skip, err) : decode_legacy(r, table, AN_NONE, err);
}
