/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file that has a path. */
#ifndef AN_FUZZ_MEMORY_FILE_H
#define AN_FUZZ_MEMORY_FILE_H
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct memory_file { int fd; char path[40]; } memory_file;

/* fd < 0: there is none. */
static inline memory_file memory_file_of(const uint8_t *bytes, size_t size) {
  memory_file file = {.fd = memfd_create("fuzz", 0)};
  if (file.fd >= 0 && write(file.fd, bytes, size) != (ssize_t)size) {
    close(file.fd);
    file.fd = -1;
  }
  snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.fd);
  return file;
}
#endif
