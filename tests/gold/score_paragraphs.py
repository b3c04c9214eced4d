#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Score readings of the passages in paragraphs.txt, or make the passages into pages.

    score_paragraphs.py --pages OUT.jsonl          a page a passage: annals read OUT.jsonl > readings.jsonl
    score_paragraphs.py readings.jsonl             both halves, figures only
    score_paragraphs.py readings.jsonl --half look -v    and what was missed, wrong or extra
    score_paragraphs.py --selfcheck                the gold against itself, an empty and three spoilt answers

The format of the gold is told at the top of paragraphs.txt. What the figures say:

events      An output event and a gold event match when the types agree and the triggers share a letter. Each matches
            once; events that the output marks as `repeats` are set aside. `e` rows may be matched and do not count.
whole       events whose type, trigger, realis, negation, actors and recipients are all right, as an F1
actors      over matched events: `whole` every party there with country and sector, and nobody else; `words`: the same
            with the codes left aside; country and sector over the parties that were found
false       events on passages that have no `E` row: how many a passage, and the share of passages with any
statements  Content matches when the words shared are .8 of the words in either (a leading "that" and quotation marks
            aside). An output statement with no match whose cue is the trigger of a gold event is set aside: promises,
            demands and accusations are events, and an output that tells them as statements too is not wrong.
