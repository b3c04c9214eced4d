/* SPDX-License-Identifier: Apache-2.0 */
#include "record/pack.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { LEVEL = 9, STORY_LEVEL = 3, RANGE = 1 };
#define MOST ((size_t)1 << 30)

struct an_packer {
  sqlite3 *db;
  ZSTD_CCtx *in; ZSTD_DCtx *out; ZSTD_CDict *ready; /* ready: the dictionary alone, for what is packed against nothing else */
  sqlite3_stmt *page, *words;
  an_buf prefix, plain, packed;
  size_t dictionary; bool has_dictionary;  /* the first bytes of prefix */
};

/* ---- JSON, shorter --------------------------------------------------------------------------------- */

static void put_number(an_buf *out, uint64_t number) {
  for (; number > 127; number >>= 7) an_buf_char(out, (char)((number & 127) | 128));
  an_buf_char(out, (char)number);
}

static bool take_number(const char **at, const char *end, uint64_t *out) {
  *out = 0;
  for (unsigned shift = 0; *at < end && shift < 63; shift += 7) {
    uint8_t byte = (uint8_t)*(*at)++;
    *out |= (uint64_t)(byte & 127) << shift;
    if ((byte & 128) == 0) return true;
  }
  return false;
}

/* A number as JSON of ours has it: no sign, no zero before it, less than 2^32. */
static bool read_number(const char **at, const char *end, uint64_t *out) {
  const char *first = *at;
  *out = 0;
  while (*at < end && **at >= '0' && **at <= '9' && *at - first < 10) *out = *out * 10 + (uint64_t)(*(*at)++ - '0');
  return *at > first && (*first != '0' || *at == first + 1);
}

static bool is_here(const char **at, const char *end, const char *words) {
  size_t size = strlen(words);
  if ((size_t)(end - *at) < size || memcmp(*at, words, size) != 0) return false;
  *at += size;
  return true;
}

static bool read_range(const char **at, const char *end, uint64_t *first, uint64_t *last) {
  const char *from = *at;
  if (is_here(&from, end, "\"begin\":") && read_number(&from, end, first) && is_here(&from, end, ",\"end\":") && read_number(&from, end, last) && *last >= *first) {
    *at = from;
    return true;
  }
  return false;
}

static void shorten(an_buf *out, const char *json, size_t size) {
  const char *end = json + size;
  uint64_t last = 0, from, to;
  while (json < end) {
    const char *quote = memchr(json, '"', (size_t)(end - json));
    an_buf_add(out, json, (size_t)((quote == NULL ? end : quote) - json));
    if (quote == NULL) return;
    json = quote;
    if (read_range(&json, end, &from, &to)) {
      an_buf_char(out, RANGE);
      put_number(out, from >= last ? (from - last) * 2 : (last - from) * 2 - 1);
      put_number(out, to - from);
      last = to;
    } else {
      an_buf_char(out, *json++);
    }
  }
}

static bool lengthen(an_buf *out, const char *at, size_t size) {
  const char *end = at + size;
  uint64_t last = 0, step, length;
  while (at < end) {
    const char *range = memchr(at, RANGE, (size_t)(end - at));
    an_buf_add(out, at, (size_t)((range == NULL ? end : range) - at));
    if (range == NULL) break;
    at = range + 1;
    if (!take_number(&at, end, &step) || !take_number(&at, end, &length)) return false;
    uint64_t from = (step & 1) == 0 ? last + step / 2 : last - (step + 1) / 2;
    last = from + length;
    an_buf_printf(out, "\"begin\":%llu,\"end\":%llu", (unsigned long long)from, (unsigned long long)last);
  }
  return !out->failed;
}

/* ---- What it is packed against ----------------------------------------------------------------------- */

static void add_columns(an_packer *p, sqlite3_stmt *row) {
  for (int i = 0; i < sqlite3_column_count(row); i++) {
    const void *text = sqlite3_column_text(row, i);
    if (text != NULL) an_buf_add(&p->prefix, text, (size_t)sqlite3_column_bytes(row, i));
    an_buf_char(&p->prefix, '\n');
  }
}

