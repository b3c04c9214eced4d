/* SPDX-License-Identifier: Apache-2.0 */
/* annals fill EXPORT PAGE...: the words of an export without text, out of its pages.

   The pages are read into a record of their own, under the addresses and names that EXPORT.note gives them, and exported as EXPORT was,
   once with the words and once without. A line of EXPORT that comes out again without is written with. So every format can be filled,
   to the byte, and with some of the pages missing what rests on the others is still filled. */
#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "annals_record.h"

enum { SHA256, URL, PATH, OFFSET, LENGTH, RECORD, FETCHED, GIVEN, CELLS };
enum { NAMED = 10, STAMP_SIZE = 16, STRANGE = 1000 };

typedef struct fill_args { cli_common common; const char **paths; size_t count; const char *export, *output, *corrections; } fill_args;
typedef struct source { const char *cells[CELLS]; bool claimed, differs; } source;   /* a page of the export */
typedef struct note { char *text; an_export_options options; char stamp[STAMP_SIZE + 1]; source *sources; size_t count; } note;
typedef struct fill { note *note; an_record *record; uint64_t strange, read; bool unread; an_error err; } fill;
typedef struct bytes { const char *at; size_t size; } bytes;
typedef struct pair { bytes bare, full; size_t order, given; } pair;   /* given: of the lines that look so, how many went out */

static an_text text_of(const char *z) { return z[0] == '\0' ? (an_text){NULL, 0} : (an_text){z, (uint32_t)strlen(z)}; }    /* "": not known */

static int by_sha256(const void *a, const void *b) { return strcmp(((const source *)a)->cells[SHA256], ((const source *)b)->cells[SHA256]); }

/* ---- The note ---------------------------------------------------------------------------------------------- */

static char *read_whole(const char *path) {
  FILE *file = fopen(path, "r");
  struct stat found;
  char *text = NULL;
  if (file == NULL || fstat(fileno(file), &found) != 0 || (text = malloc((size_t)found.st_size + 1)) == NULL) {
    cli_warn("cannot read %s: %s; `annals export --no-text -o FILE` writes FILE and FILE.note, and both are needed", path, strerror(errno));
  } else {
    text[fread(text, 1, (size_t)found.st_size, file)] = '\0';
  }
  if (file != NULL) fclose(file);
  return text;
}

static bool add_source(note *n, char *line) {
  source *grown = (n->count & (n->count - 1)) == 0 ? realloc(n->sources, (n->count == 0 ? 1 : n->count * 2) * sizeof *grown) : n->sources;
  if (grown == NULL) return false;
  n->sources = grown;
  source *s = &n->sources[n->count];
  *s = (source){0};
  for (int i = 0; i < CELLS; i++) {
    s->cells[i] = line;
    char *tab = line == NULL ? NULL : strchr(line, '\t');
    if ((tab == NULL) != (i == CELLS - 1)) return false;
    if (tab != NULL) *tab = '\0';
    line = tab == NULL ? NULL : tab + 1;
  }
  n->count++;
  return true;
}

static bool take_format(note *n, const char *line) {
  char format[24], unit[24];
  if (sscanf(line, "format %23[^,], unit %23[^,],", format, unit) != 2) return false;
  n->options.format = AN_EXPORT_FORMATS;
  n->options.unit = AN_EXPORT_UNITS;
  for (uint8_t i = 0; i < AN_EXPORT_FORMATS; i++)
    if (strcmp(an_export_format_name(i), format) == 0) n->options.format = i;
  for (uint8_t i = 0; i < AN_EXPORT_UNITS; i++)
    if (strcmp(an_export_unit_name(i), unit) == 0) n->options.unit = i;
  return an_export_goes(n->options.format, n->options.unit);
}

static const char *behind(const char *line, const char *prefix) {
  size_t size = strlen(prefix);
  return strncmp(line, prefix, size) == 0 ? line + size : NULL;
}

