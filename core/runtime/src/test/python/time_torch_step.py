# SPDX-License-Identifier: Apache-2.0
"""Speed of a training step and a forward pass of transformers' BERT classifier: the peer of StepBenchmark.

usage: python time_torch_step.py LAYERS HIDDEN HEADS BATCH TOKENS [STEPS [DROPOUT]]

Random weights, every position a real token, AdamW, gradients clipped at a norm of 1, attention by PyTorch's
scaled_dot_product_attention. Prints one line of JSON with medians in seconds. Needs torch and transformers.
"""
import json
import statistics
import sys
import time

import torch
from transformers import BertConfig, BertForSequenceClassification

layers, hidden, heads, batch, tokens = map(int, sys.argv[1:6])
steps = int(sys.argv[6]) if len(sys.argv) > 6 else 8
dropout = float(sys.argv[7]) if len(sys.argv) > 7 else 0.1
WARM_UP = 2

torch.manual_seed(1)
model = BertForSequenceClassification(
    BertConfig(
        num_hidden_layers=layers,
        hidden_size=hidden,
        num_attention_heads=heads,
        intermediate_size=4 * hidden,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        num_labels=3,
        attn_implementation="sdpa",
    )
)
optimizer = torch.optim.AdamW(model.parameters(), 1e-4)
inputs = {
    "input_ids": torch.randint(0, 30522, (batch, tokens)),
    "attention_mask": torch.ones(batch, tokens, dtype=torch.long),
    "token_type_ids": torch.zeros(batch, tokens, dtype=torch.long),
}
labels = torch.randint(0, 3, (batch,))
train, infer = [], []
for _ in range(steps + WARM_UP):
    model.train()
    start = time.perf_counter()
    optimizer.zero_grad()
    model(**inputs, labels=labels).loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    train.append(time.perf_counter() - start)
    model.eval()
    start = time.perf_counter()
    with torch.no_grad():
        model(**inputs)
    infer.append(time.perf_counter() - start)
seconds = {"train_s": statistics.median(train[WARM_UP:]), "infer_s": statistics.median(infer[WARM_UP:])}
print(
    json.dumps(
        {
            "torch": torch.__version__,
            "layers": layers,
            "hidden": hidden,
            "batch": batch,
            "tokens": tokens,
            "dropout": dropout,
            **{name: round(value, 4) for name, value in seconds.items()},
        }
    )
)
