# SPDX-License-Identifier: Apache-2.0
"""Makes ../resources/golden/correlation.tsv with scipy 1.17.1: python make_correlation_golden.py

A line has the gold scores, the predicted ones, and Pearson's and Spearman's correlation of them. The
numbers are random; in most lines they are rounded, so that there are many ties.
"""

import random
from pathlib import Path

from scipy.stats import pearsonr, spearmanr

rng = random.Random(5)
lines = ["gold\tpredicted\tpearson\tspearman"]
for size in (3, 4, 7, 12, 25, 60):
    for digits in (0, 1, 17):
        while True:
            gold = [round(rng.uniform(0, 5), min(digits, 1)) for _ in range(size)]
            noise = rng.choice([0.5, 2, 5])
            predicted = [round(g + rng.gauss(0, noise), digits) for g in gold]
            if len(set(gold)) > 1 and len(set(predicted)) > 1:
                break
        lines.append(
            "\t".join(
                [
                    " ".join(map(repr, gold)),
                    " ".join(map(repr, predicted)),
                    repr(float(pearsonr(gold, predicted).statistic)),
                    repr(float(spearmanr(gold, predicted).statistic)),
                ]
            )
        )
target = Path(__file__).parent.parent / "resources" / "golden" / "correlation.tsv"
target.write_text("\n".join(lines) + "\n")
