#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files that the Java encoder, trainer and weight reader are tested against.

    python make_golden.py [OUTPUT_DIR]        default: ../resources/golden beside this folder

The reference is Hugging Face transformers' BERT on PyTorch, on the CPU, one thread, eager attention.
Last run with: python 3.11.7, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, numpy 2.4.6.
Weights and inputs come from NumPy generators with fixed seeds, so they are the same under any torch;
outputs and gradients may move in the last bits (1e-6) under another one.

What it writes, all of it random toy models (vocabulary 60, hidden 16, 2 layers, 2 heads, intermediate 24):

  encoder/{gelu,gelu_new,relu}/   config.json, model.safetensors (a BertModel), expected.safetensors with
        input_ids, token_type_ids, attention_mask  int64 [3, 9]   ragged, padded on the right
        last_hidden_state  float32 [3, 9, 16],  pooler_output  float32 [3, 16]          evaluation mode
        The padded positions of last_hidden_state hold what Hugging Face computes there; nobody reads them.
        LayerNorm epsilons: ENCODERS below. The embeddings are small, so a wrong epsilon moves the output by
        more than 1e-4; so does the wrong GELU, a forgotten mask or forgotten segments (this script checks all of that).
  training/   a BertForSequenceClassification with 3 labels, dropout 0; training.json (the recipe, with the learning rate,
        loss and gradient norm of each step), expected.safetensors with
        input_ids, token_type_ids, attention_mask  int64 [4, 9],  labels  int64 [4]
        loss  float32 [],  logits  float32 [4, 3]    at the start weights
        grad.<name>    d loss / d parameter at the start weights, not clipped
        step3.<name>   the parameter after three AdamW steps on that same batch
        Key biases have a gradient of exactly zero in exact arithmetic (softmax ignores what is added to a whole row), so
        Adam scales up nothing but round-off there: do not compare step3 of those named in training.json "round_off_only".
  heads/{tagger,span,choice,regression,numbers,multi-label}/   BertForTokenClassification with 3 labels,
        BertForQuestionAnswering, BertForMultipleChoice and BertForSequenceClassification with num_labels 1, with 2 and
        problem_type regression, with 3 and problem_type multi_label_classification, dropout 0; expected.safetensors with
        input_ids, token_type_ids, attention_mask  int64 [4, 9], of choice [3, 4, 9] (a choice that is padding has mask 0)
        labels  int64 [4, 9] (tagger), [4, 2] first and last token (span), [3] (choice);
        float32 [4] (regression), [4, 2] (numbers), [4, 3] (multi-label)
        loss  float32 [],  logits  float32 [4, 9, 3], [4, 9, 2] start and end, [3, 4], [4, 1], [4, 2], [4, 3]
        grad.<name>    d loss / d parameter
        A target of -100 is left out of the loss: some tokens of tagger, one whole row of span. Hugging Face's loss of span
        and choice has no mask, so both are computed row by row, without padding tokens (span) and padding choices (choice),
        and the mean of the rows' losses is taken. The logits of padding are 0 here; nobody reads them.
  formats/{float16,bfloat16}/   one BertModel saved in that type, expected.safetensors: the float32 values it must read to, bit by bit.
        The last row of the word embeddings holds signed zeros, subnormals and the largest values of the type.
