/* SPDX-License-Identifier: Apache-2.0 */
/* What each term of score.c weighs. Written by tests/story/fit_pairs.py --write: logistic regression over the pairs of our own sets whose stories are known
   (of those halves that may be looked at) and of data/compared, in log odds. By hand are those of acts and days apart, which stand on few pairs there, that of pages
   without a day: news of one campaign is alike for months, and without a day nothing else says so (PolNeAR, docs/accuracy.md), and BIAS. */
static const double WEIGHTS[ST_TERMS] = {
  [ST_WORDS] = 4.420, [ST_CONTAINED] = 2.828, [ST_HEAD] = 6.575, [ST_NUMBERS] = 2.104, [ST_COUNTED_ALIKE] = 1.546,
  [ST_ACT_KIND] = 0.118, [ST_WEEKDAY_SAME] = 0.118, [ST_WEEKDAY_OTHER] = -0.881, [ST_UNDATED] = -1.500, [ST_ACT_APART] = -1.000,
  [ST_PLACES_APART] = -1.462, [ST_FAR_DAYS] = -0.600, [ST_TITLE] = 2.137};
#define BIAS (-8.000)