"""

import argparse
import collections
import json
import os
import re
import sys

GOLD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "paragraphs.txt")
TYPES = set("""AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION
MOBILIZE COERCE ASSAULT""".split())
SECTORS = set("""COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC
""".split())
REALIS = {"happened", "ongoing", "planned", "conditional"}
KINDS = {"direct", "mixed", "indirect"}
SMALL = {"the", "its", "his", "her", "their", "she", "they"}
WORD = re.compile(r"\w+(?:['’]\w+)*")
HALVES = ("look", "count")


# ---- the gold ---------------------------------------------------------------------------------

class Wrong(ValueError):
    """The gold file breaks its own rules."""


class Slot:
    """One party: `words` of the passage (its ways to say it), then codes; (words CODE) may be left out."""

    def __init__(self, note):
        self.optional = note.startswith("(") and note.endswith(")")
        parts = (note[1:-1] if self.optional else note).split()
        codes = []
        while parts and re.fullmatch(r"[A-Z]{3}(/[A-Z]{3})*", parts[-1]):
            codes.insert(0, parts.pop().split("/"))
        self.words = " ".join(parts).split("=") if parts else []
        self.sectors = {c for group in codes for c in group if c in SECTORS}
        self.countries = {c for group in codes for c in group if c not in SECTORS}
        self.either = any(set(group) & SECTORS and set(group) - SECTORS for group in codes)

    def codes_agree(self, entity):
        country = not self.countries or entity.get("country") in self.countries
        sector = not self.sectors or bool(self.sectors & sectors_of(entity))
        if self.either:
            return entity.get("country") in self.countries or bool(self.sectors & sectors_of(entity))
        return country and sector


class Event:
    def __init__(self, passage, must, fields):
        if len(fields) != 7:
            raise Wrong("an event has seven fields, not %d" % len(fields))
        kinds, mode, actors, recipients, realis, flags, trigger = fields
        self.must, self.types, self.note = must, kinds.split("/"), " | ".join(fields)
        self.modes = None if mode == "-" or "?" in mode else mode.split("/")
        self.actors, self.recipients = slots(passage, actors), slots(passage, recipients)
        self.realis, flags = realis.split("/"), flags.replace("-", "").split()
        self.mutual, self.background, self.negated = "mutual" in flags, "background" in flags, "negated" in flags
        self.unsure = {f[1:] for f in flags if f.startswith("?")}
        self.triggers = [passage.place(t) for t in trigger.split(" / ")]
        if set(self.types) - TYPES or set(self.realis) - REALIS:
            raise Wrong("unknown type or realis: %s" % self.note)
        if set(flags) - {"mutual", "background", "negated", "?background", "?negated"}:
            raise Wrong("unknown flag: %s" % self.note)

    def touches(self, span):
        return span and any(b < span[1] and span[0] < e for b, e in self.triggers)

    def accepts(self, event):
        """A row that may be there only as background must be marked so."""
        return event["type"] in self.types and self.touches(event["span"]) and (
            self.must or not self.background or event["background"])


class Statement:
    def __init__(self, passage, must, fields):
        if len(fields) == 3:
            fields.append("-")
        if len(fields) != 4 or fields[0] not in KINDS:
            raise Wrong("a statement has a kind, a speaker, its content and what it came through")
        self.must, self.kind, self.note = must, fields[0], " | ".join(fields)
        self.speaker, self.through = slots(passage, fields[1]), slots(passage, fields[3])
        self.contents = [[passage.place(part) for part in way.split(" ++ ")] for way in fields[2].split(" // ")]


class Passage:
    def __init__(self, name, half, about, text):
        self.name, self.half, self.about, self.text = name, half, about, text
        self.data, self.events, self.statements = text.encode(), [], []
        self.at = [0]  # the byte where each character begins
        for char in text:
            self.at.append(self.at[-1] + len(char.encode()))
        self.words = [(self.at[m.start()], self.at[m.end()]) for m in WORD.finditer(text)]

    def place(self, words):
        """(begin, end) in bytes; `a … b` runs from a to the next b; `~2` is the second place."""
        words, _, nth = words.partition("~")
        head, dots, tail = words.strip().partition(" … ")
        at = -1
        for _ in range(int(nth or 1)):
            at = find(self.text, head, at + 1)
        end = find(self.text, tail, at + len(head)) + len(tail) if dots else at + len(head)
        return self.at[at], self.at[end]

    def places(self, words):
        """Every place of any of the words."""
        return [(self.at[m.start()], self.at[m.end()]) for w in words
                for m in re.finditer(r"(?<!\w)%s(?!\w)" % re.escape(w), self.text)]

    def numbers(self, spans):
        """The numbers of the words under the spans, without a leading "that"."""
        got = [n for n, (b, e) in enumerate(self.words) if any(s[0] < e and b < s[1] for s in spans)]
        if got and self.data[slice(*self.words[got[0]])] == b"that":
            got = got[1:]
        return set(got)


def find(text, words, after):
    """Where the words stand as whole words."""
    at = text.find(words, after)
    while at >= 0 and ((at and text[at - 1].isalnum() and words[0].isalnum())
                       or (text[at + len(words):][:1].isalnum() and words[-1].isalnum())):
        at = text.find(words, at + 1)
    if at < 0 or not words:
        raise Wrong("not in the passage: “%s”" % words)
    return at


def slots(passage, note):
    """None: not scored; otherwise the parties."""
    if note == "?":
        return None
    got = [Slot(part.strip()) for part in note.split(" ; ")] if note != "-" else []
    for slot in got:
        for words in slot.words:
            find(passage.text, words, 0)
    return got


def read_gold(path):
    passages, head, errors = [], None, []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            try:
                if not line or line.startswith("#"):
                    continue
                if line.startswith("= "):
                    head = re.fullmatch(r"= (\d+) (look|count|train) \| (.+)", line)
                    if not head or int(head[1]) != len(passages) + 1 or (head[2] == "look" and len(passages) % 2):
                        raise Wrong("not the head of the next passage")
                elif head:
                    passages.append(Passage("p" + head[1], head[2], head[3], line))
                    head = None
                elif line[:2] in ("E ", "e "):
                    passages[-1].events.append(Event(passages[-1], line[0] == "E", line[2:].split(" | ")))
                elif line[:2] in ("S ", "s "):
                    passages[-1].statements.append(Statement(passages[-1], line[0] == "S", line[2:].split(" | ")))
                else:
                    raise Wrong("unknown line")
            except (Wrong, IndexError) as error:
                errors.append("%s:%d: %s" % (os.path.basename(path), number, error))
    for passage in passages:
        must = [e for e in passage.events if e.must]
        errors += ["%s: two rows of one type share a trigger" % passage.name for n, a in enumerate(must) for b in must[:n]
                   if a.triggers[0] == b.triggers[0] and set(a.types) & set(b.types)]
    if errors:
        sys.exit("\n".join(errors))
    return passages


# ---- the output -------------------------------------------------------------------------------

def span_of(thing):
    if isinstance(thing, dict) and isinstance(thing.get("begin"), int) and isinstance(thing.get("end"), int):
        return thing["begin"], thing["end"]
    return None


def items(thing, key):
    return [x for x in (thing.get(key) if isinstance(thing, dict) else None) or [] if isinstance(x, dict)]


def sectors_of(entity):
    return {entity.get("sector")} | set(entity.get("sectors") or [])


def tidy(event):
    """An output event with the fields that are scored, none of them missing."""
    out = {key: event.get(key) for key in ("mode", "realis")}
    out["type"] = event.get("type") or "?"
    out.update({key: bool(event.get(key)) for key in ("mutual", "negated", "background")})
    out.update({key: items(event, key) for key in ("actors", "recipients")})
    out["span"] = span_of(event.get("trigger")) or span_of(event.get("evidence"))
    return out


class Answer:
    """What a reading says of one passage."""

    def __init__(self, reading):
        self.events = [tidy(e) for e in items(reading, "events") if not e.get("repeats")]
        self.statements = [s for s in items(reading, "statements") if not s.get("repeats")]


def read_answers(lines, passages):
    """By the page's url; a line without one is the page of that line."""
    answers = {p.name: Answer({}) for p in passages}
    for number, line in enumerate(lines):
        reading = json.loads(line)
        url = (reading.get("page") or {}).get("url")
        name = url or (passages[number].name if number < len(passages) else None)
        if name in answers:
            answers[name] = Answer(reading)
    return answers


