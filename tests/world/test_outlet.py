#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who publishes a page that no metadata and no address says it of: small pages of our own, and the name that a reading must give."""
import json
import os
import subprocess
import sys
import tempfile

ANNALS = os.environ['ANNALS']
STORY = '''Farmers blocked the lagoon road in Togo on Monday to ask for a higher price of maize, and police kept them away from the market.
The ministry of agriculture said that it would talk to the farmers on Tuesday. "We shall listen," the minister told the radio.
The farmers said they would go home when they had heard an answer, and that the road would be open for ambulances until then.
Buses turned round at the bridge. The market in Lomé was half empty, and traders asked for more than they had asked a week before.'''
HTML = '''<html><head><title>%s</title></head><body><table><tr><td><b>%s</b></td><td>EN | FR</td></tr></table>
<h2>Farmers block the lagoon road</h2>%s<p>&copy; All rights reserved</p></body></html>'''
LINES = '\n'.join('<p>%s</p>' % line for line in STORY.split('\n'))
TEXT = '%s\nNews | Market | Sport\nFarmers block the lagoon road\n%s\n%s\n'
CASES = [ # what, suffix, page, name
    ('capitals that another line repeats', 'txt', TEXT % ('LAGOON PATRIOT', STORY, 'Listen live: Radio Lagoon Patriot 94.4'), 'LAGOON PATRIOT'),
    ('a last line that begins so', 'txt', TEXT % ('Lagoon Matters', STORY, 'Lagoon Matters is edited in Aného.'), 'Lagoon Matters'),
    ('nothing repeats it', 'txt', TEXT % ('LAGOON MATTERS', STORY, 'Write to the editors'), None),
    ('a menu', 'txt', TEXT % ('Latest Offers', STORY, 'Get our latest offers every day'), None),
    ('the long name of the short one', 'html', HTML % ('LAGTA - Farmers block the lagoon road', 'LAGOON TELEGRAPH AGENCY', LINES), 'LAGOON TELEGRAPH AGENCY'),
    ('a short name of another', 'html', HTML % ('LAGTA - Farmers block the lagoon road', 'MARKET AND HARBOUR NEWS', LINES), 'LAGTA'),
]


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for i, (what, suffix, page, name) in enumerate(CASES):
            path = os.path.join(folder, '%02d.%s' % (i, suffix))
            with open(path, 'w', encoding='utf-8') as f:
                f.write(page)
            reading = json.loads(subprocess.run([ANNALS, 'read', path], capture_output=True, text=True, check=False).stdout)
            found = reading['outlet'] and reading['outlet']['name']
            if found != name:
                print('%s: wants %s, is %s' % (what, name, found))
                wrong += 1
    return wrong


if __name__ == '__main__':
    sys.exit(1 if main() else 0)