"""
import json
import pathlib
import sys

import numpy as np
import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import (
    BertConfig, BertForMultipleChoice, BertForQuestionAnswering, BertForSequenceClassification, BertForTokenClassification,
    BertModel, get_linear_schedule_with_warmup)

# folder and hidden_act -> layer_norm_eps
ENCODERS = {"gelu": 1e-12, "gelu_new": 1e-5, "relu": 1e-12}
LENGTHS = [9, 6, 4, 7]  # tokens before the padding, row by row
CHOICES = [4, 2, 3]  # choices before the padding, row by row
PAD = 0
IGNORED = -100
ZERO_GRADIENT = 1e-2  # tensors whose largest gradient is below it have none at all
NO_DROPOUT = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "classifier_dropout": 0.0}


def config(activation="gelu", epsilon=1e-12, **more):
    return BertConfig(
        vocab_size=60, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
        max_position_embeddings=40, type_vocab_size=2, hidden_act=activation, layer_norm_eps=epsilon, pad_token_id=PAD,
        attn_implementation="eager", **more)


def draw_weights(model, seed, embeddings=0.05):
    """Matrices N(0, 0.4), embeddings N(0, embeddings), LayerNorm weights in 1 +- 0.2, biases in 0 +- 0.2."""
    random = np.random.default_rng(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            shape = tuple(parameter.shape)
            if name.endswith("bias"):
                values = random.uniform(-0.2, 0.2, shape)
            elif "LayerNorm" in name:
                values = random.uniform(0.8, 1.2, shape)
            else:
                values = random.normal(0.0, embeddings if "embeddings" in name else 0.4, shape)
            parameter.copy_(torch.from_numpy(values.astype(np.float32)))
    return model.eval()


def batch(lengths, seed):
    """[rows, 9] ids in 1..59, the second half of each row in segment 1, padded on the right to the rows' lengths."""
    random = np.random.default_rng(seed)
    ids = random.integers(1, 60, (len(lengths), 9))
    mask = (np.arange(9)[None, :] < np.array(lengths)[:, None]).astype(np.int64)
    segments = (np.arange(9)[None, :] >= np.array(lengths)[:, None] // 2).astype(np.int64)
    tensors = {"input_ids": ids * mask, "token_type_ids": segments * mask, "attention_mask": mask}
    return {name: torch.from_numpy(values) for name, values in tensors.items()}


def write(folder, model, expected):
    model.save_pretrained(folder)
    save_file({name: tensor.detach().clone().contiguous() for name, tensor in expected.items()},
              folder / "expected.safetensors")


# --- encoder ---------------------------------------------------------------------------------------------------------

def encode(model, inputs):
    with torch.no_grad():
        output = model(**inputs)
    return output.last_hidden_state, output.pooler_output


def check_sensitive(model, inputs, activation, epsilon):
    """The mistakes these files are there to catch must move the output well past any sensible tolerance."""
    real = inputs["attention_mask"].bool()
    reference = encode(model, inputs)[0]

    def distance(other_model, other_inputs):
        return (encode(other_model, other_inputs)[0] - reference)[real].abs().max().item()

    def variant(**changes):
        twin = BertModel(config(**({"activation": activation, "epsilon": epsilon} | changes))).eval()
        twin.load_state_dict(model.state_dict())
        return twin

    wrong = {
        "epsilon": distance(variant(epsilon=1e-12 if epsilon == 1e-5 else 1e-5), inputs),
        "activation": distance(variant(activation="gelu" if activation == "gelu_new" else "gelu_new"), inputs),
        "no mask": distance(model, inputs | {"attention_mask": torch.ones_like(inputs["attention_mask"])}),
        "no segments": distance(model, inputs | {"token_type_ids": torch.zeros_like(inputs["token_type_ids"])}),
    }
    print(f"encoder/{activation}: a mistake moves the output by", {k: f"{v:.1e}" for k, v in wrong.items()})
    assert min(wrong.values()) > 1e-4, wrong


def make_encoder(folder, activation, epsilon, seed):
    model = draw_weights(BertModel(config(activation, epsilon)), seed)
    inputs = batch(LENGTHS[:3], seed + 100)
    check_sensitive(model, inputs, activation, epsilon)
    hidden, pooled = encode(model, inputs)
    write(folder, model, inputs | {"last_hidden_state": hidden, "pooler_output": pooled})


# --- training --------------------------------------------------------------------------------------------------------

PEAK_RATE, WARMUP_STEPS, TOTAL_STEPS, STEPS = 1e-2, 1, 5, 3
WEIGHT_DECAY, CLIP_NORM = 0.1, 1.0


def decayed(name):
    """Weight decay is for all but biases and LayerNorm weights."""
    return not name.endswith("bias") and "LayerNorm" not in name


def three_steps(model, inputs):
    """Trains in place; returns the first step's gradients and, for each step, its learning rate, loss and gradient norm."""
    named = list(model.named_parameters())
    optimizer = torch.optim.AdamW([
        {"params": [p for n, p in named if decayed(n)], "weight_decay": WEIGHT_DECAY},
        {"params": [p for n, p in named if not decayed(n)], "weight_decay": 0.0},
    ], lr=PEAK_RATE, betas=(0.9, 0.999), eps=1e-8)
    schedule = get_linear_schedule_with_warmup(optimizer, WARMUP_STEPS, TOTAL_STEPS)
    model.train()
    first, steps = {}, []
    for step in range(1, STEPS + 1):
        output = model(**inputs)
        output.loss.backward()
        if step == 1:
            first = {"loss": output.loss.detach(), "logits": output.logits.detach()}
            first |= {f"grad.{name}": parameter.grad.clone() for name, parameter in named}
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP_NORM)
        steps.append({"step": step, "learning_rate": optimizer.param_groups[0]["lr"],
                      "loss": output.loss.item(), "gradient_norm_before_clipping": norm.item()})
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
    return first, steps


