/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

an_status an_fail(an_error *err, an_status status, const char *step, const char *format, ...) {
  if (err == NULL) return status;
  *err = (an_error){.status = status, .step = step};
  va_list args;
  va_start(args, format);
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return status;
}
