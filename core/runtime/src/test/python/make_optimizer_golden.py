# SPDX-License-Identifier: Apache-2.0
"""Makes golden/optimizers/*.json: what PyTorch's optimizers and losses make of the models in golden/training and golden/heads.

Run with torch and transformers 5:
    python make_optimizer_golden.py ../resources/golden
"""

import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from transformers import (
    BertForQuestionAnswering,
    BertForSequenceClassification,
    BertForTokenClassification,
)

GOLDEN = Path(sys.argv[1])
STEPS = 4
RATE = 0.01
HEAD_RATE = 0.02
DECAY = 0.1
LAYER_DECAY = 0.5
CLIP = 1.0
SMOOTHING = 0.1
CLASS_WEIGHTS = torch.tensor([0.5, 2.0, 1.0])
KEPT = [
    "embeddings.position_embeddings.weight",
    "embeddings.LayerNorm.weight",
    "encoder.layer.0.attention.self.value.weight",
    "encoder.layer.1.output.LayerNorm.bias",
    "encoder.layer.1.intermediate.dense.bias",
    "pooler.dense.weight",
    "classifier.weight",
    "classifier.bias",
]


def inputs(folder):
    expected = load_file(GOLDEN / folder / "expected.safetensors")
    return {
        name: expected[name]
        for name in ("input_ids", "token_type_ids", "attention_mask", "labels")
    }


def load(folder, architecture):
    return architecture.from_pretrained(GOLDEN / folder, attn_implementation="eager").eval()


def own(name):
    return name.removeprefix("bert.")


def groups(model, layers):
    """One group a parameter: layer-wise decay, the head's own rate, layer 0 frozen but for what
    the last two lines say."""
    for name, parameter in model.named_parameters():
        name = own(name)
        rate, decay = RATE, DECAY if parameter.dim() > 1 else 0.0
        if name.startswith("embeddings."):
            rate *= LAYER_DECAY ** (layers + 1)
        elif name.startswith("encoder.layer."):
            rate *= LAYER_DECAY ** (layers - int(name.split(".")[2]))
        elif not name.startswith("pooler."):
            rate = HEAD_RATE
        if name.endswith(".intermediate.dense.bias"):
            decay = 0.3
        if name.startswith("encoder.layer.0.output."):
            parameter.requires_grad_(False)
            continue
        yield {"params": [parameter], "lr": rate, "weight_decay": decay}


def optimizer_steps(optimizer_of):
    model = load("training", BertForSequenceClassification)
    optimizer = optimizer_of(list(groups(model, model.config.num_hidden_layers)))
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = model(**inputs("training")).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], CLIP)
        optimizer.step()
        losses.append(loss.item())
    weights = {own(n): p for n, p in model.named_parameters()}
    return {
        "losses": losses,
        "weights": {name: weights[name].detach().flatten().tolist() for name in KEPT},
    }


def loss_and_gradients(folder, architecture, loss_of, kept):
    model = load(folder, architecture)
    given = inputs(folder)
    labels = given.pop("labels")
    loss = loss_of(model(**given), labels, given["attention_mask"])
    loss.backward()
    weights = {own(n): p for n, p in model.named_parameters()}
    return {
        "loss": loss.item(),
        "gradients": {name: weights[name].grad.flatten().tolist() for name in kept},
    }


def cross_entropy(**options):
    return lambda output, labels, mask: F.cross_entropy(
        output.logits.reshape(-1, output.logits.shape[-1]), labels.reshape(-1), **options
    )


def weighted_and_smoothed(output, labels, mask):
    """The weight of the target times the smoothed loss; PyTorch itself would also weigh the even
    share of each class."""
    each = cross_entropy(reduction="none", label_smoothing=SMOOTHING)(output, labels, mask)
    weights = torch.where(labels < 0, 0.0, CLASS_WEIGHTS[labels.clamp(min=0)]).reshape(-1)
    return (each * weights).sum() / weights.sum()


def span(output, labels, mask):
    """Smoothed over the tokens of the sequence, padding cut off."""
    losses = []
    for column, logits in enumerate((output.start_logits, output.end_logits)):
        for row in range(len(labels)):
            if labels[row, column] >= 0:
                losses.append(
                    F.cross_entropy(
                        logits[row, : mask[row].sum()],
                        labels[row, column],
                        label_smoothing=SMOOTHING,
                    )
                )
    return torch.stack(losses).mean()


optimizers = {
    # An epsilon that is felt: with a tiny one Adam makes steps of any size of the round-off of
    # gradients that are almost 0.
    "adamw": lambda groups: torch.optim.AdamW(groups, betas=(0.8, 0.99), eps=1e-3),
    "adam": lambda groups: torch.optim.Adam(groups, betas=(0.9, 0.98), eps=2e-3),
    "momentum": lambda groups: torch.optim.SGD(groups, momentum=0.9),
    "sgd": lambda groups: torch.optim.SGD(groups),
}
classifier = ("training", BertForSequenceClassification)
tagger = ("heads/tagger", BertForTokenClassification)
smooth = cross_entropy(label_smoothing=SMOOTHING)
weigh = cross_entropy(weight=CLASS_WEIGHTS)
value = "encoder.layer.0.attention.self.value.weight"
losses = {
    "classifier-smoothed": (*classifier, smooth, ["classifier.weight", value]),
    "classifier-weighted": (*classifier, weigh, ["classifier.weight", value]),
    "classifier-both": (*classifier, weighted_and_smoothed, ["classifier.weight", value]),
    "tagger-smoothed": (*tagger, smooth, ["classifier.weight", value]),
    "tagger-weighted": (*tagger, weigh, ["classifier.weight", value]),
    "tagger-both": (*tagger, weighted_and_smoothed, ["classifier.weight", value]),
    "span-smoothed": ("heads/span", BertForQuestionAnswering, span, ["qa_outputs.weight", value]),
}

folder = GOLDEN / "optimizers"
folder.mkdir(exist_ok=True)
for file, results in {
    "steps.json": {name: optimizer_steps(make) for name, make in optimizers.items()},
    "losses.json": {name: loss_and_gradients(*case) for name, case in losses.items()},
}.items():
    (folder / file).write_text(json.dumps(results) + "\n")