static bool take_line(note *n, char *line, bool *pages) {
  const char *value;
  if (*pages) return add_source(n, line);
  if (behind(line, "format ") != NULL) return take_format(n, line);
  if (behind(line, "run ") != NULL) {
    const char *data = strstr(line, ", data ");
    if (data != NULL) snprintf(n->stamp, sizeof n->stamp, "%s", data + strlen(", data "));
  }
  if ((value = behind(line, "asked: since ")) != NULL) n->options.since = value;
  if ((value = behind(line, "asked: story ")) != NULL) n->options.story = value;
  if ((value = behind(line, "asked: where ")) != NULL) n->options.where = value;
  if ((value = behind(line, "asked: max-days ")) != NULL) n->options.max_days = atoi(value);
  if (behind(line, "asked: keep-formulas") != NULL) n->options.keep_formulas = true;
  *pages = behind(line, "pages (") != NULL;
  return true;
}

static bool read_note(const char *export, note *n) {
  char path[PATH_MAX];
  bool pages = false, well = true;
  if (snprintf(path, sizeof path, "%s.note", export) >= PATH_MAX || (n->text = read_whole(path)) == NULL) return false;
  unsigned number = 0;
  for (char *line = n->text; well && line != NULL && *line != '\0';) {
    char *end = strchr(line, '\n');
    if (end != NULL) *end = '\0';
    well = take_line(n, line, &pages);
    number++;
    line = end == NULL ? NULL : end + 1;
  }
  if (well && n->count > 1) qsort(n->sources, n->count, sizeof *n->sources, by_sha256);
  if (!well) cli_warn("%s:%u: not a note of `annals export`", path, number);
  else if (!pages) cli_warn("%s lists no pages: only an export made with --no-text is filled", path);
  return well && pages;
}

/* ---- Pages ---------------------------------------------------------------------------------------------------- */

static bool same_name(an_text path, const char *other) { /* the file's name, in whatever folder */
  const char *slash = strrchr(other, '/');
  size_t size = strlen(slash == NULL ? other : slash + 1);
  return size > 0 && path.size >= size && memcmp(path.at + path.size - size, slash == NULL ? other : slash + 1, size) == 0 &&
         (path.size == size || path.at[path.size - size - 1] == '/');
}

static bool same_url(const an_page *page, const source *s) {
  return page->url.size > 0 && page->url.size == strlen(s->cells[URL]) && memcmp(page->url.at, s->cells[URL], page->url.size) == 0;
}

/* Of several sources that have the page's bytes the one with its address, then with its file's name. */
static source *find_source(const note *n, const an_page *page) {
  char hex[65];
  const source wanted = {.cells = {[SHA256] = hex}};
  an_page_sha256(page, hex);
  source *s = n->count == 0 ? NULL : bsearch(&wanted, n->sources, n->count, sizeof wanted, by_sha256), *found = NULL;
  int best = 0;
  while (s != NULL && s > n->sources && by_sha256(s - 1, &wanted) == 0) s--;
  for (; s != NULL && s < n->sources + n->count && by_sha256(s, &wanted) == 0; s++) {
    int rank = s->claimed ? 0 : same_url(page, s) ? 3 : same_name(page->path, s->cells[PATH]) ? 2 : 1;
    if (rank <= best) continue;
    best = rank;
    found = s;
  }
  return found;
}

/* A page of other bytes under an address, or a name, of the export. So many are looked at for the report; more are only counted. */
static void note_strange(fill *f, const an_page *page) {
  for (size_t i = 0; i < f->note->count && f->strange < STRANGE; i++) {
    source *s = &f->note->sources[i];
    if (same_url(page, s) || (page->url.size == 0 && same_name(page->path, s->cells[PATH]))) s->differs = true;
  }
  f->strange++;
}

/* The page goes by what the note says of it. */
static bool keep(void *ctx, an_page *page) {
  fill *f = ctx;
  source *found = find_source(f->note, page);
  if (found == NULL) {
    note_strange(f, page);
    return false;
  }
  found->claimed = true;
  f->read++;
  page->url = text_of(found->cells[URL]);
  page->path = text_of(found->cells[PATH]);
  page->offset = strtoull(found->cells[OFFSET], NULL, 10);
  page->length = strtoull(found->cells[LENGTH], NULL, 10);
  page->record = text_of(found->cells[RECORD]);
  page->fetched_stamp = text_of(found->cells[FETCHED]);
  page->fetched = page->given = (an_days){AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST, 0};
  an_days_parse(page->fetched_stamp, &page->fetched);
  an_days_parse(text_of(found->cells[GIVEN]), &page->given);
  return true;
}

