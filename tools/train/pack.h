/* SPDX-License-Identifier: Apache-2.0 */
/* From trained weights to the sections of english.an. */
#ifndef AN_TOOLS_PACK_H
#define AN_TOOLS_PACK_H
#include "base/base.h"
#include "learn.h"
#include "net.h"

/* Writes path; false: a message was printed. */
bool pack(const char *path, const treebank *bank, const vocabulary *forms_seen, const forms *dictionary, const net *n);
#endif
