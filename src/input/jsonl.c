/* SPDX-License-Identifier: Apache-2.0 */
/* JSONL: an object a line with `html` or `text`, and `url`, `fetched`. The page is the unescaped string. */
#include "input/inner.h"

#include <string.h>

static void take_value(const an_json_in *in, const char *key, an_page *p, an_arena *arena) {
  an_text value = an_json_string(in, arena);
  bool html = strcmp(key, "html") == 0;
  if (html || (strcmp(key, "text") == 0 && !an_text_is(p->media_type, "text/html"))) {
    p->bytes = (const uint8_t *)value.at;
    p->size = value.size;
    p->media_type = html ? AN_LIT("text/html") : AN_LIT("text/plain");
  } else if (strcmp(key, "url") == 0) {
    p->url = value;
  } else if (strcmp(key, "fetched") == 0) {
    p->fetched_stamp = value;
    if (!an_days_parse(value, &p->fetched)) p->fetched = AN_DAYS_ANY;
  }
}

/* false: no JSON object with a page in it. */
static bool parse_line(an_text line, an_page *p, an_arena *arena) {
  static const char *const keys[] = {"html", "text", "url", "fetched", NULL};
  an_json_in in;
  an_json_start(&in, line);
  if (an_json_next(&in) != AN_JSON_OBJECT) return false;
  for (;;) {
    an_json_kind kind = an_json_next(&in);
    if (kind == AN_JSON_OBJECT_END) break;
    if (kind != AN_JSON_KEY) return false;
    const char *key = NULL;
    for (size_t i = 0; keys[i] != NULL; i++)
      if (an_json_is(&in, keys[i])) key = keys[i];
    kind = an_json_next(&in);
    if (kind == AN_JSON_ERROR || kind == AN_JSON_END) return false;
    if (key != NULL && kind == AN_JSON_STRING) take_value(&in, key, p, arena);
    else if (kind == AN_JSON_OBJECT || kind == AN_JSON_ARRAY) an_json_skip(&in);
    if (in.kind == AN_JSON_ERROR) return false;
  }
  return an_json_next(&in) == AN_JSON_END && p->bytes != NULL;
}

bool jsonl_next(an_input *input, held *h) {
  stream *s = input->stream;
  size_t limit = input->max_page * 2 + LONGEST_HEAD, size;   /* escapes and what stands beside the page are seldom more */
  if (limit > UINT32_MAX - 16) limit = UINT32_MAX - 16;
  an_buf line;
  an_buf_init(&line, limit + 16);
  bool found = false;
  while (!found) {
    uint64_t offset = input->line_offset;
    if (!stream_line(s, limit, &line, &size)) {
      if (!stream_broken(s)) break;
      uint64_t lost = stream_mend(s);
      input->counts.skipped_bad++;
      input_complain(input, AN_ERR_DATA, "%s: a broken member; passed over %llu bytes", input->path, (unsigned long long)lost);
      continue;
    }
    input->line_offset += size;
    input->line++;
    bool mark = offset == 0 && line.size >= 3 && memcmp(line.at, "\xEF\xBB\xBF", 3) == 0;      /* a byte order mark */
    an_text text = an_text_trim(an_text_slice((an_text){line.at, (uint32_t)line.size}, mark ? 3 : 0, (uint32_t)line.size));
    if (text.size == 0) continue;
    h->page = (an_page){.fetched = AN_DAYS_ANY, .given = AN_DAYS_ANY};
    found = parse_line(text, &h->page, &h->arena);
    if (!found) {
      input->counts.skipped_bad++;
      bool long_line = size > line.size + 1;
      input_complain(input, AN_ERR_DATA, "%s: line %llu at byte %llu %s", input->path, (unsigned long long)input->line, (unsigned long long)offset,
                     long_line ? "is longer than a page may be" : "is no JSON object with \"html\" or \"text\"");
      an_arena_reset(&h->arena);
      continue;
    }
    h->page.charset = AN_LIT("UTF-8");
    h->page.offset = offset;
    h->page.length = size;
    if (h->page.size > input->max_page) h->page.size = (uint32_t)input->max_page + 1;
  }
  an_buf_free(&line);
  return found;
}
