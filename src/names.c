/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the format's own closed lists, as docs/format.md spells them. A number outside of its list has no name (NULL). */
#include "annals.h"

#define NAME_OF(names, number) ((size_t)(number) < sizeof(names) / sizeof((names)[0]) ? (names)[number] : NULL)

const char *an_block_kind_name(uint8_t kind) {
  static const char *const names[] = {[AN_BLOCK_TITLE] = "title", [AN_BLOCK_DECK] = "deck", [AN_BLOCK_BYLINE] = "byline",
    [AN_BLOCK_DATELINE] = "dateline", [AN_BLOCK_CAPTION] = "caption", [AN_BLOCK_SUBHEAD] = "subhead", [AN_BLOCK_META] = "meta",
    [AN_BLOCK_BODY] = "body", [AN_BLOCK_BOILERPLATE] = "boilerplate"};
  return NAME_OF(names, kind);
}

const char *an_basis_name(uint8_t basis) {
  static const char *const names[] = {[AN_BASIS_UNKNOWN] = "unknown", [AN_BASIS_GIVEN] = "given", [AN_BASIS_METADATA] = "metadata",
    [AN_BASIS_STATED] = "stated", [AN_BASIS_INFERRED] = "inferred", [AN_BASIS_STORY] = "story"};
  return NAME_OF(names, basis);
}

const char *an_mention_kind_name(uint8_t kind) {
  static const char *const names[] = {[AN_MENTION_PERSON] = "person", [AN_MENTION_ORGANISATION] = "organisation",
    [AN_MENTION_COUNTRY] = "country", [AN_MENTION_PLACE] = "place", [AN_MENTION_GROUP] = "group", [AN_MENTION_ROLE] = "role"};
  return NAME_OF(names, kind);
}

const char *an_statement_kind_name(uint8_t kind) {
  static const char *const names[] = {[AN_DIRECT] = "direct", [AN_MIXED] = "mixed", [AN_INDIRECT] = "indirect"};
  return NAME_OF(names, kind);
}

const char *an_realis_name(uint8_t realis) {
  static const char *const names[] = {[AN_HAPPENED] = "happened", [AN_ONGOING] = "ongoing", [AN_PLANNED] = "planned",
    [AN_CONDITIONAL] = "conditional"};
  return NAME_OF(names, realis);
}

const char *an_relation_name(uint8_t relation) {
  static const char *const names[] = {[AN_EQUAL] = "=", [AN_MORE] = ">", [AN_AT_LEAST] = ">=", [AN_LESS] = "<", [AN_AT_MOST] = "<=",
    [AN_ABOUT] = "~", [AN_WITHIN] = "in"};
  return NAME_OF(names, relation);
}

const char *an_verdict_name(uint8_t verdict) {
  static const char *const names[] = {[AN_UNCLEAR] = "unclear", [AN_AGREE] = "agree", [AN_COMPATIBLE] = "compatible",
    [AN_SCOPE] = "scope", [AN_UPDATE] = "update", [AN_CONFLICT] = "conflict"};
  return NAME_OF(names, verdict);
}

const char *an_comparison_kind_name(uint8_t kind) {
  static const char *const names[] = {[AN_OF_QUANTITY] = "quantity", [AN_OF_DAY] = "day", [AN_OF_PLACE] = "place",
    [AN_OF_PARTY] = "party", [AN_OF_WORDING] = "wording", [AN_OF_MODALITY] = "modality", [AN_OF_OCCURRENCE] = "occurrence"};
  return NAME_OF(names, kind);
}
