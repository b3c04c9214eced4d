/* SPDX-License-Identifier: Apache-2.0 */
/* All that the text counts: "more than a dozen agreements", "70 per cent in 2016", "515 years of diplomatic ties". */
#ifndef AN_EVENT_QUANTITY_H
#define AN_EVENT_QUANTITY_H
#include "event/party.h"

typedef struct quantity_at { an_quantity q; uint32_t first, end, counted; } quantity_at; /* tokens; counted AN_NONE: none */
typedef struct quantities { AN_LIST(quantity_at) list; } quantities;
an_status quantities_find(const scene *s, quantities *out, an_error *err);
#endif
