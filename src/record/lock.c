/* SPDX-License-Identifier: Apache-2.0 */
/* The one writer holds RECORD.lock, which says since when. The kernel lets go when a process ends, however it ends, so that
   a build that was killed never stands in the way of the next. */
#include "record/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static an_status refuse(an_record *record, int fd, an_error *err) {
  char since[64];
  ssize_t size = pread(fd, since, sizeof since - 1, 0);
  since[size > 0 ? size : 0] = '\0';
  since[strcspn(since, "\n")] = '\0';
  close(fd);
  return an_fail(err, AN_ERR_STOPPED, "record", "another build writes %s%s%s; wait for it to end, or give this one another record", record->path,
                 since[0] != '\0' ? " since " : "", since);
}

an_status an_record_lock(an_record *record, const char *started, an_error *err) {
  for (int again = 0; again < 8; again++) {
    int fd = open(record->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) return an_fail(err, AN_ERR_IO, "record", "cannot write %s: %s", record->lock_path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) return refuse(record, fd, err);
    struct stat held, named;
    /* The writer before us may have unlinked the file between our open and our lock. */
    if (fstat(fd, &held) == 0 && stat(record->lock_path, &named) == 0 && held.st_ino == named.st_ino && held.st_dev == named.st_dev) {
      record->lock = fd;
      /* The words are for a person; without them the lock still holds. */
      if (ftruncate(fd, 0) == 0 && started != NULL && pwrite(fd, started, strlen(started), 0) < 0) return AN_OK;
      return AN_OK;
    }
    close(fd);
  }
  return an_fail(err, AN_ERR_IO, "record", "cannot lock %s", record->lock_path);
}

void an_record_unlock(an_record *record) {
  if (record->lock < 0) return;
  unlink(record->lock_path);
  close(record->lock);
  record->lock = -1;
}
