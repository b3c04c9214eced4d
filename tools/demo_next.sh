#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tools/demo_next.sh PROGRAM RECORD: where the reports of the record's largest story agree and differ, and what to type next.
set -eu
program=$1
record=$2
story=$("$program" show "$record" stories --json | # most pages; of several such, the first
  sed -n 's/.*"story":"\([0-9a-f]\{8\}\).*"pages":"\([0-9]*\)".*/\2 \1/p' | sort -snr -k1,1 | awk 'NR == 1 { print $2 }')
printf '\nWhere the reports of story %s differ:\n\n' "$story"
"$program" show "$record" compare "$story" --table |
  awk 'BEGIN { RS = ""; ORS = "\n\n" } /^=/ { next } shown++ < 5 { print } shown == 6 { print "..." }' # the counts, and four that do not agree
printf 'All of them, what they agree on too: %s show %s compare %s\n\n' "$program" "$record" "$story"
cat <<END
The record is $record. Go on with:
  $program show $record events          every event, who did what to whom
  $program show $record statements      who said what
  $program explain examples/pages/01-harbour-courier.html   why each event, day and speaker of a page came out
  $program export $record --format plover    the same events for other programs
  $program read YOUR-PAGES...                your own pages, a reading a line
END
