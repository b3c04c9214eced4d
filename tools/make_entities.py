#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write src/page/entity_table.h: the named character references of the HTML standard (Python's html.entities holds the list).

    tools/make_entities.py > src/page/entity_table.h
"""
from html.entities import html5

names = sorted(html5, key=lambda n: n.encode())
print("""/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/make_entities.py from the HTML standard's list of named character references. Sorted by bytes. Names
   without ';' are those that the standard accepts so. */
typedef struct entity { char name[33]; uint8_t size; uint32_t code, second; } entity;
static const entity entities[] = {""")
line = " "
for name in names:
    codes = [ord(c) for c in html5[name]] + [0]
    row = '{"%s", %d, %d, %d}' % (name, len(name), codes[0], codes[1])
    if len(line) + len(row) > 112:
        print(line)
        line = " "
    line += " " + row + ","
print(line + "\n};")
print("""/* Index of the first name whose first letter is not before 'A' + i. */
static const uint16_t first_entity[59] = {""")
firsts = [sum(name[0] < chr(letter) for name in names) for letter in range(ord("A"), ord("z") + 2)]
for i in range(0, len(firsts), 20):
    print("  " + ", ".join(map(str, firsts[i : i + 20])) + ",")
print("};")
