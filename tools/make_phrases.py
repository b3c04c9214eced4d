#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes labelled sentences of the phrases of data/examples/phrases.txt (its head tells their form).

    tools/make_phrases.py data/examples/phrases.txt >data/examples/m.tsv

Each phrase gives one sentence, with parties of chance and a day, a reason or whoever told it; half of them stand beside an act of somebody else,
which the classifier has to leave alone. The chance is that of the phrase's own text, so a phrase that is added changes no other sentence.
A sentence that by chance comes near one of the sets that only measure (tools/check_examples.py) is drawn again, where they stand beside the repository.
"""
import collections
import importlib.util
import pathlib
import random
import re
import sys

BESIDE = 0.5   # share of sentences with an act of somebody else in them
PAST = set("""met held took said gave made sent told put went broke cut set let fought shot hit beat fell threw began came stood spoke sold bought left rose
struck drove won lent blew ran rang sat wore paid quit withdrew found kept fed sought swore shut led laid bowed wrote bade built dug got lost saw stole
stuck swept spent rode flew hid sank crept clung overthrew overran forgave forbade tore upheld caught brought fled slit burst split lit sewed dared
was were is are has had does will would may could and drew withheld chose shone held bled bound overrode slew did broadcast""".split())


def read(path):
    ways, usual, phrases, countries, code = collections.defaultdict(list), {}, [], [], None
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and line[2:].split()[0].isupper():
            code = line[2:]
        elif line.startswith("@country "):
            countries.append(tuple(line[9:].split("|")))
        elif line.startswith("@ "):
            side, kinds, of = line[2:].split(" ", 2)
            usual[side, of] = kinds
        elif line.startswith("@"):
            name, weight, way = line[1:].split(" ", 2)
            ways[name].append((float(weight), way))
        elif line and not line.startswith("#"):
            phrases.append((code, line))
    return ways, usual, phrases, countries


class Maker:
    def __init__(self, path):
        self.ways, self.usual, self.phrases, self.countries = read(path)
        self.others = [p for p in self.phrases if p[1].startswith("S ") and tells_the_past(p[1])]

    def way(self, r, name, country):
        """One of the ways to name something, with its choices made."""
        at = r.random() * sum(w for w, _ in self.ways[name])
        for weight, text in self.ways[name]:
            at -= weight
            if at < 0:
                break
        text = re.sub(r"\(([^()]*)\)", lambda m: r.choice(m.group(1).split("|")), text)
        text = text.replace("{name}", country[0]).replace("{adj}", country[1])
        return text.replace("{who}", self.way(r, "who", country)) if "{who}" in text else text

    def kind_of(self, r, side, code):
        kinds = self.usual.get((side, code)) or self.usual.get((side, code.split()[0])) or "s"
        return r.choice(kinds)

    def clause(self, r, code, phrase, marked):
        home, abroad = r.sample(self.countries, 2)
        targets = list(re.finditer(r"\bT([a-z]?)\b(?![’.]?[A-Za-z])", phrase))   # one is marked: the one of any kind, else the first
        target = min(targets, key=lambda m: (bool(m.group(1)), m.start())).start() if targets else -1

        def party(m):
            side, kind = m.group(1), m.group(2) or self.kind_of(r, m.group(1), code)
            country = home if side == "S" else abroad
            if side == "T" and kind in "cpolm" and r.random() < .75:
                country = home       # people are mostly dealt with by their own state
            if side == "S" and kind == "c" and r.random() < .7:
                country = abroad
            text = self.way(r, kind, country)
            return f"<{side.lower()}>{text}</{side.lower()}>" if marked and (side == "S" or m.start() == target) else text
        return re.sub(r"\b([ST])([a-z]?)\b(?![’.]?[A-Za-z])", party, phrase)

    def sentence(self, code, phrase, attempt):
        r = random.Random(f"{code}|{phrase}|{attempt}")
        this = self.clause(r, code, phrase, True)
        if not tells_the_past(phrase):
            return capital(this)     # a headline
        chance = r.random()
        if r.random() < BESIDE:
            other = self.clause(r, *r.choice(self.others), False)
            this = self.way(r, "beside", r.choice(self.countries)).replace("{this}", this).replace("{other}", other)
        elif chance < .30:
            this += " " + self.way(r, "when", ("", ""))
        elif chance < .38:
            this = self.way(r, "when", ("", "")) + " " + this
        elif chance < .55:
            this += ", " + self.way(r, "told", ("", ""))
        elif chance < .68:
            this += " " + self.way(r, "why", ("", ""))
        elif chance < .73:
            this = self.way(r, "why", ("", "")) + ", " + this
        return capital(this) + "."


def tells_the_past(phrase):
    """Phrases in the present are headlines ("S slams T")."""
    return any(w in PAST or (w.endswith("ed") and w != "need") for w in re.findall(r"[a-z]+", phrase.split(" T")[0]))


def capital(text):
    return re.sub(r"^((?:<[st]>)?)(.)", lambda m: m.group(1) + m.group(2).upper(), text)


def runs_of(sentence):
    low = [w.lower() for w in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", re.sub(r"</?[st]>", "", sentence))]
    return {tuple(low[i:i + 3]) for i in range(len(low) - 2)}


def measuring_sets():
    """Whether a sentence comes near one of the sets that only measure, as tools/check_examples.py asks it."""
    spec = importlib.util.spec_from_file_location("check", pathlib.Path(__file__).with_name("check_examples.py"))
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    runs, rows = check.outside_runs()

    def near(sentence):
        mine = runs_of(sentence)
        shared = collections.Counter(other for run in mine for other in runs.get(run, ()))
        return any(n > 2 and n > check.LIMIT * min(len(mine), rows[other][1]) for other, n in shared.items())
    return near


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    maker, near = Maker(sys.argv[1]), measuring_sets()
    print("sentence\ttype\tmode\trealis\tnegated\tnote")
    for code, phrase in maker.phrases:
        for attempt in range(9):
            sentence = maker.sentence(code, phrase, attempt)
            if not near(sentence):
                kind, _, mode = code.partition(" ")
                planned = kind == "AGREE" and re.search(r"\b(will|is to|are to|plans?|to)\b", phrase)
                print(sentence, kind, mode or "-", "planned" if planned else "happened", 0, "phrase", sep="\t")
                break


if __name__ == "__main__":
    main()
