/* SPDX-License-Identifier: Apache-2.0 */
/* Who acted towards whom, as a graph. Events and who is in them are walked once and counted here: SQLite would sort a row for each two
   that meet in an event. */
#include "serve/serve.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_EDGES = 5000, MOST_PARTIES = 1000 };   /* MOST_PARTIES: of one event */

/* Nodes are countries, and names that have none: a node is a place in `nodes`. */
typedef struct edge { uint32_t source, target; int64_t count, cooperation, conflict, last; double score; bool has_score; } edge;
typedef struct taking { uint32_t node; int role; } taking;
typedef struct graph {
  an_arena *arena; sv_tally nodes;
  an_map at; AN_LIST(uint32_t) parties;  /* nodes by the id of `who` */
  an_map edge_at; AN_LIST(edge) edges;
  AN_LIST(taking) takings; bool crowded; /* who takes part in the event that is counted, in order; crowded: more than may */
  int64_t event, passed; bool full;      /* passed: events of more than MOST_PARTIES, which are not counted */
} graph;

/* ---- Counting ----------------------------------------------------------------------------------------------------------- */

static uint32_t node_of(graph *g, sqlite3_stmt *who, int64_t id) {
  uint32_t *place = an_map_put(g->arena, &g->at, (uint64_t)id << 1 | 1, AN_NONE);
  if (place != NULL && *place != AN_NONE) return g->parties.at[*place];
  uint32_t *fresh = place != NULL ? AN_PUSH(g->arena, &g->parties) : NULL;
  if (fresh == NULL) {
    g->full = true;
    return AN_NONE;
  }
  *place = g->parties.count - 1;
  *fresh = AN_NONE;
  sqlite3_bind_int64(who, 1, id);
  if (sv_next(who) && sqlite3_column_type(who, 0) != SQLITE_NULL) {
    *fresh = sv_tally_at(g->arena, &g->nodes, sv_column(who, 0));
    g->full |= *fresh == AN_NONE;
  }
  sqlite3_reset(who);
  return *fresh;
}

typedef struct weight { int64_t quad; double score; bool has_score, mutual; } weight;

/* Two count once an event, however many act for them. */
static void count_edge(graph *g, uint32_t source, uint32_t target, const weight *w) {
  uint32_t *place = an_map_put(g->arena, &g->edge_at, (uint64_t)source << 32 | target, AN_NONE);
  if (place != NULL && *place == AN_NONE) {
    edge *fresh = AN_PUSH(g->arena, &g->edges);
    if (fresh != NULL) {
      *fresh = (edge){.source = source, .target = target};
      *place = g->edges.count - 1;
    }
  }
  if (place == NULL || *place == AN_NONE) {
    g->full = true;
    return;
  }
  edge *e = &g->edges.at[*place];
  if (e->last == g->event) return;
  e->last = g->event;
  e->count++;
  e->cooperation += w->quad <= 2;
  e->conflict += w->quad >= 3;
  e->has_score |= w->has_score;
  if (w->has_score) e->score += w->score;
}

/* Of those who meet, each acts towards who is named after it. */
static void count_event(graph *g, const weight *w) {
  g->event++;
  g->passed += g->crowded;
  for (uint32_t i = 0; !g->crowded && i < g->takings.count; i++) {
    for (uint32_t k = 0; k < g->takings.count; k++) {
      const taking *a = &g->takings.at[i], *b = &g->takings.at[k];
      bool towards = a->role == AN_ACTOR && (b->role == AN_RECIPIENT || (w->mutual && b->role == AN_ACTOR && k > i));
      if (towards && a->node != b->node) count_edge(g, a->node, b->node, w);
    }
  }
  g->takings.count = 0;
  g->crowded = false;
}

/* The rows of an event follow each other, and its actors, who stand in order, come first. */
static bool count_events(sv_work *work, graph *g) {
  an_buf sql;
  an_buf_init(&sql, 1 << 16);
  an_buf_z(&sql, "SELECT e.story, e.place, e.quad, e.score, e.mutual, y.role, y.who FROM story_event e CROSS JOIN story_party_row y"
                 " ON y.story = e.story AND y.event = e.id");
  sv_where(work, &sql, SV_EVENT);
  an_buf_z(&sql, " AND " SV_FACT);
  sqlite3_stmt *row = sv_ask(work, sql.at), *who = sv_ask(work, "SELECT coalesce(country, name) FROM who WHERE id = ?1");
  an_buf_free(&sql);
  sv_event_seen seen = {.place = -1};
  weight w = {0};
  while (who != NULL && !g->full && sv_next(row)) {
    if (sv_is_other_event(&seen, row)) {
      count_event(g, &w);
      w = (weight){sqlite3_column_int64(row, 2), sqlite3_column_double(row, 3), sqlite3_column_type(row, 3) != SQLITE_NULL, sqlite3_column_int(row, 4) != 0};
    }
    uint32_t node = node_of(g, who, sqlite3_column_int64(row, 6));
    if (node == AN_NONE) continue;
    g->crowded |= g->takings.count == MOST_PARTIES;
    taking *one = g->crowded ? NULL : AN_PUSH(g->arena, &g->takings);
    if (one != NULL) *one = (taking){node, sqlite3_column_int(row, 5)};
    g->full |= one == NULL && !g->crowded;
  }
  count_event(g, &w);
  bool well = sv_done(work, row);
  return sv_done(work, who) && well;
}