/* A question that fails must not pass for one that finds less: what is packed against less never comes out again. */
static int add_rows(an_packer *p, sqlite3_stmt **statement, const char *sql, int64_t page) {
  int code = *statement != NULL ? SQLITE_OK : sqlite3_prepare_v3(p->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_int64(*statement, 1, page);
  while (code == SQLITE_OK && !p->prefix.failed && sqlite3_step(*statement) == SQLITE_ROW) add_columns(p, *statement);
  int stepped = sqlite3_reset(*statement); /* what the last step gave */
  return code == SQLITE_OK ? stepped : code;
}

static int load_dictionary(an_packer *p) {
  sqlite3_stmt *row = NULL;
  an_buf_clear(&p->prefix);
  int code = sqlite3_prepare_v2(p->db, "SELECT bytes FROM dictionary ORDER BY id", -1, &row, NULL);
  while (code == SQLITE_OK && !p->prefix.failed && sqlite3_step(row) == SQLITE_ROW) {
    const char *bytes = sqlite3_column_blob(row, 0);
    if (bytes != NULL) shorten(&p->prefix, bytes, (size_t)sqlite3_column_bytes(row, 0));
  }
  int stepped = sqlite3_finalize(row);
  if (code == SQLITE_OK) code = p->prefix.failed ? SQLITE_NOMEM : stepped;
  p->has_dictionary = code == SQLITE_OK; /* one that was not read whole is read again */
  p->dictionary = p->prefix.size;
  return code;
}

static int prefix_of(an_packer *p, an_packed kind, int64_t page, an_text *out) {
  int code = SQLITE_OK;
  *out = (an_text){NULL, 0};
  if (kind == AN_PACKED_BYTES) return SQLITE_OK;
  if (!p->has_dictionary) code = load_dictionary(p);
  p->prefix.size = p->dictionary;
  p->prefix.failed = false; /* the page before was too much: this one need not be */
  if (code == SQLITE_OK && page != 0) code = add_rows(p, &p->page, "SELECT path, url, title FROM page WHERE id = ?", page);
  if (code == SQLITE_OK && page != 0) code = add_rows(p, &p->words, "SELECT text FROM sentence_row WHERE id >= ?1 << 20 AND id < (?1 + 1) << 20 ORDER BY id", page);
  size_t begin = kind == AN_PACKED_DIGEST ? p->dictionary : 0;
  if (p->prefix.at != NULL) *out = (an_text){p->prefix.at + begin, (uint32_t)(p->prefix.size - begin)};
  return code == SQLITE_OK && p->prefix.failed ? SQLITE_NOMEM : code;
}

/* ---- In and out ----------------------------------------------------------------------------------------- */

static bool is_json(an_packed kind) { return kind == AN_PACKED_READING || kind == AN_PACKED_STORY; }

static bool room(an_buf *buf, size_t size) {
  an_buf_clear(buf);
  if (buf->capacity >= size) return !buf->failed;
  an_buf_free(buf);
  an_buf_init(buf, MOST);
  buf->at = malloc(size);
  buf->capacity = buf->at == NULL ? 0 : size;
  return buf->at != NULL;
}

/* The same bytes come out of a prefix and of a dictionary that holds it: this one is not gone through again for each story. */
static bool refer(an_packer *p, an_packed kind, an_text prefix) {
  if (kind != AN_PACKED_STORY) return !ZSTD_isError(ZSTD_CCtx_refPrefix(p->in, prefix.at, prefix.size));
  if (p->ready == NULL) p->ready = ZSTD_createCDict(prefix.at, prefix.size, STORY_LEVEL);
  return p->ready != NULL && !ZSTD_isError(ZSTD_CCtx_refCDict(p->in, p->ready));
}

int an_pack(an_packer *p, an_packed kind, int64_t page, const void *bytes, size_t size, an_text *out) {
  an_text prefix;
  int code = prefix_of(p, kind, page, &prefix);
  if (code != SQLITE_OK) return code;
  an_buf_clear(&p->plain);
  if (is_json(kind)) {
    shorten(&p->plain, bytes, size);
    bytes = p->plain.at;
    size = p->plain.size;
  }
  size_t most = ZSTD_compressBound(size);
  if (p->in == NULL) p->in = ZSTD_createCCtx();
  if (p->in == NULL || p->plain.failed || !room(&p->packed, most)) return SQLITE_NOMEM;
  ZSTD_CCtx_reset(p->in, ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(p->in, ZSTD_c_compressionLevel, LEVEL); /* a story takes its dictionary's */
  ZSTD_CCtx_setParameter(p->in, ZSTD_c_strategy, ZSTD_lazy2);    /* for little ones the level would sort what they are packed against: no smaller, three times as long */
  ZSTD_CCtx_setParameter(p->in, ZSTD_c_checksumFlag, 1);
  if (!refer(p, kind, prefix)) return SQLITE_NOMEM;
  size_t made = ZSTD_compress2(p->in, p->packed.at, most, bytes, size);
  if (ZSTD_isError(made)) return SQLITE_NOMEM;
  *out = (an_text){p->packed.at, (uint32_t)made};
  return SQLITE_OK;
}

int an_unpack(an_packer *p, an_packed kind, int64_t page, const void *bytes, size_t size, an_text *out) {
  unsigned long long plain = bytes == NULL ? ZSTD_CONTENTSIZE_ERROR : ZSTD_getFrameContentSize(bytes, size);
  if (plain >= MOST) return SQLITE_CORRUPT; /* an error, or not said, is larger than everything */
  an_text prefix;
  int code = prefix_of(p, kind, page, &prefix);
  if (code != SQLITE_OK) return code;
  if (p->out == NULL) p->out = ZSTD_createDCtx();
  if (p->out == NULL || !room(&p->packed, plain + 1)) return SQLITE_NOMEM;
  ZSTD_DCtx_reset(p->out, ZSTD_reset_session_only);
  ZSTD_DCtx_refPrefix(p->out, prefix.at, prefix.size);
  size_t made = ZSTD_decompressDCtx(p->out, p->packed.at, plain, bytes, size);
  if (ZSTD_getErrorCode(made) == ZSTD_error_memory_allocation) return SQLITE_NOMEM;
  if (ZSTD_isError(made) || made != plain) return SQLITE_CORRUPT;
  *out = (an_text){p->packed.at, (uint32_t)made};
  if (!is_json(kind)) return SQLITE_OK;
  an_buf_clear(&p->plain);
  if (!lengthen(&p->plain, p->packed.at, made)) return p->plain.failed ? SQLITE_NOMEM : SQLITE_CORRUPT;
  *out = (an_text){p->plain.at, (uint32_t)p->plain.size};
  return SQLITE_OK;
}

/* ---- SQL ----------------------------------------------------------------------------------------------------- */

static void result(sqlite3_context *context, an_packed kind, int64_t page, sqlite3_value *value) {
  an_packer *p = sqlite3_user_data(context);
  an_text out;
  if (sqlite3_value_type(value) != SQLITE_BLOB) {
    sqlite3_result_value(context, value);
    return;
  }
  int code = an_unpack(p, kind, page, sqlite3_value_blob(value), (size_t)sqlite3_value_bytes(value), &out);
  if (code != SQLITE_OK) sqlite3_result_error_code(context, code);
  else if (kind == AN_PACKED_BYTES) sqlite3_result_blob64(context, out.at, out.size, SQLITE_TRANSIENT);
  else sqlite3_result_text64(context, out.at == NULL ? "" : out.at, out.size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void reading(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  result(context, AN_PACKED_READING, sqlite3_value_int64(values[0]), values[1]);
}

static void story(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  result(context, AN_PACKED_STORY, 0, values[0]);
}

static void whole_bytes(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  result(context, AN_PACKED_BYTES, 0, values[0]);
}

int an_packer_open(sqlite3 *db, an_packer **out) {
  /* A view of a stranger's record must not ask them: to answer, they ask its tables, which can be views. */
  enum { HOW = SQLITE_UTF8 | SQLITE_DIRECTONLY };
  an_packer *p = calloc(1, sizeof *p);
  if (p == NULL) return SQLITE_NOMEM;
  p->db = db;
  an_buf_init(&p->prefix, MOST);
  an_buf_init(&p->plain, MOST);
  an_buf_init(&p->packed, MOST);
  *out = p;
  int code = sqlite3_create_function(db, "annals_reading", 2, HOW, p, reading, NULL, NULL);
  if (code == SQLITE_OK) code = sqlite3_create_function(db, "annals_story", 1, HOW, p, story, NULL, NULL);
  if (code == SQLITE_OK) code = sqlite3_create_function(db, "annals_bytes", 1, HOW, p, whole_bytes, NULL, NULL);
  return code;
}

void an_packer_rest(an_packer *p) {
  if (p == NULL) return;
  sqlite3_finalize(p->page);
  sqlite3_finalize(p->words);
  p->page = p->words = NULL;
}

void an_packer_close(an_packer *p) {
  if (p == NULL) return;
  ZSTD_freeCCtx(p->in);
  ZSTD_freeCDict(p->ready);
  ZSTD_freeDCtx(p->out);
  an_buf_free(&p->prefix);
  an_buf_free(&p->plain);
  an_buf_free(&p->packed);
  free(p);
}
