/* SPDX-License-Identifier: Apache-2.0 */
/* annals evaluate --gold FILE: a gold file that others made, against what `annals code` says of each of its rows: the type of the
   event between two given actors. Two forms: PLV's table (columns marked_sentence and gold_root), and PLOVER's JSON Lines (text, event,
   actor and recipient with entity_text, the first of each). A gold that knows YIELD has it for CONCEDE and RETREAT alike. */
#include "tally.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct score {
  cli_types types;
  uint64_t taken[TALLY_TYPES][TALLY_TYPES];          /* [gold][found] */
  uint64_t rows, unmarked;
} score;

enum { ROW_MAX = 1 << 20 };

/* ---- JSON, as much as a flat record needs: no numbers, no depth that is remembered ---------------------------------- */

static const char *string_end(const char *at, const char *end) { /* at: behind the opening quotation mark */
  while (at < end && *at != '"') at += *at == '\\' && at + 1 < end ? 2 : 1;
  return at < end ? at : end;
}

/* The value of a key of the object (or of the first object of the list) that begins at `at`; NULL: none. */
static const char *member(const char *at, const char *end, const char *key) {
  size_t size = strlen(key);
  int depth = 0;
  while (at < end && *at != '{') at++;
  for (; at < end; at++) {
    if (*at == '{' || *at == '[') depth++;
    else if (*at == '}' || *at == ']') {
      if (--depth == 0) return NULL;
    } else if (*at == '"') {
      const char *close = string_end(at + 1, end), *next = close < end ? close + 1 : end;
      while (next < end && (*next == ' ' || *next == '\t')) next++;
      bool is_key = depth == 1 && next < end && *next == ':';
      if (is_key && (size_t)(close - at - 1) == size && memcmp(at + 1, key, size) == 0) {
        next++;
        while (next < end && (*next == ' ' || *next == '\t')) next++;
        return next;
      }
      at = close;
    }
  }
  return NULL;
}

static size_t put_utf8(char *to, unsigned code) {
  if (code < 0x80) { to[0] = (char)code; return 1; }
  if (code < 0x800) { to[0] = (char)(0xc0 | (code >> 6)); to[1] = (char)(0x80 | (code & 0x3f)); return 2; }
  if (code < 0x10000) {
    to[0] = (char)(0xe0 | (code >> 12)); to[1] = (char)(0x80 | ((code >> 6) & 0x3f)); to[2] = (char)(0x80 | (code & 0x3f));
    return 3;
  }
  to[0] = (char)(0xf0 | (code >> 18)); to[1] = (char)(0x80 | ((code >> 12) & 0x3f)); to[2] = (char)(0x80 | ((code >> 6) & 0x3f));
  to[3] = (char)(0x80 | (code & 0x3f));
  return 4;
}

static unsigned hex4(const char *at) {
  char digits[5] = {at[0], at[1], at[2], at[3], 0};
  return (unsigned)strtoul(digits, NULL, 16);
}

/* A string value without its escapes, which never are longer than what they stand for; size 0: no string. */
static size_t unescape(const char *value, const char *end, char *to) {
  size_t size = 0;
  if (value == NULL || *value != '"') return 0;
  const char *close = string_end(value + 1, end);
  for (const char *at = value + 1; at < close; at++) {
    if (*at != '\\' || at + 1 >= close) { to[size++] = *at; continue; }
    at++;
    if (*at == 'u' && at + 4 < close) {
      unsigned code = hex4(at + 1);
      at += 4;
      if (code >= 0xd800 && code < 0xdc00 && at + 6 < close && at[1] == '\\' && at[2] == 'u') {
        code = 0x10000 + ((code - 0xd800) << 10) + ((hex4(at + 3) - 0xdc00) & 0x3ff);
        at += 6;
      }
      size += put_utf8(to + size, code);
    } else {
      to[size++] = *at == 'n' || *at == 't' || *at == 'r' || *at == 'b' || *at == 'f' ? ' ' : *at;
    }
  }
  return size;
}

/* ---- Marking ------------------------------------------------------------------------------------------------------- */

static const char *find(const char *text, size_t size, const char *what, size_t what_size) {
  return what_size == 0 ? NULL : memmem(text, size, what, what_size);
}