/* ---- Out ------------------------------------------------------------------------------------------------------------------ */

/* Nodes by name, so that edges of one weight have an order. */
static int by_name(const void *a, const void *b, void *ctx) {
  const sv_tally *nodes = ctx;
  an_text left = nodes->all.at[*(const uint32_t *)a].value, right = nodes->all.at[*(const uint32_t *)b].value;
  int order = memcmp(left.at, right.at, left.size < right.size ? left.size : right.size);
  return order != 0 ? order : (left.size > right.size) - (left.size < right.size);
}

static int by_weight(const void *a, const void *b, void *ctx) {
  const uint32_t *rank = ctx;
  const edge *left = a, *right = b;
  if (left->count != right->count) return left->count < right->count ? 1 : -1;
  if (left->source != right->source) return rank[left->source] < rank[right->source] ? -1 : 1;
  return rank[left->target] < rank[right->target] ? -1 : rank[left->target] > rank[right->target];
}

/* The heaviest edges first. */
static uint32_t sort_edges(graph *g) {
  uint32_t count = g->nodes.all.count, *order = AN_NEW(g->arena, uint32_t, count), *rank = AN_NEW(g->arena, uint32_t, count);
  if (order == NULL || rank == NULL) {
    g->full = true;
    return 0;
  }
  for (uint32_t i = 0; i < count; i++) order[i] = i;
  if (count > 1) qsort_r(order, count, sizeof *order, by_name, &g->nodes);
  for (uint32_t i = 0; i < count; i++) rank[order[i]] = i;
  if (g->edges.count > 1) qsort_r(g->edges.at, g->edges.count, sizeof *g->edges.at, by_weight, rank);
  return g->edges.count < MOST_EDGES ? g->edges.count : MOST_EDGES;
}

static void put_xml(an_buf *body, an_text text) {
  for (uint32_t at = 0; at < text.size;) {
    uint32_t begin = at, code = an_utf8_next(text, &at);
    if (code == '<' || code == '>' || code == '&' || code == '"' || code == '\'') an_buf_printf(body, "&#%u;", (unsigned)code);
    else if (code >= 0x20 && code != 0xfffe && code != 0xffff && !(code == 0xfffd && at == begin + 1)) an_buf_add(body, text.at + begin, at - begin);
    else an_buf_z(body, "\xef\xbf\xbd");
  }
}

/* Nodes are named by what they are called: an id is a name, and each is told once. */
static void put_node(an_buf *body, sv_count *node) {
  if (node->count++ > 0) return;
  an_buf_z(body, "      <node id=\"");
  put_xml(body, node->value);
  an_buf_z(body, "\" label=\"");
  put_xml(body, node->value);
  an_buf_z(body, "\"/>\n");
}

static void put_edge(an_buf *body, const sv_tally *nodes, const edge *e) {
  an_buf_z(body, "      <edge source=\"");
  put_xml(body, nodes->all.at[e->source].value);
  an_buf_z(body, "\" target=\"");
  put_xml(body, nodes->all.at[e->target].value);
  an_buf_printf(body, "\" weight=\"%lld\"><attvalues><attvalue for=\"0\" value=\"%lld\"/><attvalue for=\"1\" value=\"%lld\"/><attvalue for=\"2\" value=\"",
                (long long)e->count, (long long)e->cooperation, (long long)e->conflict);
  if (e->has_score) an_buf_printf(body, "%.1f", e->score);
  an_buf_z(body, "\"/></attvalues></edge>\n");
}

void sv_network(sv_work *work) {
  graph g = {.arena = work->request->arena, .nodes.exact = true};
  an_buf *body = &work->reply->body;
  if (!count_events(work, &g)) return;
  uint32_t edges = sort_edges(&g);
  if (g.full) {
    sv_refuse(work->reply, 503, AN_LIT("the record"), "too much to count", "narrow it: fewer days, an outlet, a type");
    return;
  }
  an_buf_z(body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
                 "  <meta><creator>annals " ANNALS_VERSION "</creator><description>Who acted towards whom: events that took place");
  if (g.passed > 0) an_buf_printf(body, "; without %lld of more than %d parties", (long long)g.passed, MOST_PARTIES);
  an_buf_z(body, "</description></meta>\n"
                 "  <graph defaultedgetype=\"directed\">\n    <attributes class=\"edge\"><attribute id=\"0\" title=\"cooperation\" type=\"integer\"/>"
                 "<attribute id=\"1\" title=\"conflict\" type=\"integer\"/><attribute id=\"2\" title=\"score\" type=\"double\"/></attributes>\n    <nodes>\n");
  for (uint32_t i = 0; i < edges; i++) {
    put_node(body, &g.nodes.all.at[g.edges.at[i].source]);
    put_node(body, &g.nodes.all.at[g.edges.at[i].target]);
  }
  an_buf_z(body, "    </nodes>\n    <edges>\n");
  for (uint32_t i = 0; i < edges; i++) put_edge(body, &g.nodes, &g.edges.at[i]);
  an_buf_z(body, "    </edges>\n  </graph>\n</gexf>\n");
  work->reply->type = "application/gexf+xml; charset=utf-8";
  work->reply->name = "network.gexf";
}
