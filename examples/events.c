/* SPDX-License-Identifier: Apache-2.0 */
/* events DATA PAGE: the events of one page, with the bytes that tell them. The smallest use of the library:

     cc events.c $(pkg-config --cflags --libs annals) -o events && ./events /usr/local/share/annals page.html */
#include <annals.h>

#include <stdio.h>
#include <stdlib.h>

static void put(const char *what, const an_party *parties, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    an_text name = parties[i].name.at != NULL ? parties[i].name : parties[i].text;
    printf("%s%.*s", i == 0 ? what : " and ", (int)name.size, name.at == NULL ? "" : name.at);
  }
}

static void show(const an_reading *reading) {
  for (uint32_t i = 0; i < reading->event_count; i++) {
    const an_event *event = &reading->events[i];
    an_span at = event->evidence;
    printf("%.*s", (int)event->type.size, event->type.at);
    put(" by ", event->actors, event->actor_count);
    put(" to ", event->recipients, event->recipient_count);
    printf("\n    %.*s\n", (int)(at.end - at.begin), (const char *)reading->page->bytes + at.begin);
  }
}

static uint8_t *read_file(const char *path, uint32_t *size) {
  FILE *file = fopen(path, "rb");
  uint8_t *bytes = malloc(16u << 20);
  if (file == NULL || bytes == NULL) return NULL;
  *size = (uint32_t)fread(bytes, 1, 16u << 20, file);
  fclose(file);
  return bytes;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fputs("usage: events DATA PAGE\n", stderr);
    return 2;
  }
  an_page page = {.given = {AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST, 0}, .fetched = {AN_DAY_OPEN_EARLIEST, AN_DAY_OPEN_LATEST, 0}};
  page.bytes = read_file(argv[2], &page.size);
  an_options options = {.data_dir = argv[1]};
  an_engine *engine = NULL;
  an_worker *worker = NULL;
  const an_reading *reading;
  an_error err = {.message = "cannot read the page"};
  bool well = page.bytes != NULL && an_engine_open(&options, &engine, &err) == AN_OK &&
              an_worker_open(engine, &worker, &err) == AN_OK && an_read(worker, &page, &reading, &err) == AN_OK;
  if (well) show(reading);
  else fprintf(stderr, "events: %s\n", err.message);
  an_worker_close(worker);
  an_engine_close(engine);
  free((void *)page.bytes);
  return well ? 0 : 1;
}
