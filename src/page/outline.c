/* SPDX-License-Identifier: Apache-2.0 */
/* The stack of open elements, with implied ends, at most 512 deep; block elements begin and end blocks and leave a node in
   the outline. There is no tree of everything: a block knows its node, its innermost block element and what stands around it.
   Each end tag is O(1): the stack keeps, for every kind of element, the last one open. */
#include "page/inner.h"

#include <string.h>
#include <strings.h>

enum { DEEPEST = 512, KINDS = 256, CACHE = 512 };
typedef struct open_element { uint32_t node, flags; uint16_t kind, previous, block, scope; uint8_t tag, traits; } open_element;
typedef struct name_seen { uint64_t hash; uint32_t flags; } name_seen;

struct outline {
  reader *r;
  uint32_t depth, max_depth, foreign;
  bool too_deep;
  open_element stack[DEEPEST + 1];                 /* [0] is the page itself */
  uint16_t last[KINDS];                            /* by kind: the topmost open element, 0: none */
  name_seen names[CACHE];                          /* class and id values come again and again on a page */
};

/* A small number for an element's name: tag numbers for the known, a hash for others (two names may share one; then an end tag
   closes its like, which costs nothing here). */
static uint16_t kind_of(const element *e, const uint8_t *name, uint32_t size) {
  if (e != NULL && e->tag != TAG_OTHER) return e->tag;
  uint32_t hash = 0;
  for (uint32_t i = 0; i < size && i < 16; i++) hash = hash * 31 + (name[i] | 32);
  return (uint16_t)(TAG_COUNT + hash % (KINDS - TAG_COUNT));
}

outline *outline_new(reader *r) {
  outline *o = AN_NEW(r->arena, outline, 1);
  outline_node *root = o == NULL ? NULL : AN_PUSH(r->arena, &r->nodes);
  if (root == NULL) return NULL;
  *root = (outline_node){.parent = AN_NONE, .tag = TAG_HTML};
  o->r = r;
  o->max_depth = r->limits.open_elements < DEEPEST ? r->limits.open_elements : DEEPEST;
  o->stack[0] = (open_element){.tag = TAG_HTML};
  return o;
}

bool outline_foreign(const outline *o) { return o->foreign > 0; }

static void pop_to(outline *o, uint32_t depth) {
  while (o->depth >= depth && o->depth > 0) {
    const open_element *e = &o->stack[o->depth];
    o->last[e->kind] = e->previous;
    if (e->traits & EL_DROP) o->foreign--;
    if (e->traits & EL_BLOCK) sink_break(o->r);
    if (e->node != o->stack[o->depth - 1].node) o->r->nodes.at[e->node].block_end = o->r->blocks.count;
    o->depth--;
  }
}

/* Closes the last open element of that kind, when it lies above `floor`. */
static bool close_kind(outline *o, uint16_t kind, uint32_t floor) {
  uint16_t at = o->last[kind];
  if (at == 0 || at <= floor) return false;
  pop_to(o, at);
  return true;
}

/* What the element's own name says of the text in it. */
static uint32_t flags_of_tag(uint8_t tag) {
  switch (tag) {
  case TAG_A: return IN_LINK;
  case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: return IN_HEADING;
  case TAG_LI: case TAG_DT: return IN_LIST;
  case TAG_TD: case TAG_TH: return IN_TABLE;
  case TAG_FIGURE: return IN_FIGURE;
  case TAG_FIGCAPTION: return IN_CAPTION;
  case TAG_FORM: case TAG_SELECT: case TAG_OPTION: case TAG_BUTTON: return IN_FORM;
  case TAG_NAV: return IN_NAV;
  case TAG_ASIDE: return IN_ASIDE;
  case TAG_FOOTER: return IN_FOOTER;
  case TAG_HEADER: return IN_HEADER;
  case TAG_ARTICLE: case TAG_MAIN: return IN_ARTICLE;
  case TAG_BLOCKQUOTE: return IN_QUOTE;
  case TAG_TIME: return IN_TIME;
  case TAG_STRONG: return IN_STRONG;
  default: return 0;
  }
}

/* What class, id, itemprop and role say, looked up once a value. */
static uint32_t flags_of_names(outline *o, const attribute *a) {
  uint32_t size = a->value_end - a->value;
  if (size == 0) return 0;
  if (size > 256) size = 256;
  const uint8_t *at = o->r->source.at + a->value;
  uint64_t hash = an_hash64(at, size);
  name_seen *seen = &o->names[hash % CACHE];
  if (seen->hash != hash) *seen = (name_seen){hash, name_flags(o->r->tables, at, size)};
  return seen->flags;
}

static bool says(const reader *r, const attribute *a, const char *word) {
  return memmem(r->source.at + a->value, a->value_end - a->value, word, strlen(word)) != NULL;
}

static uint32_t flags_of_attributes(outline *o, const tag_seen *tag) {
  uint32_t flags = 0;
  const reader *r = o->r;
  for (uint32_t i = 0; i < tag->count; i++) {
    const attribute *a = &tag->attributes[i];
    uint32_t size = a->name_end - a->name;
    switch (size) {
    case 2: if (attribute_named(r, a, "id")) flags |= flags_of_names(o, a); break;
    case 4: if (attribute_named(r, a, "role")) flags |= flags_of_names(o, a); break;
    case 5:
      if (attribute_named(r, a, "class")) flags |= flags_of_names(o, a);
      else if (attribute_named(r, a, "style") && (says(r, a, "display:none") || says(r, a, "display: none"))) flags |= IN_HIDDEN;
      break;
    case 6: if (attribute_named(r, a, "hidden")) flags |= IN_HIDDEN; break;
    case 8: if (attribute_named(r, a, "itemprop")) flags |= flags_of_names(o, a); break;
    default: break;
    }
  }
  return flags;
}

