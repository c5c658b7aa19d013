# SPDX-License-Identifier: Apache-2.0
"""Makes src/test/resources/dev/bertctl/ner/scores.txt: random tags with the figures of two scorers.

Most of the sequences are not well formed. Those of B, I and O are judged by the published
conlleval.pl (2004-01-26), those with E and S, which it reads only in part, by seqeval in its
default mode, whose rules are those of the later conlleval.py. Seqeval must agree with conlleval.pl
where both judge; the script stops if it does not.

    pip install seqeval==1.2.2
    pip download seqeval==1.2.2 --no-deps --no-binary :all:   # its tests/ hold conlleval.pl
    tar xzf seqeval-1.2.2.tar.gz
    python conlleval_cases.py seqeval-1.2.2/tests/conlleval.pl > scores.txt

A case is: a line "case SCORER", a line "gold predicted" for each word, an empty line after each
sentence, then a line of the overall figures (accuracy precision recall F1) and one for each type
(name precision recall F1), in per cent.
"""

import random
import re
import subprocess
import sys

from seqeval.metrics import accuracy_score, classification_report

TYPES = ["PER", "LOC", "creative-work"]


def tags(rng, positions, length):
    sequence = []
    for _ in range(length):
        if sequence and sequence[-1] != "O" and rng.random() < 0.5:
            kind = sequence[-1].split("-", 1)[1]  # as in real data, a type is often kept
        else:
            kind = rng.choice(TYPES)
        position = rng.choice(positions)
        sequence.append("O" if position == "O" else f"{position}-{kind}")
    return sequence


def disturbed(rng, positions, gold):
    """The gold tags with some of them replaced, so that many entities are found."""
    other = tags(rng, positions, len(gold))
    return [o if rng.random() < 0.25 else g for g, o in zip(gold, other)]


def sentences(rng, positions):
    gold = [tags(rng, positions, rng.randint(1, 9)) for _ in range(rng.randint(1, 8))]
    return gold, [disturbed(rng, positions, sentence) for sentence in gold]


def conlleval(script, gold, predicted):
    lines = [
        "".join(f"w {g} {p}\n" for g, p in zip(*pair)) + "\n" for pair in zip(gold, predicted)
    ]
    out = subprocess.run(
        ["perl", script], input="".join(lines), capture_output=True, text=True, check=True
    ).stdout
    overall = re.search(
        r"accuracy: *([\d.]+)%; precision: *([\d.]+)%; recall: *([\d.]+)%; FB1: *([\d.]+)", out
    ).groups()
    types = re.findall(
        r"^ *(\S+): precision: *([\d.]+)%; recall: *([\d.]+)%; FB1: *([\d.]+)", out, re.M
    )
    return overall, types


def seqeval(gold, predicted):
    report = classification_report(gold, predicted, output_dict=True, zero_division=0)
    micro = report.pop("micro avg")
    del report["macro avg"], report["weighted avg"]

    def percent(row):
        return tuple(f"{100 * row[key]:.2f}" for key in ("precision", "recall", "f1-score"))

    overall = (f"{100 * accuracy_score(gold, predicted):.2f}",) + percent(micro)
    return overall, [(name,) + percent(row) for name, row in sorted(report.items())]


def has_entity(tag_lists):
    return any(tag != "O" for sentence in tag_lists for tag in sentence)


def main():
    rng = random.Random(20260101)
    for number in range(120):
        bio = number % 2 == 0
        gold, predicted = sentences(rng, "BIO" if bio else "BIOES")
        if not has_entity(gold) or not has_entity(predicted):
            continue  # seqeval has nothing to report
        figures = seqeval(gold, predicted)
        if bio:
            official = conlleval(sys.argv[1], gold, predicted)
            assert official == figures, (gold, predicted, official, figures)
        overall, types = figures
        print("case", "conlleval.pl" if bio else "seqeval")
        for pair in zip(gold, predicted):
            print("".join(f"{g} {p}\n" for g, p in zip(*pair)))
        print(*overall)
        for row in types:
            print(*row)


if __name__ == "__main__":
    main()
