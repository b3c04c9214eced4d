#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a row may call agreed. A third report that may give another number of the thing that two agree on: the row shows it and does
not say "agree"; where it is surely of that thing, the three are in conflict (alike_row.c). Two reports that tell one act alike are not quoted with the numbers, days and places that it comes with (compare_clause.c),
an act that they count otherwise has no row but that of the counts (compare.c), and one that a third report perhaps tells otherwise has none. What one tells by a verb
another may tell by a noun (deeds.c).

    ANNALS=... ANNALS_DATA=... python3 tests/story/test_agreed.py"""
import json
import os
import subprocess
import tempfile

ANNALS, DATA = os.environ["ANNALS"], os.environ["ANNALS_DATA"]
LEAD = "The ministers of Kenya and Tanzania met in Arusha on Tuesday to settle the quarrel over the Lunga Lunga crossing. "
PAGES = [
    LEAD + "After the talks the two ministers signed twelve agreements on customs and cattle, the Kenyan ministry said.",
    LEAD + "Kenya and Tanzania signed twelve agreements on customs and cattle, a spokesman in Dodoma said.",
]
OTHER, ELSE = "Nine papers were ready by the evening.", "About 300 cows stood on the road to the border."
MORE = "Nine agreements were ready by the evening."
BRIDGE = "The flood of the Lunga river damaged the wooden bridge of the cattle drovers over %s on Sunday, villagers recall."
ARRESTED = "Kenyan police arrested %s smugglers near Lunga Lunga on Tuesday."
BLOCKED = ("Fishermen of the lake blocked the harbour of Kisumu with their boats on Monday in anger over the new tax.",
           "The port of Kisumu was shut off by boats of angry fishermen on Monday.")
AMBUSH = "Gunmen ambushed an army convoy near Lunga Lunga on Monday.", "The road has been closed since the ambush of an army convoy near Lunga Lunga on Monday."
SATURDAY = "Kisumu's harbour has been closed by boats of fishermen since Saturday."


def rows(pages, kind):
    """Verdict and quoted words of each row of that kind."""
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, "%d.txt" % i) for i in range(len(pages))]
        meta, record, join = (os.path.join(folder, name) for name in ("meta.tsv", "r.db", "join.tsv"))
        with open(meta, "w", encoding="utf-8") as f:
            f.write("path\turl\toutlet\tpublished\n" + "".join("%s\thttps://%d.example/1\tOutlet %d\t2024-03-06\n" % (name, i, i) for i, name in enumerate(files)))
        for name, text in zip(files, pages):
            with open(name, "w", encoding="utf-8") as f:
                f.write("Kenya and Tanzania sign papers in Arusha\n\n%s\n" % text)
        with open(join, "w", encoding="utf-8") as f:
            f.write("id\tfield\tvalue\twho\n" + "".join("%s\tjoin\t%s\ttest\n" % (files[0], name) for name in files[1:]))
        subprocess.run([ANNALS, "build", "--data", DATA, "--meta", meta, "--corrections", join, *files, "-o", record], capture_output=True)
        out = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], check=True, capture_output=True, text=True).stdout
        return [(c["verdict"], [v["text"] for v in c["values"]]) for line in out.splitlines() for c in json.loads(line)["comparisons"] if c["kind"] == kind]


found = rows(PAGES + [LEAD + OTHER], "quantity")
assert [(v, len(texts)) for v, texts in found] == [("unclear", 3)], found
found = rows(PAGES + [LEAD + MORE], "quantity")
assert [(v, len(texts)) for v, texts in found] == [("conflict", 3)], found
found = rows(PAGES + [LEAD + ELSE], "quantity")
assert [(v, len(texts)) for v, texts in found] == [("agree", 2)], found

for n, m, told in ((30, 30, True), (30, 70, False)):
    found = rows([LEAD + ARRESTED % n, LEAD + ARRESTED % m], "occurrence")
    assert (("agree", ["arrested", "arrested"]) in found) == told, found
found = rows([LEAD + BRIDGE % length for length in ("sixty metres", "its whole length")], "occurrence")
assert ("agree", 2 * ["The flood of the Lunga river damaged the wooden bridge of the cattle drovers"]) in found, found
for third, told in ((ELSE, True), (SATURDAY, False)):
    found = rows([LEAD + text for text in (*BLOCKED, third)], "occurrence")
    assert any("Kisumu" in text for _, texts in found for text in texts) == told, found
found = rows([LEAD + text for text in AMBUSH], "occurrence")
assert ("agree", ["Gunmen ambushed an army convoy", "ambush of an army convoy"]) in found, found
assert not any("crossing" in text for _, texts in found for text in texts), found  # both name it, and tell nothing of it
