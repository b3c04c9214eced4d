/* SPDX-License-Identifier: Apache-2.0 */
/* annals parse: text or treebank in, trees out, past the page room and past the gate. */
#include "engine.h"

an_status an_parse_conllu(an_worker *worker, an_text text, bool conllu, an_write *write, void *to, an_error *err) {
  if (worker == NULL || write == NULL) return an_fail(err, AN_ERR_USAGE, "parse", "worker and write must be given");
  an_arena_reset(&worker->arena);
  return an_language_conllu(worker->engine->model, worker->engine->lexicon, text, conllu, &worker->arena, write, to, err);
}
