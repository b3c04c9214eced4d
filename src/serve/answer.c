/* SPDX-License-Identifier: Apache-2.0 */
/* Which address is answered by what. */
#include "serve/serve.h"

#include <stdio.h>
#include <string.h>

typedef struct sv_route { const char *path; void (*answer)(sv_work *work); } sv_route;

static const sv_route routes[] = {
    {"/api/record", sv_record}, {"/api/stories", sv_stories}, {"/api/events", sv_events}, {"/api/statements", sv_statements},
    {"/api/people", sv_people}, {"/api/places", sv_places}, {"/api/search", sv_search}, {"/api/facets", sv_facets},
    {"/api/relation", sv_relation}, {"/api/network.gexf", sv_network},
};
static const struct { const char *begin; void (*answer)(sv_work *work, an_text id); } things[] = {{"/api/story/", sv_story}, {"/api/page/", sv_page}};

static void route(sv_work *work) {
  an_text path = work->request->path;
  for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
    if (!an_text_is(path, routes[i].path)) continue;
    if (sv_filters_read(work)) routes[i].answer(work);
    return;
  }
  for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
    if (!an_text_starts(path, things[i].begin)) continue;
    an_text id = an_text_slice(path, (uint32_t)strlen(things[i].begin), path.size);
    if (id.size > 0 && memchr(id.at, '/', id.size) == NULL) things[i].answer(work, id);
    else sv_refuse(work->reply, 404, path, "no such address", "docs/api.md lists them");
    return;
  }
  sv_refuse(work->reply, 404, path, "no such address", "docs/api.md lists them");
}

void sv_answer_api(sv_session *session, const char *raw, sv_reply *reply) {
  sv_request request;
  sv_session_begin(session);
  if (sv_cache_get(session->cache, raw, reply)) {
    reply->took_us = (uint32_t)sv_session_us(session);
    sv_session_end(session);
    return;
  }
  if (sv_request_parse(raw, &session->arena, &request, reply)) {
    sv_work work = {.session = session, .request = &request, .reply = reply};
    route(&work);
  }
  reply->took_us = (uint32_t)sv_session_us(session);
  bool slow = reply->took_us > SV_SLOW_MS * 1000;
  sv_session_end(session);
  if (reply->body.failed) sv_refuse(reply, 503, AN_LIT("the answer"), "too large an answer", "a smaller limit, or fewer days");
  if (strncmp(reply->type, "application/json", 16) == 0) sv_seal(reply);
  if (slow && reply->status == 200 && !reply->body.failed) sv_cache_put(session->cache, raw, session->epoch, reply);
}

/* ---- The page ------------------------------------------------------------------------------------------------------ */

/* Addresses of the page: it reads them itself. */
static bool is_view(an_text path) {
  static const char *const views[] = {"stories", "story", "relation", "map", "page", "search", "events", "statements", "people", "about"};
  if (an_text_is(path, "/")) return true;
  for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
    uint32_t size = (uint32_t)strlen(views[i]);
    if (path.size > size && memcmp(path.at + 1, views[i], size) == 0 && (path.size == size + 1 || path.at[size + 1] == '/')) return true;
  }
  return false;
}

/* What the view of an address asks for first: the browser loads it while it reads the page's program. */
static void preload(an_text path, const char *raw, char out[192]) {
  static const struct { const char *begin, *api; } one[] = {{"/story/", "/api/story/"}, {"/page/", "/api/page/"}};
  if (strcmp(raw, "/") == 0) snprintf(out, 192, "</api/record>; rel=preload; as=fetch; crossorigin, </api/stories>; rel=preload; as=fetch; crossorigin");
  for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
    uint32_t begin = (uint32_t)strlen(one[i].begin), at = begin;
    if (!an_text_starts(path, one[i].begin)) continue;
    while (at < path.size && strchr("0123456789abcdef", path.at[at]) != NULL) at++;
    if (at > begin && at == path.size && at - begin <= 64)
      snprintf(out, 192, "<%s%.*s>; rel=preload; as=fetch; crossorigin", one[i].api, (int)(at - begin), path.at + begin);
  }
}

static const sv_asset *find_asset(an_text path) {
  for (size_t i = 0; i < sv_asset_count; i++)
    if (an_text_is(path, sv_assets[i].path)) return &sv_assets[i];
  return NULL;
}

static const char no_page[] =
    "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>annals</title>\n<h1>annals</h1>\n"
    "<p>This program was built without its page. Build it with <code>make web</code>, then <code>make</code>.</p>\n"
    "<p>The record is served as JSON and CSV: <a href=\"/api/record\">/api/record</a>, <a href=\"/api/stories\">/api/stories</a>,\n"
    "<a href=\"/api/events\">/api/events</a>, <a href=\"/api/statements\">/api/statements</a>, <a href=\"/api/people\">/api/people</a>,\n"
    "<a href=\"/api/places\">/api/places</a>, <a href=\"/api/facets\">/api/facets</a>, /api/search?q=…, /api/story/…, /api/page/…,\n"
    "/api/relation?a=…&amp;b=…, <a href=\"/api/network.gexf\">/api/network.gexf</a>. docs/api.md describes them.</p>\n</html>\n";

void sv_answer_page(const char *raw, sv_reply *reply) {
  an_arena arena;
  sv_request request;
  an_arena_init(&arena, 1 << 20);
  if (sv_request_parse(raw, &arena, &request, reply)) {
    bool view = is_view(request.path);
    const sv_asset *asset = find_asset(view ? AN_LIT("/index.html") : request.path);
    reply->status = 200;
    if (asset != NULL) {
      *reply = (sv_reply){.status = 200, .type = asset->type, .etag = asset->etag, .fixed = asset->bytes, .fixed_size = asset->size, .body = reply->body};
      if (view) preload(request.path, raw, reply->preload);
    } else if (view) {
      reply->type = "text/html; charset=utf-8";
      reply->fixed = no_page;
      reply->fixed_size = sizeof no_page - 1;
    } else if (an_text_is(request.path, "/favicon.ico")) {
      reply->status = 204; /* browsers ask for it unasked */
      reply->type = "image/x-icon";
    } else {
      sv_refuse(reply, 404, request.path, "no such address", "docs/api.md lists them");
    }
  }
  an_arena_free(&arena);
  if (reply->body.size > 0) sv_seal(reply);
}
