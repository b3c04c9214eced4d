/* SPDX-License-Identifier: Apache-2.0 */
/* Files behind what was named: a folder gives its page files, sorted by name, folders within as they come; hidden files and
   the folders that browsers save beside a page are left out. */
#include "input/inner.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 64 };

/* Names of files in folders that hold pages; what was named by hand is read whatever its name is. */
static const char *const endings[] = {".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", ".warc", ".wet", ".jsonl", ".ndjson", NULL};

static bool ends_in(const char *name, size_t size, const char *ending) {
  size_t n = strlen(ending);
  return size > n && strncasecmp(name + size - n, ending, n) == 0;
}
static bool is_page_name(const char *name) {
  size_t size = strlen(name);
  if (ends_in(name, size, ".gz")) size -= 3;
  else if (ends_in(name, size, ".zst")) size -= 4;
  for (size_t i = 0; endings[i] != NULL; i++)
    if (ends_in(name, size, endings[i])) return true;
  return false;
}

static bool push(path_list *list, char *path) {
  if (path == NULL) return false;
  if (list->count == list->capacity) {
    size_t wider = list->capacity == 0 ? 64 : list->capacity * 2;
    char **at = reallocarray(list->at, wider, sizeof *at);
    if (at == NULL) { free(path); return false; }
    list->at = at;
    list->capacity = wider;
  }
  list->at[list->count++] = path;
  return true;
}

static char *join(const char *folder, const char *name) {
  size_t n = strlen(folder), m = strlen(name);
  bool slash = n > 0 && folder[n - 1] == '/';
  char *path = malloc(n + m + 2);
  if (path == NULL) return NULL;
  memcpy(path, folder, n);
  if (!slash) path[n++] = '/';
  memcpy(path + n, name, m + 1);
  return path;
}

static int backwards(const void *a, const void *b) { return strcmp(*(char *const *)b, *(char *const *)a); }

static int depth_of(const char *path) {
  int depth = 0;
  for (; *path != '\0'; path++) depth += *path == '/';
  return depth;
}

/* The folder of pictures and scripts that a browser saves beside a page: the page's name and, in the browser's language, "files"
   (the list is that of Microsoft's "Connected Files"). "_files" needs no page beside it. */
static bool is_beside_page(const char *folder, const char *name) {
  static const char *const ends[] = {"_archivos", "_arquivos", "_bestanden", "_bylos", "-Dateien", "_datoteke", "_dosyalar", "_elemei", "_failid",
    "_fails", "_fajlovi", "_ficheiros", "_fichiers", "-filer", ".files", "_file", "_fitxategiak", "_fitxers", "_pliki", "_soubory", "_tiedostot", NULL};
  size_t size = strlen(name);
  if (ends_in(name, size, "_files")) return true;
  for (size_t i = 0; ends[i] != NULL; i++) {
    if (!ends_in(name, size, ends[i])) continue;
    char *page = join(folder, name);
    char *longer = page == NULL ? NULL : realloc(page, strlen(page) + sizeof ".html");
    if (longer == NULL) { free(page); return false; }
    char *at = longer + strlen(longer) - strlen(ends[i]);
    memcpy(at, ".html", sizeof ".html");
    bool there = access(longer, F_OK) == 0;
    at[4] = '\0';                                 /* ".htm" */
    there = there || access(longer, F_OK) == 0;
    free(longer);
    return there;
  }
  return false;
}

/* Pushes the entries of a folder, last name first, so that popping gives them sorted. */
static bool push_folder(an_input *input, const char *folder, path_list *todo) {
  DIR *dir = opendir(folder);
  if (dir == NULL) {
    input->counts.failed++;
    input_complain(input, AN_ERR_IO, "%s: %s", folder, strerror(errno));
    return true;
  }
  size_t first = todo->count;
  bool well = true;
  for (const struct dirent *e = readdir(dir); e != NULL && well; e = readdir(dir)) {
    if (e->d_name[0] == '.' || is_beside_page(folder, e->d_name)) continue;
    well = push(todo, join(folder, e->d_name));
  }
  closedir(dir);
  if (todo->count > first) qsort(todo->at + first, todo->count - first, sizeof *todo->at, backwards);
  return well;
}

/* One entry of a folder: a folder is opened, a page file kept, anything else passed over. Takes `path`. */
static bool take_entry(an_input *input, char *path, int top, path_list *todo, path_list *out) {
  struct stat st;
  bool well = true, link = lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
  if (stat(path, &st) != 0) {
    input->counts.failed++;
    input_complain(input, AN_ERR_IO, "%s: %s", path, strerror(errno));
  } else if (S_ISDIR(st.st_mode)) {
    if (!link && depth_of(path) - top < DEEPEST) well = push_folder(input, path, todo);   /* links to folders could go round */
  } else if (S_ISREG(st.st_mode) && is_page_name(path)) {
    out->bytes += (uint64_t)st.st_size;
    return push(out, path);
  } else {
    input->counts.skipped_name++;
  }
  free(path);
  return well;
}

bool walk_path(an_input *input, const char *path, path_list *out) {
  struct stat st;
  if (strcmp(path, "-") == 0) { out->unknown = true; return push(out, strdup(path)); }
  if (stat(path, &st) != 0) {
    input->counts.failed++;
    input_complain(input, AN_ERR_IO, "%s: %s", path, strerror(errno));
    return true;
  }
  if (!S_ISDIR(st.st_mode)) {
    if (S_ISREG(st.st_mode)) out->bytes += (uint64_t)st.st_size; else out->unknown = true;
    return push(out, strdup(path));
  }
  path_list todo = {0};
  size_t before = out->count;
  uint64_t failed = input->counts.failed;
  bool well = push_folder(input, path, &todo);
  while (well && todo.count > 0) well = take_entry(input, todo.at[--todo.count], depth_of(path), &todo, out);
  while (todo.count > 0) free(todo.at[--todo.count]);
  free(todo.at);
  if (well && out->count == before && input->counts.failed == failed) {
    input->counts.failed++;
    input_complain(input, AN_ERR_IO, "%s: the folder holds no page (.html, .txt, .warc, .jsonl, also .gz and .zst)", path);
  }
  return well;
}
