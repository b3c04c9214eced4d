/* SPDX-License-Identifier: Apache-2.0 */
#include "base/trace.h"

#include <stdarg.h>
#include <stdio.h>

void an_trace_say(const an_tracer *tracer, const char *step, an_span clean, bool fired, const char *format, ...) {
  char line[4096];
  va_list args;
  va_start(args, format);
  int size = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  if (size < 0) return;
  if ((size_t)size >= sizeof line) size = sizeof line - 1;
  tracer->say(tracer->ctx, step, clean, (an_text){line, (uint32_t)size}, fired);
}
