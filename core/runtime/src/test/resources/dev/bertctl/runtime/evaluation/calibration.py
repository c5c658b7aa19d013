# Makes calibration.json: a temperature by scipy's bounded minimiser of the mean negative log
# likelihood, and the expected calibration error as Guo et al. publish it (15 bins, lower end open).
#   pip install numpy scipy; python calibration.py
import json
import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

random = np.random.default_rng(7)
targets = random.integers(0, 3, 60)
logits = random.normal(0, 2, (60, 3))
logits[np.arange(60), targets] += 2.5
logits = (2 * logits).astype(np.float32).round(3)


def loss(t):
    return float(-log_softmax(logits.astype(np.float64) / t, axis=1)[np.arange(60), targets].mean())


def error(t):
    p = np.exp(log_softmax(logits.astype(np.float64) / t, axis=1))
    confidence, right = p.max(1), p.argmax(1) == targets
    ends = np.linspace(0, 1, 16)
    total = 0.0
    for low, high in zip(ends[:-1], ends[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += abs(right[inside].mean() - confidence[inside].mean()) * inside.mean()
    return float(total)


t = float(minimize_scalar(loss, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-10}).x)
json.dump(
    {
        "logits": [[round(float(v), 3) for v in row] for row in logits],
        "targets": targets.tolist(),
        "temperature": t,
        "loss_before": loss(1),
        "loss_after": loss(t),
        "error_before": error(1),
        "error_after": error(t),
    },
    open("calibration.json", "w"),
)
