/* SPDX-License-Identifier: Apache-2.0 */
/* Many pages on many threads, handed on in input order.

   A worker draws a ticket with its page, reads it, waits for its turn and hands it to the sink. So a reading never leaves the
   worker's arena, at most `threads` pages are in memory, and the output is the same for any number of threads. */
#include "engine.h"

#include <pthread.h>
#include <stdlib.h>

enum { MAX_THREADS = 256 };

typedef struct crew {
  const an_engine *engine;
  an_next *next; an_release *release; void *from;
  an_sink *sink; void *to;
  pthread_mutex_t lock; pthread_cond_t turned;
  uint64_t tickets, turn;         /* drawn so far; whose turn it is */
  bool over;                      /* no more pages, or a failure */
  an_error error;
} crew;

static bool draw(crew *c, an_page *page, uint64_t *ticket) {
  pthread_mutex_lock(&c->lock);
  bool drawn = !c->over && c->next(c->from, page);
  if (drawn) *ticket = c->tickets++;
  else c->over = true;
  pthread_mutex_unlock(&c->lock);
  return drawn;
}

/* The first failure by input order is the one that is told; nothing later reaches the sink. */
static void hand_on(crew *c, uint64_t ticket, const an_page *page, const an_reading *reading, const an_error *failed) {
  pthread_mutex_lock(&c->lock);
  while (c->turn != ticket) pthread_cond_wait(&c->turned, &c->lock);
  if (c->error.status == AN_OK) {
    an_error error = *failed;
    if (error.status == AN_OK) {
      an_status status = c->sink(c->to, reading, &error);
      error.status = status;
    }
    if (error.status != AN_OK) {
      c->error = error;
      c->over = true;
    }
  }
  if (c->release != NULL) c->release(c->from, page);
  c->turn++;
  pthread_cond_broadcast(&c->turned);
  pthread_mutex_unlock(&c->lock);
}

static void *work(void *ctx) {
  crew *c = ctx;
  an_worker *worker = NULL;
  an_error opened = {0};
  opened.status = an_worker_open(c->engine, &worker, &opened);
  an_page page = {0};
  uint64_t ticket = 0;
  while (draw(c, &page, &ticket)) {
    an_error error = opened;
    const an_reading *reading = NULL;
    if (error.status == AN_OK) error.status = an_read(worker, &page, &reading, &error);
    hand_on(c, ticket, &page, reading, &error);
    page = (an_page){0};
  }
  an_worker_close(worker);
  return NULL;
}

an_status an_read_all(const an_engine *engine, unsigned threads, an_next *next, an_release *release, void *from,
                      an_sink *sink, void *to, an_error *err) {
  if (engine == NULL || next == NULL || sink == NULL) return an_fail(err, AN_ERR_USAGE, "read", "engine, next and sink must be given");
  if (threads == 0) threads = 1;
  if (threads > MAX_THREADS) threads = MAX_THREADS;
  crew c = {.engine = engine, .next = next, .release = release, .from = from, .sink = sink, .to = to};
  pthread_mutex_init(&c.lock, NULL);
  pthread_cond_init(&c.turned, NULL);
  pthread_t ids[MAX_THREADS];
  unsigned started = 0;
  while (started + 1 < threads && pthread_create(&ids[started], NULL, work, &c) == 0) started++;
  work(&c); /* this thread is one of the crew: with none started there is still a reader */
  for (unsigned i = 0; i < started; i++) pthread_join(ids[i], NULL);
  pthread_cond_destroy(&c.turned);
  pthread_mutex_destroy(&c.lock);
  if (c.error.status != AN_OK && err != NULL) *err = c.error;
  return c.error.status;
}