/* "<s>…</s> … <t>…</t>" around the actor and the recipient of a record; 0: the actor is not in the text, or they overlap. */
static size_t mark(const char *text, size_t size, const char *actor, size_t actor_size, const char *other, size_t other_size, char *to) {
  const char *a = find(text, size, actor, actor_size), *b = find(text, size, other, other_size);
  if (a == NULL || (b != NULL && a < b + other_size && b < a + actor_size)) return 0;
  const char *end = text + size;
  size_t at = 0;
  for (const char *c = text; c <= end; c++) {
    if (c == a + actor_size) { memcpy(to + at, "</s>", 4); at += 4; }
    if (b != NULL && c == b + other_size) { memcpy(to + at, "</t>", 4); at += 4; }
    if (c == a) { memcpy(to + at, "<s>", 3); at += 3; }
    if (c == b) { memcpy(to + at, "<t>", 3); at += 3; }
    if (c < end) to[at++] = *c;
  }
  return at;
}

/* ---- Rows ---------------------------------------------------------------------------------------------------------- */

static int code_row(an_worker *worker, score *s, const char *marked, size_t marked_size, const char *type, size_t type_size) {
  const an_reading *reading = NULL;
  an_error err = {0};
  if (an_code_sentence(worker, (an_text){marked, (uint32_t)marked_size}, &reading, &err) != AN_OK) return cli_fail(&err);
  an_text found = {"none", 4};
  if (reading->event_count > 0) found = reading->events[0].type;
  s->taken[cli_type_of(&s->types, type, type_size)][cli_type_of(&s->types, found.at, found.size)]++;
  s->rows++;
  return CLI_WELL;
}

static int table_row(an_worker *worker, score *s, char *line, const int at[2]) {
  char *cells[TALLY_COLUMNS];
  unsigned count = cli_cells(line, cells);
  if ((unsigned)at[0] >= count || (unsigned)at[1] >= count || cells[at[0]][0] == '\0' || cells[at[1]][0] == '\0') {
    s->unmarked++;
    return CLI_WELL;
  }
  return code_row(worker, s, cells[at[0]], strlen(cells[at[0]]), cells[at[1]], strlen(cells[at[1]]));
}

static int json_row(an_worker *worker, score *s, const char *line, size_t size, char *room) {
  const char *end = line + size;
  char *text = room, *actor = room + ROW_MAX, *other = room + 2 * ROW_MAX, *type = room + 3 * ROW_MAX, *marked = room + 4 * ROW_MAX;
  size_t text_size = unescape(member(line, end, "text"), end, text), type_size = unescape(member(line, end, "event"), end, type);
  const char *who = member(line, end, "actor"), *whom = member(line, end, "recipient");
  size_t actor_size = who == NULL ? 0 : unescape(member(who, end, "entity_text"), end, actor);
  size_t other_size = whom == NULL || whom[0] != '[' || whom[1] == ']' ? 0 : unescape(member(whom, end, "entity_text"), end, other);
  size_t marked_size = type_size == 0 ? 0 : mark(text, text_size, actor, actor_size, other, other_size, marked);
  if (marked_size == 0) {
    s->unmarked++;
    return CLI_WELL;
  }
  return code_row(worker, s, marked, marked_size, type, type_size);
}

static int read_gold(an_worker *worker, FILE *file, const char *path, score *s) {
  static const char *const types[] = {"gold_root", "root", "type", "event"};
  char *line = NULL, *room = malloc((size_t)ROW_MAX * 6), *cells[TALLY_COLUMNS];
  size_t capacity = 0;
  int code = room == NULL ? CLI_FAILED : CLI_WELL, at[2] = {-1, -1};
  bool json = false;
  ssize_t size;
  for (unsigned long number = 1; code == CLI_WELL && (size = getline(&line, &capacity, file)) >= 0; number++) {
    if (size >= ROW_MAX / 2) {
      cli_warn("%s:%lu: a line of %zd bytes; at most %d", path, number, size, ROW_MAX / 2);
      code = CLI_FAILED;
    } else if (number == 1 && line[0] != '{') {
      unsigned count = cli_cells(line, cells);
      at[0] = cli_column("marked_sentence", cells, count);
      for (size_t i = 0; i < sizeof types / sizeof *types && at[1] < 0; i++) at[1] = cli_column(types[i], cells, count);
      if (at[0] < 0 || at[1] < 0) {
        cli_warn("%s: neither JSON Lines nor a table with the columns marked_sentence and gold_root", path);
        code = CLI_FAILED;
      }
    } else if ((json |= number == 1)) {
      code = json_row(worker, s, line, (size_t)size, room);
    } else {
      code = table_row(worker, s, line, at);
    }
  }
  if (code == CLI_WELL && ferror(file)) {
    cli_warn("cannot read %s: %s", path, strerror(errno));
    code = CLI_FAILED;
  }
  free(line);
  free(room);
  return code;
}

