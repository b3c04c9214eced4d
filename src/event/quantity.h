/* SPDX-License-Identifier: Apache-2.0 */
/* All that the text counts: "more than a dozen agreements", "70 per cent in 2016", "515 years of diplomatic ties". */
#ifndef AN_EVENT_QUANTITY_H
#define AN_EVENT_QUANTITY_H
#include "event/party.h"

typedef struct quantity_at { an_quantity q; uint32_t first, end, counted, unit_row; } quantity_at; /* tokens; counted, unit_row AN_NONE: none */
typedef struct quantities { AN_LIST(quantity_at) list; } quantities;
an_status quantities_find(const scene *s, quantities *out, an_error *err);

/* alone.c: a number with no noun beside it, its words [first, end), hanging by `base`. */
typedef struct alone_count { an_text of; uint32_t unit_row; } alone_count;
uint32_t alone_head(const scene *s, uint32_t first, uint32_t end);
bool alone_counts(const scene *s, uint32_t first, uint32_t end, uint32_t base, double value);
bool alone_is_label(const scene *s, uint32_t first, uint32_t base);  /* "Article 5 of the treaty" */
bool alone_is_state(const scene *s, uint32_t token);                /* "dead", "missing" */
bool alone_compares(const scene *s, uint32_t token);      /* "more", "fewer" */
/* What it counts, by the words around it and what was counted before; not known: unknown. */
alone_count alone_of(const scene *s, const quantities *before, uint32_t base, double value);
/* "Nigeria takes 45 per cent and Algeria 40": what the number beside it counts. */
bool alone_parallel(const scene *s, const quantities *before, uint32_t first, uint32_t base, alone_count *out);
/* "A watchman was shot dead": one; "no one was hurt", "no bodies were found": none. *counted: the noun. */
bool alone_single(const scene *s, uint32_t token, uint32_t *counted);
bool alone_none(const scene *s, uint32_t token, uint32_t *counted);
#endif