/* Start tags that end what is open: the standard's list, as far as blocks depend on it. */
static void implied_ends(outline *o, const element *e) {
  uint32_t scope = o->stack[o->depth].scope;
  if (e->traits & EL_CLOSES_P) close_kind(o, TAG_P, scope);
  uint16_t list = o->last[TAG_UL] > o->last[TAG_OL] ? o->last[TAG_UL] : o->last[TAG_OL];
  switch (e->tag) {
  case TAG_A: close_kind(o, TAG_A, o->stack[o->depth].block); break;
  case TAG_LI: close_kind(o, TAG_LI, list > scope ? list : scope); break;
  case TAG_DD: case TAG_DT:
    close_kind(o, TAG_DD, list > scope ? list : scope);
    close_kind(o, TAG_DT, list > scope ? list : scope);
    break;
  case TAG_TD: case TAG_TH:
    close_kind(o, TAG_TD, o->last[TAG_TABLE]);
    close_kind(o, TAG_TH, o->last[TAG_TABLE]);
    break;
  case TAG_TR: close_kind(o, TAG_TR, o->last[TAG_TABLE]); break;
  case TAG_OPTION: close_kind(o, TAG_OPTION, o->last[TAG_SELECT]); break;
  case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6:
    if (o->stack[o->depth].flags & IN_HEADING && o->stack[o->depth].tag >= TAG_H1 && o->stack[o->depth].tag <= TAG_H6) pop_to(o, o->depth);
    break;
  default: break;
  }
}

/* A node for elements that say where a text stands; the parent's for the others. */
static uint32_t node_for(outline *o, uint8_t traits, uint8_t tag, uint32_t own) {
  reader *r = o->r;
  uint32_t parent = o->stack[o->depth].node;
  if (!(traits & EL_BLOCK) || r->nodes.count >= r->limits.blocks) return parent;
  outline_node *n = AN_PUSH(r->arena, &r->nodes);
  if (n == NULL) { r->spent = true; return parent; }
  *n = (outline_node){.parent = parent, .own = own, .block = r->blocks.count, .block_end = AN_NONE, .tag = tag};
  return r->nodes.count - 1;
}

void outline_open(outline *o, const tag_seen *tag) {
  static const element inline_element = {"", TAG_OTHER, 0};
  reader *r = o->r;
  const element *e = tag->element == NULL ? &inline_element : tag->element;
  implied_ends(o, e);
  if (e->tag == TAG_BR) {                          /* a line of its own; in a headline only a turn of the line */
    if (o->stack[o->depth].flags & IN_HEADING) sink_gap(r, tag->begin); else sink_break(r);
  }
  if (e->traits & EL_BLOCK) sink_break(r);
  if (e->traits & (EL_VOID | EL_RAW | EL_RCDATA)) return;
  if (o->depth >= o->max_depth) {
    if (!o->too_deep) problem_add(r, "too deep: more open elements than the limit", (an_span){tag->begin, tag->name_end});
    o->too_deep = true;
    return;
  }
  const uint8_t *name = r->source.at + tag->name;
  const open_element *outer = &o->stack[o->depth];
  uint32_t own = flags_of_tag(e->tag) | (tag->count > 0 ? flags_of_attributes(o, tag) : 0);
  if (e->traits & EL_DROP) { own |= IN_NO_TEXT; o->foreign++; }
  /* <body class="article-related …"> and <html …> speak of the whole page, which tells the text in it nothing. */
  if (e->tag == TAG_BODY || e->tag == TAG_HTML) own = 0;
  open_element in = {.tag = e->tag, .traits = e->traits, .kind = kind_of(tag->element, name, tag->name_end - tag->name)};
  in.node = node_for(o, e->traits, e->tag, own);
  /* What a block element's names say stays with its node until roles.c knows how much of the page stands in it. */
  in.flags = outer->flags | (in.node == outer->node ? own : own & IN_FORM_OF_TEXT);
  in.previous = o->last[in.kind];
  o->depth++;
  in.block = e->traits & EL_BLOCK ? (uint16_t)o->depth : outer->block;
  in.scope = e->traits & EL_SCOPE ? (uint16_t)o->depth : outer->scope;
  o->last[in.kind] = (uint16_t)o->depth;
  o->stack[o->depth] = in;
}

void outline_close(outline *o, const uint8_t *name, uint32_t size) {
  const element *e = element_find(name, size);
  uint16_t kind = kind_of(e, name, size);
  bool is_block = e != NULL && e->traits & EL_BLOCK;
  if (is_block) sink_break(o->r);
  if (e != NULL && (e->tag == TAG_BODY || e->tag == TAG_HTML)) return;    /* text behind </body> still belongs to it */
  const open_element *top = &o->stack[o->depth];
  uint32_t floor = is_block ? (e->traits & EL_SCOPE || e->tag == TAG_TR ? 0 : top->scope) : top->block;
  if (e != NULL && e->traits & EL_DROP) floor = 0;
  close_kind(o, kind, floor);
}

void outline_text(outline *o, uint32_t begin, uint32_t end) {
  const open_element *top = &o->stack[o->depth];
  if (top->flags & IN_NO_TEXT) return;
  sink_text(o->r, begin, end, top->flags, top->node, o->stack[top->block].tag);
}