# ---- parties ----------------------------------------------------------------------------------

def bare(word):
    return re.sub("['’]s?$", "", word.lower())


def same_words(passage, slot, entity):
    """The output's words, or those that they stand for, lie on the party's words, or its name shares a capitalised word with them."""
    if not slot.words:
        return True
    spans = [span for span in (span_of(entity), span_of(entity.get("antecedent"))) if span]
    if any(b < span[1] and span[0] < e for b, e in passage.places(slot.words) for span in spans):
        return True
    ours = {bare(w) for way in slot.words for w in WORD.findall(way) if w[0].isupper() and len(w) > 2} - SMALL
    return any(bare(w) in ours for key in ("name", "text") for w in WORD.findall(entity.get(key) or ""))


def is_party(passage, slot, entity):
    """Country and sector are right, and the words too where there is no country to go by."""
    return slot.codes_agree(entity) and (bool(slot.countries) or same_words(passage, slot, entity))


def is_loosely(passage, slot, entity):
    return same_words(passage, slot, entity) or is_party(passage, slot, entity)


def pair(passage, want, got, test):
    """[(slot, entity)], and whether every needed slot and every entity has its partner."""
    left, pairs = list(got), []
    for slot in sorted(want, key=lambda s: s.optional):
        best = [e for e in left if test(passage, slot, e)]
        best.sort(key=lambda e: not (same_words(passage, slot, e) and slot.codes_agree(e)))
        if best:
            left.remove(best[0])
            pairs.append((slot, best[0]))
    needed = sum(not s.optional for s in want)
    return pairs, not left and needed == sum(not s.optional for s, _ in pairs)


# ---- scores -----------------------------------------------------------------------------------

class Tally:
    """Named counts of right out of all."""

    def __init__(self):
        self.right, self.all = collections.Counter(), collections.Counter()
        self.confused, self.notes = collections.Counter(), []

    def add(self, key, right, of=1):
        self.right[key] += right
        self.all[key] += of

    def share(self, key):
        return self.right[key] / self.all[key] if self.all[key] else None

    def f1(self, what):
        p, r = self.share(what + " precision"), self.share(what + " recall")
        return 2 * p * r / (p + r) if p and r else 0.0


