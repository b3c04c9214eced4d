/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AN_TOOLS_MUST_H
#define AN_TOOLS_MUST_H
#include <stdio.h>
#include <stdlib.h>

/* p, or a message and exit(2): the trainer cannot go on without memory. */
static inline void *must(void *p) {
  if (p != NULL) return p;
  fputs("train: no memory left\n", stderr);
  exit(2);
}
#endif
