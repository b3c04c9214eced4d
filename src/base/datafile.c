/* SPDX-License-Identifier: Apache-2.0 */
#include "base/datafile.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER = 48, CHECKED_FROM = 40, ENTRY = 24, NAME = 8, ALIGN = 64 };
static const char magic[8] = {'A', 'N', 'N', 'A', 'L', 'S', '\r', '\n'};
static const char step[] = "data";

/* ---- Reads ------------------------------------------------------------------------------------- */

uint16_t an_get16(an_section s, size_t at) {
  if (at > s.size || s.size - at < 2) return 0;
  return (uint16_t)(s.at[at] | s.at[at + 1] << 8);
}

uint32_t an_get32(an_section s, size_t at) {
  if (at > s.size || s.size - at < 4) return 0;
  uint32_t value;
  memcpy(&value, s.at + at, sizeof value);
  return le32toh(value);
}

uint64_t an_get64(an_section s, size_t at) {
  if (at > s.size || s.size - at < 8) return 0;
  uint64_t value;
  memcpy(&value, s.at + at, sizeof value);
  return le64toh(value);
}

an_text an_get_text(an_section pool, uint32_t at) {
  if (at > pool.size || pool.size - at < 4) return (an_text){NULL, 0};
  uint32_t size = an_get32(pool, at);
  if (size > pool.size - at - 4) return (an_text){NULL, 0};
  return (an_text){(const char *)pool.at + at + 4, size};
}

/* ---- Opening ----------------------------------------------------------------------------------- */

static an_status check(const an_datafile *file, const char *path, const char kind[4], uint32_t layout,
                       const char *rebuild, an_error *err) {
  an_section all = {file->bytes, file->size};
  if (file->size < HEADER || memcmp(file->bytes, magic, sizeof magic) != 0)
    return an_fail(err, AN_ERR_DATA, step, "%s: not a data file of annals; to make it again: %s", path, rebuild);
  if (memcmp(file->bytes + 8, kind, 4) != 0)
    return an_fail(err, AN_ERR_DATA, step, "%s: kind \"%.4s\" found, \"%.4s\" wanted; to make it again: %s", path,
                   (const char *)file->bytes + 8, kind, rebuild);
  if (an_get32(all, 12) != layout)
    return an_fail(err, AN_ERR_DATA, step, "%s: layout %u found, layout %u wanted; to make it again: %s", path,
                   an_get32(all, 12), layout, rebuild);
  if (an_get64(all, 16) != file->size)
    return an_fail(err, AN_ERR_DATA, step, "%s: cut: %zu bytes found, %llu wanted; to make it again: %s", path, file->size,
                   (unsigned long long)an_get64(all, 16), rebuild);
  if (an_get64(all, 24) != an_hash64(file->bytes + CHECKED_FROM, file->size - CHECKED_FROM))
    return an_fail(err, AN_ERR_DATA, step, "%s: altered: its checksum does not fit; to make it again: %s", path, rebuild);
  uint32_t count = an_get32(all, 40);
  bool well = count <= (file->size - HEADER) / ENTRY;
  for (uint32_t i = 0; well && i < count; i++) {
    uint64_t begin = an_get64(all, HEADER + i * ENTRY + NAME), size = an_get64(all, HEADER + i * ENTRY + NAME + 8);
    well = begin % ALIGN == 0 && begin <= file->size && size <= file->size - begin;
  }
  if (!well) return an_fail(err, AN_ERR_DATA, step, "%s: a section lies outside of the file; to make it again: %s", path, rebuild);
  return AN_OK;
}

static an_status refused(const char *path, int reason, an_error *err) {
  return an_fail(err, AN_ERR_IO, step, "%s: %s", path, strerror(reason));
}

static an_status map_file(const char *path, const char *rebuild, an_datafile *out, an_error *err) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return refused(path, errno, err);
  struct stat info;
  bool there = fstat(fd, &info) == 0;
  int reason = there ? EINVAL : errno;
  void *bytes = MAP_FAILED;
  if (there && S_ISREG(info.st_mode) && info.st_size > 0) {
    bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    reason = errno;
  }
  close(fd);
  if (there && S_ISREG(info.st_mode) && info.st_size == 0)
    return an_fail(err, AN_ERR_DATA, step, "%s: empty; to make it again: %s", path, rebuild);
  if (there && S_ISDIR(info.st_mode)) reason = EISDIR;
  if (bytes == MAP_FAILED) return refused(path, reason, err);
  *out = (an_datafile){.bytes = bytes, .size = (size_t)info.st_size};
  return AN_OK;
}

