/* SPDX-License-Identifier: Apache-2.0 */
/* Errors are values: a status upward, the words in the caller's an_error (which may be NULL). */
#ifndef AN_BASE_ERROR_H
#define AN_BASE_ERROR_H
#include "annals.h"

/* Fills *err (if not NULL) and returns `status`, so that `return an_fail(...)` is the whole error path. */
an_status an_fail(an_error *err, an_status status, const char *step, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#define AN_TRY(call)                        \
  do {                                      \
    an_status try_status_ = (call);         \
    if (try_status_ != AN_OK) return try_status_; \
  } while (0)

/* For a pointer out of the arena: NULL means that the page's budget is spent. */
#define AN_NEED(pointer, err, step)                                                          \
  do {                                                                                       \
    if ((pointer) == NULL) return an_fail((err), AN_ERR_LIMIT, (step), "the page needs more memory than --max-arena allows"); \
  } while (0)
#endif
