/* SPDX-License-Identifier: Apache-2.0 */
/* Opening english.an. A user's file is untrusted: sizes are checked here once, cells at every read. */
#include "language/model.h"

#include <stdlib.h>

static an_status cut(const char *section, an_error *err) {
  return an_fail(err, AN_ERR_DATA, "language", "%s: section %s is missing or cut; rebuild with: %s", AN_MODEL_FILE, section,
                 AN_MODEL_REBUILD);
}

static an_status open_words(const an_datafile *file, an_hashed *out, an_error *err) {
  an_section pilots = an_datafile_section(file, "wrdpilot"), rows = an_datafile_section(file, "wrdrows");
  if (pilots.size < 2 || pilots.size / 2 > UINT32_MAX) return cut("wrdpilot", err);
  if (rows.size < 8 || rows.size / 8 > UINT32_MAX) return cut("wrdrows", err);
  *out = (an_hashed){
      .pilots = pilots.at, .rows = rows.at, .buckets = (uint32_t)(pilots.size / 2), .slots = (uint32_t)(rows.size / 8)};
  return AN_OK;
}

static void read_tag(an_text name, an_tag_class *out) {
  uint32_t dash = 0;
  while (dash < name.size && name.at[dash] != '-') dash++;
  uint32_t after = dash < name.size ? dash + 1 : dash;
  out->upos = an_upos_of(name.at, dash);
  out->xpos = an_xpos_of(name.at + after, name.size - after);
  out->xpos_name = an_xpos_name_of(name.at + after, name.size - after);
}

static an_status read_names(an_model *model, an_error *err) {
  an_section names = an_datafile_section(&model->file, "names");
  uint32_t at = 0;
  for (uint32_t i = 0; i < model->tag_count + model->label_count; i++) {
    an_text name = an_get_text(names, at);
    if (name.at == NULL) return cut("names", err);
    at += 4 + name.size;
    if (i < model->tag_count)
      read_tag(name, &model->tag[i]);
    else
      model->label[i - model->tag_count] = an_rel_of(name.at, name.size);
  }
  return AN_OK;
}

static an_status read_about(an_model *model, an_error *err) {
  an_section about = an_datafile_section(&model->file, "about");
  if (about.size < 16) return cut("about", err);
  uint32_t version = an_get32(about, 0);
  if (version != AN_FEATURES_VERSION)
    return an_fail(err, AN_ERR_DATA, "language", "%s: features of version %u, this program reads version %d; rebuild with: %s",
                   AN_MODEL_FILE, version, AN_FEATURES_VERSION, AN_MODEL_REBUILD);
  model->tag_count = an_get32(about, 4);
  model->label_count = an_get32(about, 8);
  if (model->tag_count == 0 || model->tag_count > AN_NET_TAGS || model->label_count == 0 || model->label_count > AN_NET_LABELS)
    return cut("about", err);
  return AN_OK;
}

static an_status read_model(an_model *model, an_error *err) {
  AN_TRY(read_about(model, err));
  AN_TRY(read_names(model, err));
  AN_TRY(open_words(&model->file, &model->words, err));
  const char *missing = an_net_open(&model->file, &model->net);
  return missing == NULL ? AN_OK : cut(missing, err);
}

an_status an_model_open(const char *dir, an_model **out, an_error *err) {
  an_model *model = calloc(1, sizeof *model);
  if (model == NULL) return an_fail(err, AN_ERR_MEMORY, "language", "no memory for the model");
  an_status status = an_datafile_open(dir, AN_MODEL_FILE, AN_MODEL_KIND, AN_MODEL_LAYOUT, AN_MODEL_REBUILD, &model->file, err);
  if (status == AN_OK) {
    status = read_model(model, err);
    if (status != AN_OK) an_datafile_close(&model->file);
  }
  if (status != AN_OK) {
    free(model);
    return status;
  }
  *out = model;
  return AN_OK;
}

void an_model_close(an_model *model) {
  if (model == NULL) return;
  an_datafile_close(&model->file);
  free(model);
}

uint64_t an_model_checksum(const an_model *model) { return model->file.checksum; }

uint8_t an_model_usual(const an_model *model, uint64_t form) {
  uint64_t row = an_le64(an_hashed_row(&model->words, form));
  return (uint32_t)row == (uint32_t)form ? (uint8_t)(row >> 32) : AN_TAG_UNKNOWN;
}

an_known an_model_word(const an_model *model, uint64_t lower) {
  uint64_t found = an_le64(an_hashed_row(&model->words, lower));
  if ((uint32_t)found != (uint32_t)lower) return (an_known){.row = AN_NONE};
  uint32_t rest = (uint32_t)(found >> 32), row = rest >> AN_KNOWN_CAN_BITS;
  return (an_known){row == AN_KNOWN_ROW_NONE ? AN_NONE : row, (uint16_t)(rest & ((1u << AN_KNOWN_CAN_BITS) - 1))};
}
