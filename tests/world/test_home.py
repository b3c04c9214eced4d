#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""From where a page about two countries is told (src/world/home.c), and whose a role is that a pronoun owns (src/speech/owned.c): small pages
of our own, and the country that a mention on them must have."""
import json
import os
import subprocess
import sys
import tempfile

ANNALS = os.environ['ANNALS']
PAGE = '''<!doctype html><html lang="en"><head><title>%(title)s</title><meta property="og:site_name" content="%(outlet)s"></head><body>
<header><a href="/">%(outlet)s</a> %(head)s</header><article><h1>%(title)s</h1>
%(body)s</article>
<div class="more"><h4>More</h4>%(more)s</div><footer>%(foot)s</footer></body></html>'''
BODY = ['Togo and Ghana closed the bridge on Monday after a night of shooting near the river, and both of them called up reserves.',
        'Ghana has moved two boats up the river, and Togo has moved three; fishermen on both banks spent the day at home.',
        'The army fired back after midnight. Parliament is to meet on Tuesday. Defence Minister Edem Akoto-Vance said the shooting was over.',
        'Ghana promised to look into it. Togo said that it would wait for a reply until the end of the week.']
OWNED = ['Togo, whose navy has stopped two boats on the lagoon since March, called the law an insult on Friday.',
         'Ghana rejected that. It closed the bridge and its army moved guns to the river on Saturday morning.',
         'Benin waited. Chad waited. Niger waited, and so did Mali, for an answer that did not come before the evening.']
CASES = [ # what, outlet, head, more, foot, body, phrase, country
    ('an address', 'Lagoon Ledger', '', '', 'Lagoon Ledger, Harbour Road 5, Lomé. All rights reserved.', BODY, 'army', 'TGO'),
    ('an address', 'Lagoon Ledger', '', '', 'Lagoon Ledger, Ring Road 5, Accra. All rights reserved.', BODY, 'army', 'GHA'),
    ('an address, an office', 'Lagoon Ledger', '', '', 'Lagoon Ledger, Ring Road 5, Accra. All rights reserved.', BODY, 'Edem Akoto-Vance', 'GHA'),
    ('an address, a parliament', 'Lagoon Ledger', '', '', 'Lagoon Ledger, Harbour Road 5, Lomé. All rights reserved.', BODY, 'Parliament', 'TGO'),
    ('right behind the name', 'Lagoon Ledger', 'Accra, every morning', '', 'All rights reserved.', BODY, 'army', 'GHA'),
    ('towns in teasers', 'Kumasi Ledger', '', '<a href="/1">Teachers strike in Tamale</a><p>x</p><a href="/2">Fire in Takoradi market</a>', '', BODY, 'army', 'GHA'),
    ('nothing says so', 'Lagoon Ledger', '', '', 'All rights reserved.', BODY, 'army', None),
    ('an address elsewhere', 'Lagoon Ledger', '', '', 'Lagoon Ledger, Ring Road 5, Nairobi. All rights reserved.', BODY, 'army', None),
    ('an agency abroad', 'Reuters', '', '', 'All rights reserved.', BODY, 'army', None),
    ('whose', 'Lagoon Ledger', '', '', '', OWNED, 'navy', 'TGO'),
    ('its', 'Lagoon Ledger', '', '', '', OWNED, 'army', 'GHA'),
]


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for i, (what, outlet, head, more, foot, body, phrase, country) in enumerate(CASES):
            path = os.path.join(folder, '%02d.html' % i)
            with open(path, 'w', encoding='utf-8') as f:
                f.write(PAGE % dict(title='Bridge stays closed after a night of shooting', outlet=outlet, head=head, more=more, foot=foot, body='\n'.join('<p>%s</p>' % p for p in body)))
            reading = json.loads(subprocess.run([ANNALS, 'read', path], capture_output=True, text=True, check=False).stdout)
            found = [m for m in reading['mentions'] if phrase.lower() in m['text'].lower()]
            if not found or found[0]['country'] != country:
                print('%s: "%s" wants %s: %s' % (what, phrase, country, [(m['text'], m['country'], m['why']) for m in found]))
                wrong += 1
    return wrong


if __name__ == '__main__':
    sys.exit(1 if main() else 0)
