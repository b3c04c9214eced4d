/* SPDX-License-Identifier: Apache-2.0 */
/* The objects that readings and stories share, written as docs/format.md has them. Not known is null; an empty range is
   null at both ends. `key` is NULL inside arrays. */
#ifndef AN_JSON_PARTS_H
#define AN_JSON_PARTS_H
#include "base/base.h"

#define AN_JSON_MAX ((size_t)1 << 30)  /* bytes of one line */

void an_put_known(an_json_out *out, const char *key, an_text text);      /* an empty text is not known either */
void an_put_made_by(an_json_out *out, uint64_t stamp, uint64_t furniture);
void an_put_range(an_json_out *out, an_span span);                       /* "begin": …, "end": … */
void an_put_day(an_json_out *out, const char *key, an_day day);          /* open at either end: null */
void an_put_earliest_latest(an_json_out *out, an_days days);             /* "earliest": …, "latest": … */
void an_put_edtf(an_json_out *out, an_days days);                        /* "edtf": … */
void an_put_weekday(an_json_out *out, const char *key, unsigned weekday);
void an_put_sha256(an_json_out *out, const char *key, const uint8_t sha256[32]);
void an_put_confidence(an_json_out *out, uint16_t thousandths);
void an_put_antecedent(an_json_out *out, const an_party *party); /* {text, begin, end}, or nothing */
void an_put_party(an_json_out *out, const char *key, const an_party *party);
void an_put_parties(an_json_out *out, const char *key, const an_party *parties, uint32_t count);
void an_put_texts(an_json_out *out, const char *key, const an_text *texts, uint32_t count);
void an_put_place(an_json_out *out, const char *key, const an_place *place);
void an_put_quantity(an_json_out *out, const an_quantity *quantity, an_text according_to);
/* type, mode, contexts, cameo, quad, score, goldstein */
void an_put_coding(an_json_out *out, const an_event *event);
const char *an_when_basis_name(uint8_t basis);                           /* unknown: NULL */
const char *an_precision_name(uint8_t precision);
/* Ends the line and hands it out; the buffer is free after it. */
an_status an_put_line(an_buf *buf, an_write *write, void *to, an_error *err);
#endif
