/* SPDX-License-Identifier: Apache-2.0 */
/* What every unit test includes: cmocka with the headers that it wants before it, and two ways to compare text. */
#ifndef AN_TESTS_UNIT_H
#define AN_TESTS_UNIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

#define assert_text(text, z)                                                                                       \
  do {                                                                                                             \
    an_text got_ = (text);                                                                                         \
    if (!an_text_is(got_, (z))) fail_msg("\"%.*s\" found, \"%s\" wanted", (int)got_.size, got_.at == NULL ? "" : got_.at, (z)); \
  } while (0)
#define assert_bytes(buf, z) assert_text(((an_text){(buf).at == NULL ? "" : (buf).at, (uint32_t)(buf).size}), (z))
#endif