/* ---- Telling it ---------------------------------------------------------------------------------------------------- */

static void move(score *s, unsigned from, unsigned to) {
  for (unsigned i = 0; i < s->types.count && from != to; i++) {
    s->taken[i][to] += s->taken[i][from];
    s->taken[i][from] = 0;
  }
}

/* A gold file of an older codebook: what annals calls by a newer name is found under the older one. */
static void as_of_gold(score *s, const an_engine *engine) {
  for (unsigned t = 0; t < s->types.count; t++) {
    an_text older = an_type_older(engine, (an_text){s->types.name[t], (uint32_t)strlen(s->types.name[t])});
    if (older.at == NULL) continue;
    unsigned to = cli_type_of(&s->types, older.at, older.size);
    uint64_t asked = 0;
    for (unsigned i = 0; i < s->types.count; i++) asked += s->taken[to][i];
    if (asked > 0) move(s, t, to);
  }
}

static void put_score(score *s, const an_engine *engine) {
  as_of_gold(s, engine);
  cli_tally all = {0, s->rows};
  double sum = 0;
  unsigned classes = 0;
  puts("type             precision recall  F1      gold  found");
  for (unsigned t = 0; t < s->types.count; t++) {
    uint64_t gold = 0, found = 0, right = s->taken[t][t];
    for (unsigned i = 0; i < s->types.count; i++) {
      gold += s->taken[t][i];
      found += s->taken[i][t];
    }
    all.right += right;
    if (gold == 0) continue;
    double p = found == 0 ? 0 : (double)right / (double)found, r = (double)right / (double)gold, f = right == 0 ? 0 : 2 * p * r / (p + r);
    printf("%-16s %6.3f   %6.3f  %6.3f  %5llu  %5llu\n", s->types.name[t], p, r, f, (unsigned long long)gold, (unsigned long long)found);
    sum += f;
    classes++;
  }
  printf("\nmacro-F1 over %u types %.3f\n", classes, classes == 0 ? 0 : sum / classes);
  cli_put_tally("accuracy", all);
  puts("\ngold             coded as");
  for (unsigned g = 0; g < s->types.count; g++)
    for (unsigned f = 0; f < s->types.count; f++)
      if (g != f && s->taken[g][f] > 0)
        printf("%-16s %-16s %llu\n", s->types.name[g], s->types.name[f], (unsigned long long)s->taken[g][f]);
  if (s->unmarked > 0) printf("\n%llu rows name no type, or no actor that is in the text: not scored\n", (unsigned long long)s->unmarked);
}

int cli_gold(const cli_common *common, const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    cli_warn("cannot open %s: %s", path, strerror(errno));
    return CLI_FAILED;
  }
  an_engine *engine = NULL;
  an_worker *worker = NULL;
  an_error err = {0};
  score *s = calloc(1, sizeof *s);
  int code = s != NULL && cli_engine_open(common, false, &engine) ? CLI_WELL : CLI_FAILED;
  if (code == CLI_WELL && an_worker_open(engine, &worker, &err) != AN_OK) code = cli_fail(&err);
  if (code == CLI_WELL) code = read_gold(worker, file, path, s);
  if (code == CLI_WELL && s->rows == 0) {
    cli_warn("%s: no rows", path);
    code = CLI_FAILED;
  }
  if (code == CLI_WELL) put_score(s, engine);
  fclose(file);
  an_worker_close(worker);
  an_engine_close(engine);
  free(s);
  return code == CLI_WELL ? cli_end(CLI_WELL) : code;
}
