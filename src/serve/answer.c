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

/* A parameter as URLSearchParams writes it, for what the page asks must be this to the letter. */
static void put_param(an_buf *out, const char *name, an_text value) {
  static const char hex[] = "0123456789ABCDEF";
  an_buf_char(out, memchr(out->at, '?', out->size) == NULL ? '?' : '&');
  an_buf_z(out, name);
  an_buf_char(out, '=');
  for (uint32_t i = 0; i < value.size; i++) {
    uint8_t c = (uint8_t)value.at[i];
    bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c != 0 && strchr("*-._", c) != NULL);
    if (plain || c == ' ') an_buf_char(out, c == ' ' ? '+' : (char)c);
    else an_buf_add(out, (const char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
  }
}

static void put_link(sv_reply *reply, an_buf *address) {
  size_t used = strlen(reply->preload);
  if (address->failed || used + address->size + 64 > sizeof reply->preload) return;
  snprintf(reply->preload + used, sizeof reply->preload - used, "%s<%.*s>; rel=preload; as=fetch; crossorigin", used > 0 ? ", " : "", (int)address->size, address->at);
}

static void link_fixed(sv_reply *reply, const char *address) {
  an_buf whole;
  an_buf_init(&whole, 256);
  an_buf_z(&whole, address);
  put_link(reply, &whole);
  an_buf_free(&whole);
}

/* The parameters in the order in which web/src/filters.ts writes them; `last`: one that a view adds. */
static void link_list(const sv_request *request, sv_reply *reply, const char *path, const char *last, an_text value) {
  static const char *const names[] = {"q", "since", "until", "actor", "country", "type", "outlet"};
  an_buf address;
  an_buf_init(&address, sizeof reply->preload);
  an_buf_z(&address, path);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    an_text given = sv_param_get(request, names[i]);
    if (given.size > 0) put_param(&address, names[i], given);
  }
  if (value.size > 0) put_param(&address, last, value);
  put_link(reply, &address);
  an_buf_free(&address);
}

static void link_thing(sv_reply *reply, const char *api, an_text id, const char *behind) {
  an_buf address;
  for (uint32_t i = 0; i < id.size; i++)
    if (strchr("0123456789abcdef", id.at[i]) == NULL || id.at[i] == '\0' || i == 64) return;
  an_buf_init(&address, 256);
  an_buf_z(&address, api);
  an_buf_text(&address, id);
  an_buf_z(&address, behind);
  if (id.size > 0) put_link(reply, &address);
  an_buf_free(&address);
}

/* /relation/A or /relation/A/B */
static void link_relation(const sv_request *request, sv_reply *reply, an_text actors) {
  an_buf address;
  uint32_t slash = an_text_find(actors, 0, AN_LIT("/"));
  an_text second = slash == AN_NONE ? (an_text){NULL, 0} : an_text_slice(actors, slash + 1, actors.size), after = sv_param_get(request, "after");
  if (slash == 0 || an_text_find(second, 0, AN_LIT("/")) != AN_NONE) return;
  an_buf_init(&address, sizeof reply->preload);
  an_buf_z(&address, "/api/relation");
  put_param(&address, "a", an_text_slice(actors, 0, slash == AN_NONE ? actors.size : slash));
  if (second.size > 0) put_param(&address, "b", second);
  put_param(&address, "limit", AN_LIT("100"));
  if (after.size > 0) put_param(&address, "after", after);
  put_link(reply, &address);
  an_buf_free(&address);
}

/* What the view of an address asks for first: the browser loads it while it reads the page's program. */
static void preload(const sv_request *request, sv_reply *reply) {
  an_text path = request->path;
  if (an_text_is(path, "/")) {
    link_fixed(reply, "/api/record");
    link_list(request, reply, "/api/stories", "after", sv_param_get(request, "after"));
    if (strchr(reply->preload, '?') == NULL) link_fixed(reply, "/api/facets");
    if (sv_param_get(request, "q").size > 0) link_list(request, reply, "/api/search", "limit", AN_LIT("10"));
  }
  if (an_text_is(path, "/map")) {
    link_list(request, reply, "/api/places", "limit", AN_LIT("500"));
    link_fixed(reply, "/assets/world.json");
  }
  if (an_text_starts(path, "/story/")) link_thing(reply, "/api/story/", an_text_slice(path, 7, path.size), "?texts=1");
  if (an_text_starts(path, "/page/")) link_thing(reply, "/api/page/", an_text_slice(path, 6, path.size), "");
  if (an_text_starts(path, "/relation/") && path.size > 10) link_relation(request, reply, an_text_slice(path, 10, path.size));
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
      if (view) preload(&request, reply);
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
