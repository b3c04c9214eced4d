/* SPDX-License-Identifier: Apache-2.0 */
/* Who published the page: its address and what it says of itself. Credits inside the story are sources, not the outlet. */
#ifndef AN_WORLD_OUTLET_H
#define AN_WORLD_OUTLET_H
#include "world/file.h"

an_status an_outlet_find(const an_world *world, const an_page *page, const an_article *article, an_arena *arena,
                         const an_tracer *trace, an_outlet *out, an_error *err);
#endif
