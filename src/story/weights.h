/* SPDX-License-Identifier: Apache-2.0 */
/* What each term of score.c weighs. Written by tests/story/fit_pairs.py --write: logistic regression over the pairs of our own sets whose stories are known
   (of those halves that may be looked at), in log odds. By hand are those of acts and days apart, which stand on few pairs there, and that of pages
   without a day: news of one campaign is alike for months, and without a day nothing else says so (PolNeAR, docs/tried.md). */
static const double WEIGHTS[ST_TERMS] = {
  [ST_WORDS] = 3.793, [ST_CONTAINED] = 4.503, [ST_HEAD] = 3.535, [ST_NAMES] = 1.727, [ST_NAMES_APART] = -1.401,
  [ST_MEANING] = 4.354, [ST_LENGTH] = 1.338, [ST_NUMBERS] = 0.800, [ST_COUNTED_ALIKE] = 0.842, [ST_WEEKDAY_SAME] = 0.645,
  [ST_WEEKDAY_OTHER] = -0.575, [ST_UNDATED] = -1.000, [ST_ACT_APART] = -1.000, [ST_PLACES_APART] = -1.384, [ST_FAR_DAYS] = -0.600};
#define BIAS (-7.515)