def make_training(folder, seed):
    def fresh():
        return draw_weights(BertForSequenceClassification(config(num_labels=3, **NO_DROPOUT)), seed, embeddings=0.4)

    model, inputs = fresh(), batch(LENGTHS, seed + 100) | {"labels": torch.tensor([0, 2, 1, 2])}
    first, steps = three_steps(model, inputs)
    after = {f"step3.{name}": parameter.detach() for name, parameter in model.named_parameters()}
    write(folder, fresh(), inputs | first | after)

    # The same in float64: how far float32 round-off alone moves each value, so that the test's tolerance can be explained.
    exact_model = fresh().double()
    exact_first, _ = three_steps(exact_model, inputs)
    exact_after = {f"step3.{name}": parameter.detach() for name, parameter in exact_model.named_parameters()}
    round_off_only = [name for name, _ in model.named_parameters() if name.endswith("attention.self.key.bias")]
    ignored = {f"step3.{name}" for name in round_off_only}

    def round_off(values, exact):
        return max((values[n].double() - exact[n].double()).abs().max().item() for n in values if n not in ignored)

    recipe = {
        "optimizer": "torch.optim.AdamW", "betas": [0.9, 0.999], "epsilon": 1e-8,
        "weight_decay": WEIGHT_DECAY, "no_weight_decay": "biases and LayerNorm weights",
        "clip_norm": CLIP_NORM, "clip_factor": "min(1, clip_norm / (norm + 1e-6)), over all gradients together",
        "schedule": "get_linear_schedule_with_warmup", "peak_learning_rate": PEAK_RATE,
        "warmup_steps": WARMUP_STEPS, "total_steps": TOTAL_STEPS,
        "steps": steps,
        "round_off_only": round_off_only,
        "float32_round_off": {"gradients_loss_logits": round_off(first, exact_first), "step3": round_off(after, exact_after)},
    }
    (folder / "training.json").write_text(json.dumps(recipe, indent=2) + "\n")
    print("training:", json.dumps(recipe["steps"]), recipe["float32_round_off"])
    assert max(recipe["float32_round_off"].values()) < 2e-6
    for name in round_off_only:
        assert first[f"grad.{name}"].abs().max() < 1e-6


# --- heads -----------------------------------------------------------------------------------------------------------

def whole_batch(model, inputs):
    """Where Hugging Face's own loss masks what is padding."""
    output = model(**inputs)
    return output.logits, output.loss


def span_by_span(model, inputs):
    logits, losses = torch.zeros(*inputs["input_ids"].shape, 2), []
    for row, (first, last) in enumerate(inputs["labels"]):
        length = inputs["attention_mask"][row].sum()
        targets = {} if first == IGNORED else {"start_positions": first[None], "end_positions": last[None]}
        output = model(input_ids=inputs["input_ids"][row, None, :length],
                       token_type_ids=inputs["token_type_ids"][row, None, :length], **targets)
        logits[row, :length] = torch.stack([output.start_logits[0], output.end_logits[0]], dim=-1).detach()
        losses += [output.loss] if targets else []
    return logits, torch.stack(losses).mean()


def row_of_choices_by_row(model, inputs):
    logits, losses = torch.zeros(inputs["input_ids"].shape[:2]), []
    for row, choices in enumerate(CHOICES):
        output = model(labels=inputs["labels"][row, None],
                       **{name: inputs[name][row, None, :choices] for name in inputs if name != "labels"})
        logits[row, :choices] = output.logits[0].detach()
        losses.append(output.loss)
    return logits, torch.stack(losses).mean()


def choices(seed):
    """[rows, C, 9], a row each of CHOICES; of choices that are padding nothing is left but their mask of 0."""
    real = [choice < count for count in CHOICES for choice in range(max(CHOICES))]
    lengths = [4 + (3 * i) % 6 if is_real else 0 for i, is_real in enumerate(real)]
    return {name: tensor.unflatten(0, (len(CHOICES), max(CHOICES))) for name, tensor in batch(lengths, seed).items()}


def token_labels(inputs, seed):
    """Two of three tokens have a label."""
    shape = inputs["input_ids"].shape
    labels = torch.from_numpy(np.random.default_rng(seed).integers(0, 3, shape))
    ignored = (inputs["attention_mask"] == 0) | (torch.arange(shape[1]) % 3 == 0)
    return labels.masked_fill(ignored, IGNORED)


