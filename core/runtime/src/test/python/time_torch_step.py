# SPDX-License-Identifier: Apache-2.0
"""Speed of a training step and a forward pass of transformers' BERT classifier: the peer of StepBenchmark.

usage: python time_torch_step.py LAYERS HIDDEN HEADS BATCH TOKENS [STEPS [DROPOUT [PRECISION [DEVICE]]]]

Random weights, every position a real token, AdamW, gradients clipped at a norm of 1, attention by PyTorch's
scaled_dot_product_attention. PRECISION is float32, tf32 or float16 (autocast, with a scaled loss), DEVICE cpu or cuda.
Prints one line of JSON with medians in seconds. Needs torch and transformers.
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
precision = sys.argv[8] if len(sys.argv) > 8 else "float32"
device = sys.argv[9] if len(sys.argv) > 9 else "cpu"
WARM_UP = 2

torch.manual_seed(1)
torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
scaler = torch.amp.GradScaler(device, enabled=precision == "float16")
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
).to(device)
optimizer = torch.optim.AdamW(model.parameters(), 1e-4)
inputs = {
    "input_ids": torch.randint(0, 30522, (batch, tokens)),
    "attention_mask": torch.ones(batch, tokens, dtype=torch.long),
    "token_type_ids": torch.zeros(batch, tokens, dtype=torch.long),
}
inputs = {name: values.to(device) for name, values in inputs.items()}
labels = torch.randint(0, 3, (batch,)).to(device)


def autocast():
    return torch.autocast(device, torch.float16, enabled=precision == "float16")


def now():
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


train, infer = [], []
for _ in range(steps + WARM_UP):
    model.train()
    start = now()
    optimizer.zero_grad()
    with autocast():
        loss = model(**inputs, labels=labels).loss
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    scaler.step(optimizer)
    scaler.update()
    train.append(now() - start)
    model.eval()
    start = now()
    with torch.no_grad(), autocast():
        model(**inputs)
    infer.append(now() - start)
seconds = {"train_s": statistics.median(train[WARM_UP:]), "infer_s": statistics.median(infer[WARM_UP:])}
print(
    json.dumps(
        {
            "torch": torch.__version__,
            "device": device,
            "precision": precision,
            "layers": layers,
            "hidden": hidden,
            "batch": batch,
            "tokens": tokens,
            "dropout": dropout,
            **{name: round(value, 4) for name, value in seconds.items()},
        }
    )
)
