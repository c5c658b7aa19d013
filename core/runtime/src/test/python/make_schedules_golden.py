#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden learning rates that the schedules are tested against.

    python make_schedules_golden.py

../resources/golden/schedules/schedules.jsonl has a line for each schedule: kind (as bertctl names it), peak, total steps, warm-up
steps, the schedule's own numbers where they are not the defaults (cycles, power, end), and the rate of every step of the run, of
which the first has 0 steps done. `behind` is the rate behind the last step, where the reference has one: its polynomial divides by
0 there if the warm-up is all there is.

`shares` lines have the warm-up steps that TrainingArguments makes of a share.

The reference is get_scheduler on a torch optimizer that is stepped as a trainer does.
Last run with: python 3.11.7, torch 2.13.0, transformers 5.23.0.
"""
import json
import math
import pathlib
import types

import torch
import transformers

GOLDEN = pathlib.Path(__file__).parent.parent / "resources/golden/schedules/schedules.jsonl"
PEAK = 3e-4
TOTALS = [1, 2, 3, 7, 60]
KINDS = {
    "constant": ("constant", [{}]),
    "constant-with-warmup": ("constant_with_warmup", [{}]),
    "linear": ("linear", [{}]),
    "cosine": ("cosine", [{}, {"cycles": 1}, {"cycles": 1.75}]),
    "cosine-with-restarts": ("cosine_with_restarts", [{}, {"cycles": 2}, {"cycles": 5}]),
    "polynomial": ("polynomial", [{}, {"power": 2}, {"power": 0.5, "end": 1e-5}, {"end": 0}]),
}
NAMES = {"cycles": "num_cycles", "power": "power", "end": "lr_end"}


def rates(name, total, warmup, numbers):
    """The rate of each step, and the one behind the last."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=PEAK)
    kwargs = {NAMES[key]: value for key, value in numbers.items()}
    scheduler = transformers.get_scheduler(name, optimizer, warmup, total, scheduler_specific_kwargs=kwargs)
    found = []
    for _ in range(total):
        found.append(scheduler.get_last_lr()[0])
        optimizer.step()
        try:
            scheduler.step()
        except ZeroDivisionError:
            return found, None
    return found, scheduler.get_last_lr()[0]


def main():
    GOLDEN.parent.mkdir(exist_ok=True)
    with GOLDEN.open("w") as file:
        for kind, (name, variants) in KINDS.items():
            for numbers in variants:
                for total in TOTALS:
                    for warmup in sorted({0, 1, math.ceil(0.1 * total), math.ceil(0.5 * total), total}):
                        found, behind = rates(name, total, warmup, numbers)
                        line = {"kind": kind, "peak": PEAK, "total": total, "warmup": warmup, **numbers, "rates": found}
                        file.write(json.dumps(line if behind is None else {**line, "behind": behind}) + "\n")
        for share in [0, 0.06, 0.1, 0.3, 0.5, 0.99]:
            for total in [1, 5, 10, 11, 30, 97, 1000]:
                arguments = types.SimpleNamespace(warmup_steps=share)
                warmup = transformers.TrainingArguments.get_warmup_steps(arguments, total)
                file.write(json.dumps({"share": share, "total": total, "warmup": warmup}) + "\n")


if __name__ == "__main__":
    main()