# folder -> model, what its config says of the head, inputs from a seed, how logits and loss are computed
HEADS = {
    "tagger": (BertForTokenClassification, {"num_labels": 3}, lambda seed: (x := batch(LENGTHS, seed)) | {"labels": token_labels(x, seed + 100)},
               whole_batch),
    "span": (BertForQuestionAnswering, {"num_labels": 2}, lambda seed: batch(LENGTHS, seed) | {
        "labels": torch.tensor([[2, 4], [5, 5], [IGNORED, IGNORED], [0, 6]])}, span_by_span),
    "choice": (BertForMultipleChoice, {"num_labels": 2}, lambda seed: choices(seed) | {"labels": torch.tensor([3, 0, 1])}, row_of_choices_by_row),
    "regression": (BertForSequenceClassification, {"num_labels": 1}, lambda seed: batch(LENGTHS, seed) | {
        "labels": torch.tensor([0.5, -1.25, 3.0, 0.0])}, whole_batch),
    "numbers": (BertForSequenceClassification, {"num_labels": 2, "problem_type": "regression"}, lambda seed: batch(LENGTHS, seed) | {
        "labels": torch.tensor([[0.5, 2.0], [-1.25, 0.0], [3.0, -0.75], [0.0, 1.0]])}, whole_batch),
    "multi-label": (BertForSequenceClassification, {"num_labels": 3, "problem_type": "multi_label_classification"},
                    lambda seed: batch(LENGTHS, seed) | {
        "labels": torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 1.0]])}, whole_batch),
}


def head_reference(model, inputs, compute):
    """Logits, loss and gradients; every parameter has one."""
    logits, loss = compute(model, inputs)
    loss.backward()
    gradients = {f"grad.{name}": parameter.grad for name, parameter in model.named_parameters()}
    return {"logits": logits.detach(), "loss": loss.detach()} | gradients


def make_head(folder, seed):
    model_class, head, inputs_of, compute = HEADS[folder.name]

    def fresh():
        return draw_weights(model_class(config(**head, **NO_DROPOUT)), seed, embeddings=0.4)

    inputs = inputs_of(seed + 100)
    expected = head_reference(fresh(), inputs, compute)
    write(folder, fresh(), inputs | expected)
    exact_inputs = {name: t.double() if t.is_floating_point() else t for name, t in inputs.items()}
    exact = head_reference(fresh().double(), exact_inputs, compute)
    # Relative to each tensor's largest value, but for gradients that are truly 0: of key biases, and of biases that add the
    # same to all of a softmax's logits.
    round_off = max(((expected[n].double() - exact[n]).abs().max() / exact[n].abs().max().clamp(min=ZERO_GRADIENT)).item()
                    for n in expected)
    print(f"heads/{folder.name}: loss {expected['loss'].item():.4f}, relative float32 round-off {round_off:.1e}")
    assert round_off < 2e-5
    assert all(not 1e-12 < exact[n].abs().max() < ZERO_GRADIENT for n in expected)


# --- formats ---------------------------------------------------------------------------------------------------------

def make_format(folder, dtype, seed):
    model = draw_weights(BertModel(config()), seed).to(dtype)
    info = torch.finfo(dtype)
    smallest = {torch.float16: 2.0 ** -24, torch.bfloat16: 2.0 ** -133}[dtype]  # the smallest subnormal
    special = [0.0, -0.0, smallest, -smallest, 3 * smallest, info.tiny - smallest, info.tiny, -info.tiny,
               info.max, info.min, 1.0, -1.0, 1.0 + info.eps, 1.0 - info.eps / 2, 0.5, -2.0]
    with torch.no_grad():
        model.embeddings.word_embeddings.weight[-1] = torch.tensor(special, dtype=torch.float64).to(dtype)
    assert model.embeddings.word_embeddings.weight[-1].double().tolist() == special
    write(folder, model, {name: value.float() for name, value in model.state_dict().items() if value.is_floating_point()})


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    here = pathlib.Path(__file__).resolve().parent
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "golden"
    for seed, (activation, epsilon) in enumerate(ENCODERS.items(), start=1):
        make_encoder(root / "encoder" / activation, activation, epsilon, seed)
    make_training(root / "training", seed=18)  # a seed with little round-off, see float32_round_off
    for name in HEADS:
        make_head(root / "heads" / name, seed=18)
    for seed, dtype in enumerate([torch.float16, torch.bfloat16], start=21):
        make_format(root / "formats" / str(dtype).removeprefix("torch."), dtype, seed)
    files = [f for f in root.rglob("*") if f.is_file() and f.parent.name in
             {*ENCODERS, *HEADS, "training", "float16", "bfloat16"}]
    for file in files:
        file.chmod(0o644)  # safetensors writes 0600
        if file.suffix == ".safetensors":
            load_file(file)
    print(f"torch {torch.__version__}, transformers {transformers.__version__}: {len(files)} files,",
          sum(f.stat().st_size for f in files), "bytes")


if __name__ == "__main__":
    main()
