/* SPDX-License-Identifier: Apache-2.0 */
/* A year of invented news as digests, made from a stock of sentences of our own and a seed: stories with reports that share facts but not
   words, and with copies. Made without pages, since a hundred thousand of those would measure the parser. */
#ifndef AN_BENCH_NEWS_H
#define AN_BENCH_NEWS_H
#include "story/digest.h"

typedef struct news { uint64_t seed; uint32_t stories, reports; } news;    /* reports: of all stories together */
enum { NEWS_STORIES, NEWS_COPIES, NEWS_CHAIN };
/* Report `index` of `of`, encoded into `buf` (freed by the caller); its path is "STORY/INDEX". kind NEWS_COPIES: all are one page;
   NEWS_CHAIN: each page changes some of the words of the one before. */
an_status news_report(const news *of, int kind, uint32_t index, an_arena *scratch, an_buf *buf, an_error *err);
uint32_t news_story_of(const news *of, uint32_t index);
#endif
