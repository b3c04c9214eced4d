/* SPDX-License-Identifier: Apache-2.0 */
/* input: pages as bytes, from files, folders, WARC 1.0/1.1, WET, JSONL (keys html or text, url, fetched), gzip, zstd
   and standard input. The public part of annals.h (an_input_*) is the whole door.

   Always holds: input order; bounded memory (one page at a time plus what is not yet released); a bad member of a container is
   skipped to the next good one and counted; caps on inflated size and ratio. Knows nothing of HTML. */
#ifndef AN_INPUT_H
#define AN_INPUT_H
#include "base/base.h"
#endif
