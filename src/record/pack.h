/* SPDX-License-Identifier: Apache-2.0 */
/* pack: what a record keeps compressed: readings and stories as JSON, digests, the bytes of pages.

   A packed thing is one zstd frame with its checksum. A reading is packed against what the record holds of the page anyway (its
   address, title and sentences) behind the record's dictionary, a digest against the same without the dictionary; a story against the
   dictionary. JSON first becomes shorter: `"begin":B,"end":E` is byte 1 and two numbers, how far B lies behind the last range and how
   long the range is. SQL of this program sees them through annals_reading(page, json), annals_story(json), annals_bytes(bytes), which no
   view or trigger may call; what is text already is handed on as it is. Always holds: what is packed comes back byte for byte, or is
   SQLITE_CORRUPT. Cost: 1 ms to pack 35 kB, a tenth of that to unpack it. */
#ifndef AN_RECORD_PACK_H
#define AN_RECORD_PACK_H
#include <sqlite3.h>

#include "base/base.h"

typedef enum an_packed { AN_PACKED_READING, AN_PACKED_DIGEST, AN_PACKED_STORY, AN_PACKED_BYTES } an_packed;
typedef struct an_packer an_packer;

extern const char *const an_pack_dictionary[];                /* dictionary.c: what new records take, in parts, NULL at the end */

/* The functions above for `db`; *out is freed by an_packer_close. an_packer_rest lets go of its questions, before `db` is closed or scrubbed. Returns SQLite's code. */
int an_packer_open(sqlite3 *db, an_packer **out);
void an_packer_rest(an_packer *packer);                        /* NULL is nothing, here and below */
void an_packer_close(an_packer *packer);
/* What comes out is the packer's until it is used again. `page`: whose words it is packed against; 0: none. Returns SQLITE_OK, _NOMEM, _CORRUPT (it
   is damaged) or what the question for those words gave. */
int an_pack(an_packer *packer, an_packed kind, int64_t page, const void *bytes, size_t size, an_text *out);
int an_unpack(an_packer *packer, an_packed kind, int64_t page, const void *bytes, size_t size, an_text *out);
#endif
