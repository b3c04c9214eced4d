/* SPDX-License-Identifier: Apache-2.0 */
/* The input room's own insides.

     walk.c     what was named → files in order
     stream.c   one file → its bytes, inflated; what is broken is skipped to the next good member
     http.c     a stored HTTP answer → status, type, decoded body
     warc.c     records → pages
     jsonl.c    lines → pages
     meta.c     the table of --meta
     same.c     pages that come again
     input.c    the door: an_input_* */
#ifndef AN_INPUT_INNER_H
#define AN_INPUT_INNER_H
#include "input/input.h"

#define STEP "input"
enum { DEFAULT_PAGE = 16 << 20, LONGEST_HEAD = 1 << 16, RATIO = 256, BODY_FREE = 4 << 20 };
/* RATIO: what inflates to more times its size is a bomb; asked of bodies from BODY_FREE on, of files from RATIO_FROM on. */

/* ---- Files --------------------------------------------------------------------------------------------------- */

typedef struct path_list { char **at; size_t count, capacity; uint64_t bytes; bool unknown; } path_list;  /* bytes: sizes of all */
/* The files behind a path that was named: itself, or all page files of a folder, sorted. Complains of what it cannot read. */
bool walk_path(an_input *input, const char *path, path_list *out);

/* ---- A stream of decoded bytes ----------------------------------------------------------------------------------- */

typedef struct stream stream;
/* NULL with *err filled when the file cannot be opened. "-" is standard input. */
stream *stream_open(const char *path, an_error *err);
void stream_close(stream *s);
/* Bytes at hand, at least `want` (<= 64 kB) unless the stream, a compressed member or what was taken back ends, or the stream
   breaks, first; 0: at its end. Valid until the next call. */
size_t stream_look(stream *s, size_t want, const uint8_t **at);
void stream_pass(stream *s, size_t size);                /* over bytes that stream_look showed */
bool stream_seam(const stream *s);                       /* a compressed member is at its end: the next byte opens another */
/* The last `size` bytes that were passed, once more. false: that was asked for too often (work stays linear), or no memory. */
bool stream_again(stream *s, const uint8_t *bytes, size_t size);
bool stream_broken(const stream *s);                     /* compressed bytes made no sense: no more until stream_mend */
uint64_t stream_mend(stream *s);                         /* on to the next member; how many bytes of the file were passed over */
uint64_t stream_offset(stream *s);                       /* of the next byte: in the file; in a compressed file, of its member */
uint64_t stream_read_bytes(const stream *s);             /* of the file, so far */
const char *stream_refused(const stream *s);             /* a limit or a read error that ended it, or NULL */

/* ---- Pages ------------------------------------------------------------------------------------------------------- */

/* A page on its way: one allocation list behind it, freed when it is released. */
typedef struct held held;
struct held { held *next, *before; an_page page; an_arena arena; uint8_t *bytes; };

typedef struct meta_row { an_text url, outlet, fetched; an_days given, fetched_days; bool matched; } meta_row;
typedef struct meta_table meta_table;
an_status meta_open(const char *path, meta_table **out, an_error *err);
void meta_close(meta_table *table);
meta_row *meta_find(const meta_table *table, an_text key);
uint64_t meta_rows(const meta_table *table);

/* HTTP answers: head and body of a response block, in place. */
typedef struct answer { int status; an_text type, charset; uint8_t *body; size_t size; const char *cut; } answer;   /* cut: why it is not whole, or NULL */
typedef enum http_result { HTTP_PAGE, HTTP_NONE, HTTP_CODED } http_result;   /* no HTTP head; a coding that does not decode */
/* The body may be moved into *owned (to be freed by the caller). limit: of the decoded body. */
http_result http_answer(uint8_t *block, size_t size, size_t limit, an_arena *arena, answer *out, uint8_t **owned);
/* "text/html; charset=x" into its two parts. */
void http_type(an_text value, an_text *type, an_text *charset);
bool http_is_page(an_text type);

typedef struct seen_keys { uint64_t *at; size_t count, capacity; } seen_keys;   /* at[i] == 0: free */
/* The page came before under the same address with the same bytes (counted). */
bool same_again(an_input *input, const an_page *page);

typedef enum format { FORMAT_PAGE, FORMAT_WARC, FORMAT_JSONL } format;
struct an_input {
  an_input_options options;
  size_t max_page;
  meta_table *meta;
  an_complain *complain; void *complain_ctx;
  path_list paths; size_t next_path;
  stream *stream; const char *path; format format; bool binary;     /* of the file that is open */
  uint64_t passed, line, line_offset;                   /* bytes of files that are done; the line of a JSONL file */
  unsigned told;                                        /* complaints of the file that is open */
  an_input_counts counts;
  seen_keys seen;
  held *held;                                           /* pages not yet released */
  void *lock;
};
void input_complain(an_input *input, an_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
held *held_new(an_input *input);
void held_drop(held *h);
/* true: *h is a page; false: the container is at its end. */
bool warc_next(an_input *input, held *h);
bool jsonl_next(an_input *input, held *h);
/* One line without its end into the arena, cut at `limit`; false at the end of the stream. *size: its whole length. */
bool stream_line(stream *s, size_t limit, an_buf *line, size_t *size);
#endif
