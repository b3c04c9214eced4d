/* SPDX-License-Identifier: Apache-2.0 */
/* An address as the browser sent it, taken apart: percent signs undone, and nothing let through that is no text. */
#include "serve/serve.h"

#include <string.h>

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* False: a broken percent sign, a control character (NUL is one), or no UTF-8. `plus`: '+' is a space. */
static bool decode(an_arena *arena, an_text raw, bool plus, an_text *out) {
  char *to = AN_NEW(arena, char, (size_t)raw.size + 1);
  uint32_t size = 0;
  if (to == NULL) return false;
  for (uint32_t i = 0; i < raw.size; i++) {
    char c = raw.at[i];
    if (c == '%') {
      int high = i + 2 < raw.size ? hex_digit(raw.at[i + 1]) : -1, low = i + 2 < raw.size ? hex_digit(raw.at[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      c = (char)(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus) {
      c = ' ';
    }
    if ((unsigned char)c < 0x20 || c == 0x7f) return false;
    to[size++] = c;
  }
  *out = (an_text){to, size};
  return an_utf8_valid((const uint8_t *)to, size);
}

static an_text cut(const char *at, const char *end) { return (an_text){at, (uint32_t)(end - at)}; }

static bool add_param(sv_request *request, an_text raw, sv_reply *reply) {
  const char *equals = memchr(raw.at, '=', raw.size), *end = raw.at + raw.size;
  an_text name, value = {"", 0};
  if (!decode(request->arena, cut(raw.at, equals != NULL ? equals : end), true, &name) ||
      (equals != NULL && !decode(request->arena, cut(equals + 1, end), true, &value)))
    return sv_refuse(reply, 400, AN_LIT("the query"), "a parameter that is no text", "percent-encoded UTF-8 without control characters");
  value = an_text_trim(value);
  if (value.size > SV_VALUE) return sv_refuse(reply, 400, name, "a value that is too long", "at most 512 bytes");
  for (uint32_t i = 0; i < request->count; i++)
    if (an_text_equal(request->params[i].name, name)) return sv_refuse(reply, 400, name, "a parameter that is there twice", "name it once");
  if (request->count == SV_PARAMS) return sv_refuse(reply, 400, name, "too many parameters", "at most 32");
  request->params[request->count++] = (sv_param){name, value};
  return true;
}

bool sv_request_parse(const char *raw, an_arena *arena, sv_request *out, sv_reply *reply) {
  *out = (sv_request){.arena = arena};
  const char *question = strchr(raw, '?'), *end = raw + strlen(raw);
  if (raw[0] != '/' || !decode(arena, cut(raw, question != NULL ? question : end), false, &out->path))
    return sv_refuse(reply, 400, AN_LIT("the path"), "an address that is no text", "percent-encoded UTF-8 without control characters");
  for (const char *at = question != NULL ? question + 1 : end; at < end;) {
    const char *next = memchr(at, '&', (size_t)(end - at));
    if (next == NULL) next = end;
    if (next > at && !add_param(out, cut(at, next), reply)) return false;
    at = next + 1;
  }
  return true;
}

an_text sv_param_get(const sv_request *request, const char *name) {
  for (uint32_t i = 0; i < request->count; i++)
    if (an_text_is(request->params[i].name, name) && request->params[i].value.size > 0) return request->params[i].value;
  return (an_text){NULL, 0};
}
