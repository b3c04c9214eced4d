/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies: errors, cells of CSV, and the pass that makes JSON safe inside a page, whatever the record holds. */
#include "serve/serve.h"

#include <string.h>

bool sv_refuse(sv_reply *reply, unsigned status, an_text where, const char *what, const char *advice) {
  an_json_out out = sv_json(reply);
  reply->status = status;
  an_json_open(&out, NULL, '{');
  an_json_open(&out, "error", '{');
  an_json_z(&out, "what", what);
  an_json_text(&out, "where", where);
  an_json_z(&out, "do", advice);
  an_json_close(&out, '}');
  an_json_close(&out, '}');
  return false;
}

an_json_out sv_json(sv_reply *reply) {
  an_buf_clear(&reply->body);
  reply->status = 200;
  reply->type = "application/json; charset=utf-8";
  reply->name = NULL;
  return (an_json_out){.buf = &reply->body};
}

/* Characters that can end a script, a line of it, or turn the direction of what stands around them. */
static bool escapes(uint32_t code) {
  return code == '<' || code == '>' || code == '&' || (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069) || code == 0xfeff || code == 0x7f || (code >= 0x80 && code < 0xa0);
}

void sv_seal(sv_reply *reply) {
  an_text in = {reply->body.at, (uint32_t)reply->body.size};
  if (reply->body.failed || in.size == 0) return;
  an_buf out;
  an_buf_init(&out, SV_BODY);
  uint32_t plain = 0;
  for (uint32_t at = 0; at < in.size;) {
    uint32_t begin = at;
    unsigned char c = (unsigned char)in.at[at];
    if (c < 0x80 && c != '<' && c != '>' && c != '&' && c != 0x7f) {
      at++;
      continue;
    }
    uint32_t code = an_utf8_next(in, &at);
    bool bad = code == 0xfffd && at == begin + 1; /* the real U+FFFD takes three bytes */
    if (!bad && !escapes(code)) continue;
    an_buf_add(&out, in.at + plain, begin - plain);
    an_buf_printf(&out, "\\u%04x", (unsigned)code);
    plain = at;
  }
  if (plain > 0) {
    an_buf_add(&out, in.at + plain, in.size - plain);
    an_buf_free(&reply->body);
    reply->body = out;
  } else {
    an_buf_free(&out);
  }
}

/* A cell that a spreadsheet would run gets an apostrophe; a plain number is none. */
static bool is_formula(an_text text) {
  if (text.size == 0 || strchr("=+-@\t\r", text.at[0]) == NULL) return false;
  for (uint32_t i = 1; i < text.size; i++)
    if (strchr("0123456789.eE+-", text.at[i]) == NULL || text.at[i] == '\0') return true;
  return text.at[0] != '-' || text.size < 2;
}

void sv_csv_cell(an_buf *body, an_text text, bool first) {
  bool quoted = is_formula(text);
  if (!first) an_buf_char(body, ',');
  for (uint32_t i = 0; i < text.size && !quoted; i++) quoted = strchr(",\"\n\r;'", text.at[i]) != NULL;
  if (!quoted) {
    an_buf_text(body, text);
    return;
  }
  an_buf_char(body, '"');
  if (is_formula(text)) an_buf_char(body, '\'');
  for (uint32_t i = 0; i < text.size; i++) {
    if (text.at[i] == '"') an_buf_char(body, '"');
    if (text.at[i] != '\0') an_buf_char(body, text.at[i]);
  }
  an_buf_char(body, '"');
}