static an_status take(void *ctx, const an_reading *reading, an_error *err) { return an_record_add(((fill *)ctx)->record, reading, err); }

static void complain(void *ctx, const an_error *what) {
  (void)ctx;
  cli_warn("%s", what->message);
}

/* The record of the pages; false: told. */
static bool read_record(fill *f, const fill_args *args, const an_engine *engine, const char *path) {
  const an_record_options options = {0};
  an_record_counts counts;
  uint32_t wrong = 0;
  bool broken = true;
  if (an_record_begin(path, engine, &options, &f->record, &f->err) != AN_OK ||
      (args->corrections != NULL && an_record_correct(f->record, args->corrections, complain, NULL, &wrong, &f->err) != AN_OK)) {
    cli_fail(&f->err);
    return false;
  }
  f->unread = cli_read_pages(engine, &args->common, args->paths, args->count, keep, take, f, &broken) == CLI_FAILED;
  if (f->unread && f->read == 0) return false;
  if (!broken && an_record_finish(f->record, NULL, &counts, &f->err) != AN_OK) {
    cli_fail(&f->err);
    broken = true;
  }
  return !broken;
}

/* ---- Lines ------------------------------------------------------------------------------------------------------ */

static bool map_file(int file, bytes *out) {
  struct stat found;
  *out = (bytes){"", 0};
  if (fstat(file, &found) != 0) return false;
  if (found.st_size == 0) return true;
  void *at = mmap(NULL, (size_t)found.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  if (at == MAP_FAILED) return false;
  *out = (bytes){at, (size_t)found.st_size};
  return true;
}

static void unmap(bytes mapped) {
  if (mapped.size > 0) munmap((void *)(uintptr_t)mapped.at, mapped.size);
}

static bool next_line(bytes *rest, bytes *out) { /* with its end */
  if (rest->size == 0) return false;
  const char *end = memchr(rest->at, '\n', rest->size);
  size_t size = end == NULL ? rest->size : (size_t)(end - rest->at) + 1;
  *out = (bytes){rest->at, size};
  *rest = (bytes){rest->at + size, rest->size - size};
  return true;
}

static int compare_bytes(bytes a, bytes b) {
  int order = memcmp(a.at, b.at, a.size < b.size ? a.size : b.size);
  return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int by_bare(const void *a, const void *b) {
  const pair *x = a, *y = b;
  int order = compare_bytes(x->bare, y->bare);
  return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static size_t count_lines(bytes text) {
  size_t count = 0;
  for (bytes line; next_line(&text, &line);) count++;
  return count;
}

static pair *pair_lines(bytes bare, bytes full, size_t *count) {
  size_t room = count_lines(bare) + 1;
  pair *lines = calloc(room, sizeof *lines);
  for (*count = 0; lines != NULL && *count < room && next_line(&bare, &lines[*count].bare) && next_line(&full, &lines[*count].full); ++*count)
    lines[*count].order = *count;
  if (lines != NULL) qsort(lines, *count, sizeof *lines, by_bare);
  return lines;
}

/* The first line that looks so without its words and was not given out yet: the first of a run knows how many were. */
static pair *find_line(pair *lines, size_t count, bytes bare) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compare_bytes(lines[middle].bare, bare) < 0) low = middle + 1;
    else high = middle;
  }
  if (low == count || compare_bytes(lines[low].bare, bare) != 0) return NULL;
  pair *found = lines + low + lines[low].given;
  if (found >= lines + count || compare_bytes(found->bare, bare) != 0) return NULL;
  lines[low].given++;
  return found;
}

typedef struct filled { uint64_t lines, of; } filled;

static filled write_lines(pair *lines, size_t count, bytes export, FILE *to) {
  filled got = {0, 0};
  for (bytes bare; next_line(&export, &bare); got.of++) {
    pair *found = find_line(lines, count, bare);
    const bytes *out = found != NULL ? &found->full : &bare;
    got.lines += found != NULL;
    fwrite(out->at, 1, out->size, to);
  }
  return got;
}

