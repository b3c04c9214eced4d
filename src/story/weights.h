/* SPDX-License-Identifier: Apache-2.0 */
/* What each term of score.c weighs. Written by tests/story/fit_pairs.py --write: logistic regression over the pairs of all sets whose stories are known
   (of those halves that may be looked at), in log odds. By hand are those of acts and days apart, which stand on few pairs there, and that of pages
   without a day: news of one campaign is alike for months, and without a day nothing else says so (PolNeAR, docs/accuracy.md). */
static const double WEIGHTS[ST_TERMS] = {
  [ST_WORDS] = 2.666, [ST_CONTAINED] = 2.837, [ST_HEAD] = 3.920, [ST_NUMBERS] = 1.856, [ST_COUNTED_ALIKE] = 2.348,
  [ST_ACT_KIND] = 0.722, [ST_WEEKDAY_SAME] = 0.186, [ST_WEEKDAY_OTHER] = -2.115, [ST_UNDATED] = -1.500, [ST_ACT_APART] = -1.000,
  [ST_PLACES_APART] = -0.436, [ST_FAR_DAYS] = -0.600, [ST_TITLE] = 2.317};
#define BIAS (-6.267)