def party_scores(tally, passage, role, want, got):
    """Score one side of a matched event; whether it is right. None is not scored."""
    if want is None:
        return True
    pairs, loosely = pair(passage, want, got, is_loosely)
    for slot, entity in pairs:
        if slot.countries and not slot.either:
            tally.add(role + " country", entity.get("country") in slot.countries)
        if slot.sectors and not slot.either:
            tally.add(role + " sector", bool(slot.sectors & sectors_of(entity)))
    whole = pair(passage, want, got, is_party)[1]
    tally.add(role + " words", loosely)
    tally.add(role + " whole", whole)
    return whole


def sides(want, got):
    """(role, gold, output) for each side; a meeting of equals may be told either way."""
    if want.mutual or got["mutual"]:
        gold = None if want.actors is None or want.recipients is None else want.actors + want.recipients
        both = [("actor", gold, got["actors"] + got["recipients"])]
        return both if want.mutual else both + [("recipient", gold, both[0][2])]
    return [("actor", want.actors, got["actors"]), ("recipient", want.recipients, got["recipients"])]


def score_match(tally, passage, want, got):
    """The fields of a matched event; whether all are right."""
    fields = [("realis", got["realis"] in want.realis)]
    fields += [(f, got[f] == getattr(want, f)) for f in ("negated", "background") if f not in want.unsure]
    if want.modes:
        tally.add("mode", got["mode"] in want.modes)
    for key, right in fields:
        tally.add(key, right)
    parties = [party_scores(tally, passage, *side) for side in sides(want, got)]
    return all(parties) and all(right for key, right in fields if key != "background")


def assign(golds, outputs, test, quality):
    """Pairs of gold and output, the needed rows first, each output once; the outputs left over."""
    left, pairs = list(outputs), []
    for want in sorted(golds, key=lambda g: not g.must):
        fits = [o for o in left if test(want, o)]
        if fits:
            best = max(fits, key=lambda o: quality(want, o))
            left.remove(best)
            pairs.append((want, best))
    return pairs, left


def shared(want, event):
    """How near an event is to a row: the letters shared, and the flags."""
    letters = max(min(e, event["span"][1]) - max(b, event["span"][0]) for b, e in want.triggers)
    return (event["negated"] == want.negated) + (event["realis"] in want.realis), letters


def score_events(tally, passage, answer):
    pairs, extra = assign(passage.events, answer.events, Event.accepts, shared)
    met = {id(want) for want, _ in pairs}
    must = [e for e in passage.events if e.must]
    found = [(w, g) for w, g in pairs if w.must]
    whole = sum(score_match(tally, passage, w, g) for w, g in found)
    tally.add("event recall", len(found), len(must))
    tally.add("event precision", len(found), len(found) + len(extra))
    tally.add("whole recall", whole, len(must))
    tally.add("whole precision", whole, len(found) + len(extra))
    if not must:
        tally.add("false a passage", len(extra))
        tally.add("passages with any", bool(extra))
    for want in must:
        if id(want) not in met:
            other = [e["type"] for e in extra if want.touches(e["span"])]
            tally.confused[(want.types[0], other[0] if other else "(none)")] += 1
            tally.notes.append("%s missed: %s" % (passage.name, want.note))
    for event in extra:
        near = [w for w in passage.events if w.touches(event["span"])]
        again = any(event["type"] in w.types for w in near)
        if again or not near:
            tally.confused[("(again)" if again else "(none)", event["type"])] += 1
        words = passage.data[slice(*event["span"])].decode("utf-8", "replace") if event["span"] else "?"
        tally.notes.append("%s extra: %s at “%s”%s" % (passage.name, event["type"], words, " (again)" if again else ""))


def contents_of(passage, statement):
    content = statement.get("content")
    content = [content] if isinstance(content, dict) else content or []
    return passage.numbers([s for s in map(span_of, content) if s])


def overlap(passage, want, output):
    """Words shared of words in either, at the best of the gold's ways to say it."""
    got = contents_of(passage, output)
    return max(len(got & gold) / max(1, len(got | gold)) for gold in map(passage.numbers, want.contents))


