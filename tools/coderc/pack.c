/* SPDX-License-Identifier: Apache-2.0 */
/* From weights to the sections of coder.an. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "learn.h"

/* Whole numbers of 16 bits, and what one is worth. Weights over the limit of 8 are cut. */
static int16_t *whole(const float *from, size_t count, float *scale) {
  int16_t *to = must(malloc((count + 1) * sizeof *to));
  *scale = 1.0f / 4096.0f;
  for (size_t i = 0; i < count; i++) {
    float v = from[i] * 4096.0f;
    v = v > 32767.0f ? 32767.0f : v < -32767.0f ? -32767.0f : v;
    to[i] = (int16_t)(v + (v < 0 ? -0.5f : 0.5f));
  }
  return to;
}

static void add_name(an_buf *to, an_text name) {
  uint32_t size = name.size;
  an_buf_add(to, &size, sizeof size);
  an_buf_add(to, name.at, name.size);
}

bool coder_pack(const char *path, const examples *all, const coder_weights *w, const uint16_t *trust) {
  struct { uint32_t number[6]; float scale[2]; } about = {
      {all->version, all->vectors.size, w->hidden, all->vectors.places, w->types, w->modes}, {0, 0}};
  size_t rows = (size_t)w->types << CLASSIFIER_ROWS, mode_rows = (size_t)w->modes << CLASSIFIER_MODE_ROWS, places = all->vectors.places;
  int16_t *whole_rows = whole(w->rows, rows, &about.scale[0]), *whole_modes = whole(w->mode_rows, mode_rows, &about.scale[1]);
  an_buf types, modes;
  an_buf_init(&types, 1 << 16);
  an_buf_init(&modes, 1 << 16);
  for (uint32_t t = 0; t < all->coder->type_count; t++) add_name(&types, all->coder->types[t].name);
  add_name(&types, AN_LIT("none"));
  for (uint32_t m = 0; m < w->modes; m++) add_name(&modes, all->mode_name[m]);
  const an_section_out sections[] = {
      {"about", &about, sizeof about}, {"types", types.at, types.size}, {"modes", modes.at, modes.size}, {"rows", whole_rows, rows * 2},
      {"moderows", whole_modes, mode_rows * 2}, {"wordkeys", all->vectors.key, places * 8}, {"wordrank", all->vectors.weight, places},
      {"vectors", all->vectors.at, places * all->vectors.size}, {"first", w->first, (size_t)w->in * w->hidden * 4},
      {"firstadd", w->first_add, (size_t)w->hidden * 4}, {"second", w->second, (size_t)w->hidden * w->types * 4},
      {"typeadd", w->type_add, (size_t)w->types * 4}, {"third", w->third, (size_t)w->hidden * w->modes * 4},
      {"trust", trust, CLASSIFIER_TRUST * 2}};
  an_error err = {0};
  bool well = !types.failed && !modes.failed &&
              an_datafile_write(path, AN_CLASSIFIER_KIND, AN_CLASSIFIER_LAYOUT, all->checksum, sections, sizeof sections / sizeof *sections, &err) == AN_OK;
  if (!well) fprintf(stderr, "coderc: %s\n", err.message);
  free(whole_rows);
  free(whole_modes);
  an_buf_free(&types);
  an_buf_free(&modes);
  return well;
}
