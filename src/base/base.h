/* SPDX-License-Identifier: Apache-2.0 */
/* base: what every room stands on. Each header below is one idea; include this one.

   Always holds: nothing here reads clock, locale or environment, prints, exits or recurses on input.
   Memory comes from an arena with a budget; running out is a status (AN_ERR_LIMIT or AN_ERR_MEMORY), never a crash. */
#ifndef AN_BASE_H
#define AN_BASE_H
#include "annals.h"

#include "base/error.h"
#include "base/arena.h"
#include "base/text.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/day.h"
#include "base/json.h"
#include "base/datafile.h"
#include "base/tsv.h"
#include "base/trace.h"
#endif