def score_statements(tally, passage, answer):
    pairs, extra = assign(passage.statements, answer.statements,
                          lambda w, o: overlap(passage, w, o) >= .8, lambda w, o: overlap(passage, w, o))
    extra = [o for o in extra if not any(e.touches(span_of(o.get("cue"))) for e in passage.events)]
    must = [s for s in passage.statements if s.must]
    found = [(w, o) for w, o in pairs if w.must]
    tally.add("statement recall", len(found), len(must))
    tally.add("statement precision", len(found), len(found) + len(extra))
    tally.add("found at .5", sum(any(overlap(passage, w, o) >= .5 for o in answer.statements) for w in must), len(must))
    for want, output in found:
        tally.add("kind", output.get("kind") == want.kind)
        for key, role, gold in (("speaker", "speaker", want.speaker), ("through", "through", want.through)):
            if gold and (role == "speaker" or not gold[0].optional):
                tally.add(role + " words", pair(passage, gold, items(output, key), is_loosely)[1])
                if role == "speaker":
                    tally.add("speaker whole", pair(passage, gold, items(output, key), is_party)[1])
    tally.notes += ["%s missed: %s" % (passage.name, w.note) for w in must if not any(w is p for p, _ in pairs)]
    for output in extra:
        parts = output.get("content") or []
        words = " + ".join(str(p.get("text")) for p in (parts if isinstance(parts, list) else [parts]))
        tally.notes.append("%s extra: %s “%s”" % (passage.name, output.get("kind"), words[:90]))


def score(passages, answers):
    tally = Tally()
    for passage in passages:
        score_events(tally, passage, answers[passage.name])
        score_statements(tally, passage, answers[passage.name])
    return tally


# ---- print ------------------------------------------------------------------------------------

def say(tally, key, label=None):
    share = tally.share(key)
    return "%s %s (%d/%d)" % (label or key, "-" if share is None else "%.3f" % share, tally.right[key], tally.all[key])


def show(name, passages, tally, verbose):
    print("%s: %d passages, %d without events" % (name, len(passages), tally.all["false a passage"]))
    for what in ("event", "whole", "statement"):
        print("  %-10s F1 %.3f  %s  %s" % (what, tally.f1(what), say(tally, what + " precision", "precision"),
                                          say(tally, what + " recall", "recall")))
    print("  false      %s  %s" % (say(tally, "false a passage", "a passage"), say(tally, "passages with any")))
    print("  fields     " + "  ".join(say(tally, key) for key in ("realis", "negated", "background", "mode")))
    for role in ("actor", "recipient"):
        print("  %-10s " % role + "  ".join(say(tally, role + " " + key, key)
                                           for key in ("whole", "words", "country", "sector")))
    print("  speaker    " + "  ".join(say(tally, key) for key in ("speaker whole", "speaker words", "through words",
                                                                  "kind", "found at .5")))
    rows = sorted(tally.confused.items(), key=lambda x: (-x[1], x[0]))
    print("  gold > output, unmatched: " + ("  ".join("%s>%s %d" % (a, b, n) for (a, b), n in rows[:16]) or "none"))
    for note in tally.notes if verbose else ():
        print("    " + note)


# ---- self-check -------------------------------------------------------------------------------

def ideal(passage):
    """The reading that says just what the gold wants, in the record's own form."""
    def party(slot):
        begin, end = passage.places(slot.words[:1])[0] if slot.words else (0, 0)
        return {"text": "".join(slot.words[:1]), "begin": begin, "end": end, "country": next(iter(sorted(slot.countries)), None),
                "sector": next(iter(sorted(slot.sectors)), None)}

    def parties(wanted):
        return [party(s) for s in wanted or [] if not s.optional]

    def ranges(spans):
        return [{"begin": b, "end": e} for b, e in spans]

    events = [{"type": e.types[0], "mode": e.modes[0] if e.modes else None, "realis": e.realis[0], "mutual": e.mutual,
               "negated": e.negated, "background": e.background, "actors": parties(e.actors),
               "recipients": parties(e.recipients), "trigger": ranges(e.triggers)[0]} for e in passage.events if e.must]
    statements = [{"kind": s.kind, "speaker": parties(s.speaker), "through": parties(s.through),
                   "content": ranges(s.contents[0])} for s in passage.statements if s.must]
    return {"page": {"url": passage.name}, "events": events, "statements": statements}


