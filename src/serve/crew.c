/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that ask the record, each with a session of its own, in the order in which questions come. The thread that polls the
   connections waits for none of them: a file of the page is sent while a search is at work. */
#include "serve/serve.h"

#include <stdatomic.h>
#include <string.h>

static sv_question *next_question(sv_crew *crew) {
  pthread_mutex_lock(&crew->lock);
  while (crew->first == NULL && !crew->closed) pthread_cond_wait(&crew->come, &crew->lock);
  sv_question *question = crew->first;
  if (question != NULL) crew->first = question->next;
  if (crew->first == NULL) crew->last = NULL;
  pthread_mutex_unlock(&crew->lock);
  return question;
}

/* For the answer to be kept: nobody waits for it. */
static void answer_ahead(sv_session *session, const char *raw) {
  sv_reply reply = {.status = 200, .type = ""};
  an_buf_init(&reply.body, SV_BODY);
  sv_answer_api(session, raw, &reply);
  an_buf_free(&reply.body);
}

static void *work(void *ctx) {
  sv_hand *hand = ctx;
  sv_session_ready(&hand->session);
  if (hand == hand->crew->hands) answer_ahead(&hand->session, "/api/places?limit=500"); /* the map, which walks through all events */
  for (sv_question *question; (question = next_question(hand->crew)) != NULL;) {
    sv_answer_api(&hand->session, question->raw, &question->reply);
    hand->crew->answered(question);
  }
  return NULL;
}

an_status sv_crew_open(sv_crew *crew, const char *path, sv_cache *cache, void (*answered)(sv_question *question), an_error *err) {
  *crew = (sv_crew){.answered = answered};
  pthread_mutex_init(&crew->lock, NULL);
  pthread_cond_init(&crew->come, NULL);
  for (; crew->opened < SV_WORKERS; crew->opened++) {
    crew->hands[crew->opened].crew = crew;
    AN_TRY(sv_session_open(path, cache, &crew->stopping, &crew->hands[crew->opened].session, err));
  }
  return AN_OK;
}

void sv_crew_warm(sv_crew *crew) {
  static const char *const first[] = {"/api/record", "/api/facets", "/api/stories"};
  for (size_t i = 0; i < sizeof first / sizeof *first; i++) answer_ahead(&crew->hands[0].session, first[i]);
}

an_status sv_crew_begin(sv_crew *crew, an_error *err) {
  for (; crew->begun < SV_WORKERS; crew->begun++) {
    int code = pthread_create(&crew->hands[crew->begun].thread, NULL, work, &crew->hands[crew->begun]);
    if (code != 0) return an_fail(err, AN_ERR_MEMORY, "serve", "cannot start a thread: %s", strerror(code));
  }
  return AN_OK;
}

bool sv_crew_give(sv_crew *crew, sv_question *question) {
  pthread_mutex_lock(&crew->lock);
  bool open = !crew->closed;
  if (open) {
    question->next = NULL;
    if (crew->last != NULL) crew->last->next = question;
    else crew->first = question;
    crew->last = question;
    pthread_cond_signal(&crew->come);
  }
  pthread_mutex_unlock(&crew->lock);
  return open;
}

/* What was given is answered, as refused. */
void sv_crew_end(sv_crew *crew) {
  atomic_store(&crew->stopping, true); /* questions that run are given up */
  pthread_mutex_lock(&crew->lock);
  crew->closed = true;
  pthread_cond_broadcast(&crew->come);
  pthread_mutex_unlock(&crew->lock);
  while (crew->begun > 0) pthread_join(crew->hands[--crew->begun].thread, NULL);
}

void sv_crew_close(sv_crew *crew) {
  while (crew->opened > 0) sv_session_close(&crew->hands[--crew->opened].session);
  pthread_cond_destroy(&crew->come);
  pthread_mutex_destroy(&crew->lock);
}
