# Makes mcnemar.csv with statsmodels 0.15 and scipy 1.17 (two independent implementations that must
# agree), and bootstrap.json: a paired bootstrap of 5 examples with every one of the 5^5 resamples.
#   pip install scipy statsmodels; python golden.py
import csv, itertools, json
import numpy as np
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import mcnemar

with open("mcnemar.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["only_first", "only_second", "p"])
    for b, c in [(0, 0), (0, 1), (5, 0), (3, 11), (11, 3), (7, 7), (7, 8), (40, 60), (300, 380), (2, 900)]:
        p = 1.0 if b + c == 0 else mcnemar([[10, b], [c, 10]], exact=True).pvalue
        if b + c:
            assert abs(p - binomtest(b, b + c, 0.5).pvalue) <= 1e-12 * max(p, 1e-300) + 1e-300 or abs(p - binomtest(b, b + c, 0.5).pvalue) < 1e-12
        out.writerow([b, c, repr(float(p))])

first = np.array([0.0, 1.0, 0.25, 0.5, 0.0])
second = np.array([1.0, 1.0, 0.75, 0.25, 0.5])
draws = np.array(list(itertools.product(range(5), repeat=5)))
a, b = first[draws].mean(1), second[draws].mean(1)
measured = second.mean() - first.mean()
interval = lambda x: [float(v) for v in np.percentile(x, [2.5, 97.5])]
json.dump(
    {
        "first": first.tolist(),
        "second": second.tolist(),
        "first_interval": interval(a),
        "second_interval": interval(b),
        "difference_interval": interval(b - a),
        "p": float((np.abs((b - a) - measured) >= abs(measured) - 1e-12).mean()),
    },
    open("bootstrap.json", "w"),
    indent=1,
)