def tried(passages, spoil=lambda reading: None):
    readings = [ideal(p) for p in passages]
    for reading in readings:
        spoil(reading)
    return score(passages, read_answers([json.dumps(r) for r in readings], passages))


def selfcheck(passages):
    def cut(reading):
        reading.update(events=[], statements=[])

    def swap(reading):
        for event in reading["events"]:
            event["actors"], event["recipients"] = event["recipients"], event["actors"]
            event["realis"], event["negated"] = "unknown", not event["negated"]

    def crowd(reading):
        reading["events"].append({"type": "AID", "trigger": {"begin": 0, "end": 1}})
        reading["statements"] += [{"content": [{"begin": 0, "end": 4}]}]

    def shift(reading):
        for event in reading["events"]:
            event["type"] = "AID" if event["type"] != "AID" else "AGREE"
        for statement in reading["statements"]:
            statement["speaker"], statement["kind"] = [{"text": "nobody", "country": "XYZ", "sector": "UNK"}], None

    good, empty, turned, more, other = (tried(passages, f) for f in (lambda r: None, cut, swap, crowd, shift))
    wrong = [key for key in good.all if good.right[key] != good.all[key]
             and key not in ("false a passage", "passages with any")]
    assert not wrong and not good.notes, (wrong, good.notes[:5])
    assert good.right["false a passage"] == 0 and good.f1("event") == good.f1("whole") == good.f1("statement") == 1
    assert empty.f1("event") == empty.f1("statement") == 0 and empty.right["event recall"] == 0
    assert turned.f1("event") == 1 and turned.f1("whole") == 0 and turned.share("realis") == 0
    assert turned.share("negated") == 0 and turned.share("actor whole") < .5
    assert more.share("event recall") == 1 and more.share("event precision") < .9 and more.f1("statement") < 1
    assert more.right["false a passage"] == more.all["false a passage"] > 0
    assert other.f1("event") < .1 and other.share("speaker whole") < .05 and other.share("kind") == 0
    assert other.confused[("CONSULT", "AID")] > 5


def census(passages):
    """What the gold holds."""
    events = [e for p in passages for e in p.events if e.must]
    count = collections.Counter(e.types[0] for e in events)
    modes = {(e.types[0], m) for e in events for m in e.modes or []}
    sure = [s for p in passages for s in p.statements if s.must]
    print("%d passages, %d of them without events; %d events, %d modes, %d statements" % (
        len(passages), sum(not any(e.must for e in p.events) for p in passages), len(events), len(modes), len(sure)))
    print("  ".join("%s %d" % (t, count[t]) for t in sorted(TYPES)))
    print("  ".join("%s %d" % x for x in sorted(collections.Counter(s.kind for s in sure).items())))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", nargs="?", help="the output of annals read; - for standard input")
    parser.add_argument("--gold", default=GOLD)
    parser.add_argument("--half", choices=HALVES + ("train",))
    parser.add_argument("--pages", metavar="OUT.jsonl", help="write the passages as pages")
    parser.add_argument("-v", action="store_true", help="list misses and extras, of the look half only")
    parser.add_argument("--selfcheck", action="store_true")
    options = parser.parse_args()
    passages = read_gold(options.gold)
    if options.pages:
        with open(options.pages, "w", encoding="utf-8") as out:
            for p in passages:
                if options.half in (None, p.half):
                    out.write(json.dumps({"text": p.text, "url": p.name}, ensure_ascii=False) + "\n")
    if options.selfcheck:
        selfcheck(passages)
        census(passages)
    if options.readings:
        with sys.stdin if options.readings == "-" else open(options.readings, encoding="utf-8") as lines:
            answers = read_answers([line for line in lines if line.strip()], passages)
        for half in HALVES + ("train",):
            mine = [p for p in passages if p.half == half]
            if mine and options.half in (None, half):
                show(half, mine, score(mine, answers), options.v and half != "count")
    elif not (options.pages or options.selfcheck):
        parser.error("nothing to do: give readings, --pages or --selfcheck")


if __name__ == "__main__":
    main()
