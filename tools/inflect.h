/* SPDX-License-Identifier: Apache-2.0 */
/* Regular inflection of English, forwards: from "stop" to "stops", "stopped", "stopping". `out` has room for strlen(word) + 8. */
#ifndef AN_TOOLS_INFLECT_H
#define AN_TOOLS_INFLECT_H
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static inline bool inflect_vowel(char c) { return c != '\0' && strchr("aeiou", c) != NULL; }

/* One syllable, one vowel, one consonant: "stop". */
static inline bool inflect_doubles(const char *w, size_t n) {
  size_t vowels = 0;
  for (size_t i = 0; i < n; i++) vowels += inflect_vowel(w[i]) || (w[i] == 'y' && i > 0);
  return n > 2 && vowels == 1 && !inflect_vowel(w[n - 1]) && inflect_vowel(w[n - 2]) && strchr("wxyh", w[n - 1]) == NULL;
}

static inline void inflect_s(const char *w, char *out) {
  size_t n = strlen(w);
  bool hiss = strchr("sxz", w[n - 1]) != NULL || (n > 1 && w[n - 1] == 'h' && strchr("cs", w[n - 2]) != NULL) ||
              (w[n - 1] == 'o' && !inflect_vowel(w[n - 2]));
  if (w[n - 1] == 'y' && !inflect_vowel(w[n - 2]))
    sprintf(out, "%.*sies", (int)n - 1, w);
  else
    sprintf(out, hiss ? "%ses" : "%ss", w);
}

/* tail: "ed", "er", "est", "ing" */
static inline void inflect_tail(const char *w, const char *tail, char *out) {
  size_t n = strlen(w);
  bool ing = tail[0] == 'i';
  if (ing && n > 2 && w[n - 1] == 'e' && w[n - 2] == 'i')
    sprintf(out, "%.*sying", (int)n - 2, w);
  else if (w[n - 1] == 'e' && (!ing || strchr("eoy", w[n - 2]) == NULL))
    sprintf(out, "%.*s%s", (int)n - 1, w, tail);
  else if (!ing && w[n - 1] == 'y' && !inflect_vowel(w[n - 2]))
    sprintf(out, "%.*si%s", (int)n - 1, w, tail);
  else if (inflect_doubles(w, n))
    sprintf(out, "%s%c%s", w, w[n - 1], tail);
  else
    sprintf(out, "%s%s", w, tail);
}

#endif
