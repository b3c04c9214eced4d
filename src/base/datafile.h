/* SPDX-License-Identifier: Apache-2.0 */
/* Compiled data files (*.an): one header, then sections; little-endian, no pointers, mapped read-only, checked once.

     0  magic "ANNALS\r\n" (8)      8  kind, 4 letters ("wrld" "lexi" "mode")   12  layout, u32
    16  size of the file, u64      24  checksum of everything from byte 40, xxh3, u64
    32  checksum of the sources, u64
    40  section count, u32         44  zero, u32
    48  per section: name (8 bytes, zero-filled), offset u64 (multiple of 64), size u64
   A program opens exactly one layout a kind. A user's file is untrusted: sections are checked to lie in the file here,
   what is inside them by the room that reads them, at every read. */
#ifndef AN_BASE_DATAFILE_H
#define AN_BASE_DATAFILE_H
#include "annals.h"

typedef struct an_section { const uint8_t *at; size_t size; } an_section;
typedef struct an_datafile { const uint8_t *bytes; size_t size; uint64_t sources, checksum; bool made; } an_datafile; /* made: not mapped */

/* Maps dir/name, checks header, size and checksum. AN_ERR_IO: not there; AN_ERR_DATA: names file, what was found, what was
   wanted, and `rebuild`, the command that makes it again. */
an_status an_datafile_open(const char *dir, const char *name, const char kind[4], uint32_t layout, const char *rebuild,
                           an_datafile *out, an_error *err);
void an_datafile_close(an_datafile *file);
/* at == NULL: the file has no such section. */
an_section an_datafile_section(const an_datafile *file, const char *name);

/* Bounds-checked little-endian reads: outside of the section they give 0. */
uint16_t an_get16(an_section s, size_t at);
uint32_t an_get32(an_section s, size_t at);
uint64_t an_get64(an_section s, size_t at);
/* Text in a string pool section, stored as u32 size + bytes at `at`; not known when outside. */
an_text an_get_text(an_section pool, uint32_t at);

/* Writing, for tools/: sections are the caller's bytes. Written to path.tmp, then renamed. */
typedef struct an_section_out { const char *name; const void *at; size_t size; } an_section_out;
an_status an_datafile_write(const char *path, const char kind[4], uint32_t layout, uint64_t sources,
                            const an_section_out *sections, uint32_t count, an_error *err);
/* The same in memory, as if opened; an_datafile_close frees it. */
an_status an_datafile_make(const char kind[4], uint32_t layout, uint64_t sources, const an_section_out *sections, uint32_t count,
                           an_datafile *out, an_error *err);
#endif