an_status an_datafile_open(const char *dir, const char *name, const char kind[4], uint32_t layout, const char *rebuild,
                           an_datafile *out, an_error *err) {
  *out = (an_datafile){0};
  an_buf path;
  an_buf_init(&path, 1 << 16);
  an_buf_printf(&path, "%s/%s", dir, name);
  if (path.failed) {
    an_buf_free(&path);
    return an_fail(err, AN_ERR_MEMORY, step, "no memory for the path of %s", name);
  }
  an_datafile file = {0};
  an_status status = map_file(path.at, rebuild, &file, err);
  if (status == AN_OK) status = check(&file, path.at, kind, layout, rebuild, err);
  an_buf_free(&path);
  if (status != AN_OK) {
    an_datafile_close(&file);
    return status;
  }
  file.checksum = an_get64((an_section){file.bytes, file.size}, 24);
  file.sources = an_get64((an_section){file.bytes, file.size}, 32);
  *out = file;
  return AN_OK;
}

void an_datafile_close(an_datafile *file) {
  void *bytes = (void *)(uintptr_t)file->bytes;
  if (file->made) free(bytes);
  else if (bytes != NULL) munmap(bytes, file->size);
  *file = (an_datafile){0};
}

an_section an_datafile_section(const an_datafile *file, const char *name) {
  an_section all = {file->bytes, file->size};
  uint32_t count = an_get32(all, 40);
  char padded[NAME] = {0};
  for (size_t i = 0; i < NAME && name[i] != '\0'; i++) padded[i] = name[i];
  for (uint32_t i = 0; i < count; i++) {
    size_t entry = HEADER + (size_t)i * ENTRY;
    if (memcmp(file->bytes + entry, padded, NAME) != 0) continue;
    return (an_section){file->bytes + an_get64(all, entry + NAME), (size_t)an_get64(all, entry + NAME + 8)};
  }
  return (an_section){NULL, 0};
}

/* ---- Writing ----------------------------------------------------------------------------------- */

static void put64(uint8_t *at, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; i++) at[i] = (uint8_t)(value >> (8 * i));
}

static void pad(an_buf *buf) {
  static const char zeros[ALIGN];
  an_buf_add(buf, zeros, (ALIGN - buf->size % ALIGN) % ALIGN);
}

static void assemble(an_buf *buf, const char kind[4], uint32_t layout, uint64_t sources, const an_section_out *sections,
                     uint32_t count) {
  uint8_t header[HEADER] = {0};
  memcpy(header, magic, sizeof magic);
  memcpy(header + 8, kind, 4);
  put64(header + 12, layout, 4);
  put64(header + 32, sources, 8);
  put64(header + 40, count, 4);
  an_buf_add(buf, header, sizeof header);
  uint64_t at = (HEADER + (uint64_t)count * ENTRY + ALIGN - 1) / ALIGN * ALIGN;
  for (uint32_t i = 0; i < count; i++) {
    uint8_t entry[ENTRY] = {0};
    memcpy(entry, sections[i].name, strnlen(sections[i].name, NAME));
    put64(entry + NAME, at, 8);
    put64(entry + NAME + 8, sections[i].size, 8);
    an_buf_add(buf, entry, sizeof entry);
    at += (sections[i].size + ALIGN - 1) / ALIGN * ALIGN;
  }
  pad(buf);
  for (uint32_t i = 0; i < count; i++) {
    an_buf_add(buf, sections[i].at, sections[i].size);
    pad(buf);
  }
  if (buf->failed) return;
  put64((uint8_t *)buf->at + 16, buf->size, 8);
  put64((uint8_t *)buf->at + 24, an_hash64(buf->at + CHECKED_FROM, buf->size - CHECKED_FROM), 8);
}

an_status an_datafile_make(const char kind[4], uint32_t layout, uint64_t sources, const an_section_out *sections, uint32_t count,
                           an_datafile *out, an_error *err) {
  an_buf file;
  an_buf_init(&file, SIZE_MAX / 2);
  assemble(&file, kind, layout, sources, sections, count);
  if (file.failed) {
    an_buf_free(&file);
    return an_fail(err, AN_ERR_MEMORY, step, "no memory for compiled data");
  }
  const an_section all = {(const uint8_t *)file.at, file.size};
  *out = (an_datafile){.bytes = all.at, .size = all.size, .sources = sources, .checksum = an_get64(all, 24), .made = true};
  return AN_OK;
}

an_status an_datafile_write(const char *path, const char kind[4], uint32_t layout, uint64_t sources,
                            const an_section_out *sections, uint32_t count, an_error *err) {
  an_buf file, temporary;
  an_buf_init(&file, SIZE_MAX / 2);
  an_buf_init(&temporary, 1 << 16);
  an_buf_printf(&temporary, "%s.tmp", path);
  assemble(&file, kind, layout, sources, sections, count);
  an_status status = AN_OK;
  if (file.failed || temporary.failed) status = an_fail(err, AN_ERR_MEMORY, step, "no memory to write %s", path);
  if (status == AN_OK) {
    FILE *out = fopen(temporary.at, "wb");
    bool well = out != NULL && fwrite(file.at, 1, file.size, out) == file.size;
    int reason = errno;
    if (out != NULL && fclose(out) != 0 && well) {
      well = false;
      reason = errno;
    }
    if (well && rename(temporary.at, path) != 0) {
      well = false;
      reason = errno;
    }
    if (!well) status = refused(path, reason, err);
  }
  an_buf_free(&file);
  an_buf_free(&temporary);
  return status;
}
