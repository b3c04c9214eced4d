#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tools/demo_next.sh PROGRAM RECORD: the comparison of the record's first story that has one, and what to type next.
set -eu
program=$1
record=$2
"$program" show "$record" compare || true
cat <<END

The record is $record. Go on with:
  $program show $record events                     every event, who told it and where
  $program explain examples/pages/01-harbour-courier.html   why each event, day and speaker of a page came out
  $program export $record --format plover          the same events for other programs
  $program read YOUR-PAGES...                       your own pages, a reading a line
END
