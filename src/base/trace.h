/* SPDX-License-Identifier: Apache-2.0 */
/* The trace, handed to every step: what fired, what nearly fired, where. Ranges are of the clean text here; the engine turns
   them into page bytes. */
#ifndef AN_BASE_TRACE_H
#define AN_BASE_TRACE_H
#include "annals.h"

typedef struct an_tracer { void (*say)(void *ctx, const char *step, an_span clean, an_text what, bool fired); void *ctx; } an_tracer;
/* Costs one comparison when nobody listens; `format` is printf's. */
#define AN_TRACE(tracer, step, clean, fired, ...)                                                   \
  do {                                                                                              \
    if ((tracer) != NULL && (tracer)->say != NULL) an_trace_say((tracer), (step), (clean), (fired), __VA_ARGS__); \
  } while (0)
void an_trace_say(const an_tracer *tracer, const char *step, an_span clean, bool fired, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
#endif
