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
from transformers import BertConfig, BertForSequenceClassification, BertModel, get_linear_schedule_with_warmup

# folder and hidden_act -> layer_norm_eps
ENCODERS = {"gelu": 1e-12, "gelu_new": 1e-5, "relu": 1e-12}
LENGTHS = [9, 6, 4, 7]  # tokens before the padding, row by row
PAD = 0


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


def batch(rows, seed):
    """[rows, 9] ids in 1..59, the second half of each row in segment 1, padded on the right to LENGTHS."""
    random = np.random.default_rng(seed)
    ids = random.integers(1, 60, (rows, 9))
    mask = (np.arange(9)[None, :] < np.array(LENGTHS[:rows])[:, None]).astype(np.int64)
    segments = (np.arange(9)[None, :] >= np.array(LENGTHS[:rows])[:, None] // 2).astype(np.int64)
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
    inputs = batch(3, seed + 100)
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
        return draw_weights(BertForSequenceClassification(config(
            num_labels=3, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, classifier_dropout=0.0)),
            seed, embeddings=0.4)

    model, inputs = fresh(), batch(4, seed + 100) | {"labels": torch.tensor([0, 2, 1, 2])}
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
    for seed, dtype in enumerate([torch.float16, torch.bfloat16], start=21):
        make_format(root / "formats" / str(dtype).removeprefix("torch."), dtype, seed)
    files = [f for f in root.rglob("*") if f.is_file() and f.parent.name in
             {*ENCODERS, "training", "float16", "bfloat16"}]
    for file in files:
        file.chmod(0o644)  # safetensors writes 0600
        if file.suffix == ".safetensors":
            load_file(file)
    print(f"torch {torch.__version__}, transformers {transformers.__version__}: {len(files)} files,",
          sum(f.stat().st_size for f in files), "bytes")


if __name__ == "__main__":
    main()