static bool export_to(fill *f, bool no_text, FILE *to, bytes *out) {
  an_export_options options = f->note->options;
  options.no_text = no_text;
  options.threads = cli_processors();
  /* A story that is not formed of the pages that are here has no line. */
  an_status status = an_record_export(f->record, &options, cli_write, to, NULL, &f->err);
  if (status != AN_OK && (status != AN_ERR_USAGE || options.story == NULL)) return false;
  return fflush(to) == 0 && map_file(fileno(to), out);
}

/* Writes to standard output, or to a file that is whole or not there; false: told. */
static bool write_to(const fill_args *args, pair *lines, size_t count, bytes export, filled *got) {
  char part[PATH_MAX];
  if (args->output == NULL) {
    *got = write_lines(lines, count, export, stdout);
    return true; /* cli_end looks at it */
  }
  FILE *to = snprintf(part, sizeof part, "%s.part", args->output) < PATH_MAX ? fopen(part, "w") : NULL;
  bool well = to != NULL;
  if (well) {
    *got = write_lines(lines, count, export, to);
    well = ferror(to) == 0;
    well = fclose(to) == 0 && well && rename(part, args->output) == 0;
  }
  if (!well) {
    cli_warn("cannot write %s: %s", args->output, strerror(errno));
    if (to != NULL) unlink(part);
  }
  return well;
}

/* Both exports of the record, paired line by line; NULL: told. */
static pair *read_lines(fill *f, FILE *bare, FILE *full, bytes maps[2], size_t *count) {
  if (bare == NULL || full == NULL || !export_to(f, true, bare, &maps[0]) || !export_to(f, false, full, &maps[1])) {
    if (f->err.status != AN_OK) cli_fail(&f->err);
    else cli_warn("cannot write a temporary file: %s", strerror(errno));
    return NULL;
  }
  if (count_lines(maps[0]) != count_lines(maps[1])) {
    cli_warn("a name or a text of the pages has a line end in it, so that lines cannot be set beside each other");
    return NULL;
  }
  pair *lines = pair_lines(maps[0], maps[1], count);
  if (lines == NULL) cli_warn("no memory for %zu lines", *count);
  return lines;
}

static bool write_filled(fill *f, const fill_args *args, filled *got) {
  FILE *bare = tmpfile(), *full = tmpfile(), *export = fopen(args->export, "r");
  bytes maps[2] = {{"", 0}, {"", 0}}, given = {"", 0};
  size_t count = 0;
  pair *lines = read_lines(f, bare, full, maps, &count);
  bool well = lines != NULL;
  if (well && (export == NULL || !map_file(fileno(export), &given))) {
    cli_warn("cannot read %s: %s", args->export, strerror(errno));
    well = false;
  }
  well = well && write_to(args, lines, count, given, got);
  free(lines);
  unmap(maps[0]);
  unmap(maps[1]);
  unmap(given);
  if (bare != NULL) fclose(bare);
  if (full != NULL) fclose(full);
  if (export != NULL) fclose(export);
  return well;
}

/* ---- The report --------------------------------------------------------------------------------------------------- */

static void name_pages(const note *n, bool differs, const char *what) {
  size_t count = 0;
  for (size_t i = 0; i < n->count; i++) count += !n->sources[i].claimed && n->sources[i].differs == differs;
  if (count == 0) return;
  cli_warn("%zu of %zu pages %s:", count, n->count, what);
  size_t shown = 0;
  for (size_t i = 0; i < n->count && shown < NAMED; i++) {
    const source *s = &n->sources[i];
    if (s->claimed || s->differs != differs) continue;
    cli_warn("  %s (sha256 %.12s…)", s->cells[s->cells[URL][0] != '\0' ? URL : PATH], s->cells[SHA256]);
    shown++;
  }
  if (count > shown) cli_warn("  and %zu more", count - shown);
}

static int by_path(const void *a, const void *b) { return strcmp(((const source *)a)->cells[PATH], ((const source *)b)->cells[PATH]); }

