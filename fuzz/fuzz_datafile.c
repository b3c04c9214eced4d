/* SPDX-License-Identifier: Apache-2.0 */
/* A compiled data file of any bytes, its size and checksum made to fit so that the inside is reached. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void look(const an_datafile *file) {
  static const char *const names[] = {"strings", "tables", "", "numbers1"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    an_section section = an_datafile_section(file, names[i]);
    if (section.at == NULL) continue;
    if (section.at < file->bytes || section.size > file->size || section.at + section.size > file->bytes + file->size) abort();
    for (uint32_t at = 0; at < section.size && at < 64; at++) {
      an_text text = an_get_text(section, at);
      if (text.at != NULL && (const uint8_t *)text.at + text.size > section.at + section.size) abort();
      (void)an_get64(section, section.size - at);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size < 48) return 0;
  uint8_t *copy = malloc(size);
  memcpy(copy, bytes, size);
  memcpy(copy, "ANNALS\r\ntest\x01\0\0\0", 16);
  for (int i = 0; i < 8; i++) copy[16 + i] = (uint8_t)((uint64_t)size >> (8 * i));
  uint64_t sum = an_hash64(copy + 40, size - 40);
  for (int i = 0; i < 8; i++) copy[24 + i] = (uint8_t)(sum >> (8 * i));
  int fd = memfd_create("fuzz", 0);
  if (fd >= 0 && write(fd, copy, size) == (ssize_t)size) {
    char name[16];
    snprintf(name, sizeof name, "%d", fd);
    an_datafile file;
    if (an_datafile_open("/proc/self/fd", name, "test", 1, "make", &file, NULL) == AN_OK) look(&file);
    an_datafile_close(&file);
  }
  close(fd);
  free(copy);
  return 0;
}
