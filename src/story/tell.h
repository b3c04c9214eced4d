/* SPDX-License-Identifier: Apache-2.0 */
/* The last step of a story: what was found becomes the public an_story. */
#ifndef AN_STORY_TELL_H
#define AN_STORY_TELL_H
#include "story/parts.h"

bool st_tell(st_story *story, an_story *out);   /* false: the budget is spent */
#endif
