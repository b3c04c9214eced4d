/* SPDX-License-Identifier: Apache-2.0 */
/* The closed lists of Universal Dependencies v2 and of the Penn treebank's tags, by name and by number. */
#include <string.h>

#include "language/model.h"

static const char *const upos_names[AN_UPOS_COUNT] = {"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
  "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};

/* UD English calls what it used to call nmod:tmod and obl:tmod "unmarked" since 2024, measure phrases among them. */
static const char *const rel_names[AN_REL_COUNT] = {[AN_REL_NONE] = "_", [AN_ACL] = "acl", [AN_ACL_RELCL] = "acl:relcl",
  [AN_ADVCL] = "advcl", [AN_ADVMOD] = "advmod", [AN_AMOD] = "amod", [AN_APPOS] = "appos", [AN_AUX_] = "aux",
  [AN_AUX_PASS] = "aux:pass", [AN_CASE] = "case", [AN_CC] = "cc", [AN_CCOMP] = "ccomp", [AN_COMPOUND] = "compound",
  [AN_COMPOUND_PRT] = "compound:prt", [AN_CONJ] = "conj", [AN_COP] = "cop", [AN_CSUBJ] = "csubj",
  [AN_CSUBJ_PASS] = "csubj:pass", [AN_DEP] = "dep", [AN_DET_] = "det", [AN_DISCOURSE] = "discourse",
  [AN_DISLOCATED] = "dislocated", [AN_EXPL] = "expl", [AN_FIXED] = "fixed", [AN_FLAT] = "flat", [AN_GOESWITH] = "goeswith",
  [AN_IOBJ] = "iobj", [AN_LIST_] = "list", [AN_MARK] = "mark", [AN_NMOD] = "nmod", [AN_NMOD_POSS] = "nmod:poss",
  [AN_NMOD_TMOD] = "nmod:unmarked", [AN_NSUBJ] = "nsubj", [AN_NSUBJ_PASS] = "nsubj:pass", [AN_NUMMOD] = "nummod",
  [AN_OBJ] = "obj", [AN_OBL] = "obl", [AN_OBL_AGENT] = "obl:agent", [AN_OBL_TMOD] = "obl:unmarked", [AN_ORPHAN] = "orphan",
  [AN_PARATAXIS] = "parataxis", [AN_PUNCT_] = "punct", [AN_REPARANDUM] = "reparandum", [AN_ROOT] = "root",
  [AN_VOCATIVE] = "vocative", [AN_XCOMP] = "xcomp", [AN_NMOD_DESC] = "nmod:desc"};

static const char *const xpos_names[] = {[AN_X_OTHER] = "_", [AN_X_VB] = "VB", [AN_X_VBD] = "VBD", [AN_X_VBG] = "VBG",
  [AN_X_VBN] = "VBN", [AN_X_VBP] = "VBP", [AN_X_VBZ] = "VBZ", [AN_X_MD] = "MD", [AN_X_NN] = "NN", [AN_X_NNS] = "NNS",
  [AN_X_NNP] = "NNP", [AN_X_NNPS] = "NNPS", [AN_X_POS] = "POS", [AN_X_PRP] = "PRP", [AN_X_PRPS] = "PRP$", [AN_X_CD] = "CD",
  [AN_X_IN] = "IN", [AN_X_TO] = "TO", [AN_X_RB] = "RB", [AN_X_JJ] = "JJ", [AN_X_DT] = "DT"};

static const char *const other_xpos[] = {"$", "''", ",", "-LRB-", "-RRB-", ".", ":", "``", "ADD", "AFX", "CC", "EX", "FW", "GW",
  "HYPH", "JJR", "JJS", "LS", "NFP", "PDT", "RBR", "RBS", "RP", "SYM", "UH", "WDT", "WP", "WP$", "WRB", "XX"};

static bool is(const char *name, const char *at, uint32_t size) { return strlen(name) == size && memcmp(name, at, size) == 0; }

static uint32_t index_of(const char *const *names, uint32_t count, const char *at, uint32_t size) {
  for (uint32_t i = 0; i < count; i++)
    if (is(names[i], at, size)) return i;
  return AN_NONE;
}

uint8_t an_upos_of(const char *at, uint32_t size) {
  uint32_t found = index_of(upos_names, AN_UPOS_COUNT, at, size);
  return (uint8_t)(found == AN_NONE ? AN_X : found);
}

uint8_t an_rel_of(const char *at, uint32_t size) {
  uint32_t found = index_of(rel_names, AN_REL_COUNT, at, size);
  uint32_t colon = 0;
  while (colon < size && at[colon] != ':') colon++;
  if (found == AN_NONE && colon < size) found = index_of(rel_names, AN_REL_COUNT, at, colon);
  return (uint8_t)(found == AN_NONE ? AN_DEP : found);
}

uint8_t an_xpos_of(const char *at, uint32_t size) {
  uint32_t found = index_of(xpos_names, sizeof xpos_names / sizeof *xpos_names, at, size);
  return (uint8_t)(found == AN_NONE ? AN_X_OTHER : found);
}

const char *an_xpos_name_of(const char *at, uint32_t size) {
  uint8_t own = an_xpos_of(at, size);
  if (own != AN_X_OTHER) return xpos_names[own];
  uint32_t other = index_of(other_xpos, sizeof other_xpos / sizeof *other_xpos, at, size);
  return other == AN_NONE ? "_" : other_xpos[other];
}

const char *an_upos_name(uint8_t upos) { return upos < AN_UPOS_COUNT ? upos_names[upos] : "X"; }
const char *an_rel_name(uint8_t rel) { return rel < AN_REL_COUNT ? rel_names[rel] : "_"; }