static int report(const fill *f, filled got) {
  if (f->note->count > 1) qsort(f->note->sources, f->note->count, sizeof *f->note->sources, by_path);
  name_pages(f->note, true, "have other bytes than those that were read");
  name_pages(f->note, false, "were not given");
  if (f->strange > 0) cli_warn("%llu pages given are none of the export's", (unsigned long long)f->strange);
  cli_warn("%llu of %llu lines filled%s", (unsigned long long)got.lines, (unsigned long long)got.of,
           got.lines < got.of ? "; the others stand as they were" : "");
  return f->unread ? CLI_FAILED : got.lines < got.of ? CLI_PROBLEMS : CLI_WELL;
}

/* ---- The command --------------------------------------------------------------------------------------------------- */

static error_t option(int key, char *arg, struct argp_state *state) {
  fill_args *args = state->input;
  switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &args->common; return 0;
    case 'o': args->output = arg; return 0;
    case 'C': args->corrections = arg; return 0;
    case ARGP_KEY_ARGS:
      args->export = state->argv[state->next];
      args->paths = (const char **)(state->argv + state->next + 1);
      args->count = (size_t)(state->argc - state->next) - 1;
      return 0;
    case ARGP_KEY_END:
      if (args->export == NULL) argp_error(state, "no export given");
      if (args->count == 0) argp_error(state, "no page given: the export's pages, or the folder or WARC file that holds them");
      return 0;
    default: return ARGP_ERR_UNKNOWN;
  }
}

static bool made_with_this(const note *n, const an_engine *engine) {
  char stamp[STAMP_SIZE + 1];
  snprintf(stamp, sizeof stamp, "%016llx", (unsigned long long)an_engine_stamp(engine));
  if (strcmp(stamp, n->stamp) == 0) return true;
  cli_warn("the export was made with data %s, and this is %s: words are restored by the annals and the options (--threshold, --actors, …) that made it",
           n->stamp[0] == '\0' ? "of no stamp" : n->stamp, stamp);
  return false;
}

static void remove_record(const char *dir, const char *record) {
  static const char *const ends[] = {"", "-wal", "-shm", ".lock", "-journal"};
  char path[PATH_MAX + 16];
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    snprintf(path, sizeof path, "%s%s", record, ends[i]);
    unlink(path);
  }
  rmdir(dir);
}

static int fill_with(note *n, const fill_args *args, const an_engine *engine) {
  const char *temporary = getenv("TMPDIR");
  char dir[PATH_MAX - 16], record[PATH_MAX];
  fill f = {.note = n};
  filled got = {0, 0};
  snprintf(dir, sizeof dir, "%s/annals-fill-XXXXXX", temporary != NULL && temporary[0] != '\0' ? temporary : "/tmp");
  if (mkdtemp(dir) == NULL) {
    cli_warn("cannot make the folder %s: %s", dir, strerror(errno));
    return CLI_FAILED;
  }
  snprintf(record, sizeof record, "%s/record.db", dir);
  bool well = read_record(&f, args, engine, record) && write_filled(&f, args, &got);
  an_record_close(f.record);
  remove_record(dir, record);
  return well ? report(&f, got) : CLI_FAILED;
}

int cli_fill(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"output", 'o', "FILE", 0, "Write FILE in place of standard output", 0},
      {"corrections", 'C', "FILE", 0, "The corrections that the record had", 0},
      {0}};
  static const struct argp_child children[] = {{&cli_pages_argp, 0, NULL, 0}, {0}};
  static const struct argp argp = {options, option, "EXPORT PAGE...",
    "Restores the words of EXPORT, which `annals export --no-text -o EXPORT` wrote with EXPORT.note, out of its pages: they are known by "
    "their checksums, wherever they lie.\vA line is filled when the pages, read again, give the same line. Pages of which other bytes are "
    "there, and pages that are missing, are named; what rests on them stands as it was, and the exit status is 1.", children, NULL, NULL};
  fill_args args = {0};
  note n = {0};
  an_engine *engine = NULL;
  int code = CLI_FAILED;
  cli_arguments(&argp, argc, argv, &args);
  if (read_note(args.export, &n) && cli_engine_open(&args.common, true, &engine) && made_with_this(&n, engine)) code = fill_with(&n, &args, engine);
  an_engine_close(engine);
  free(n.sources);
  free(n.text);
  return cli_end(code);
}
