#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files that the language-model heads and the encoder's hidden states are tested against.

    python make_language_model_golden.py [OUTPUT_DIR]        default: ../resources/golden beside this folder

The reference is Hugging Face transformers' BERT on PyTorch, as in make_golden.py, whose toy models these are (vocabulary 60,
hidden 16, 2 layers, 2 heads, intermediate 24); weights and inputs come from NumPy generators with fixed seeds.
Last run with: python 3.11.7, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, numpy 2.4.6.

What it writes:

  language-model/{pretraining,masked-lm,next-sentence,causal-lm}/   BertForPreTraining, BertForMaskedLM,
        BertForNextSentencePrediction and BertLMHeadModel (is_decoder), dropout 0: config.json, model.safetensors as
        save_pretrained writes it, and expected.safetensors with
        input_ids, token_type_ids, attention_mask  int64 [4, 9]   ragged, padded on the right
        labels  int64 [4, 9]     not of next-sentence
              pretraining, masked-lm: the original ids of the chosen tokens (CHOSEN), -100 elsewhere. In input_ids the chosen
              ones are MASK, but for the first of row 0, which is kept, and the second of row 0, which is another token.
              causal-lm: input_ids, -100 on padding. The logits at position i are compared with the label at i + 1.
        next_sentence_label  int64 [4]   pretraining, next-sentence: 0 the second text follows the first, 1 it does not
        loss  float32 []    the mean over all the chosen tokens of the batch (not of the rows' means), over the rows for the
              next sentence; of pretraining the sum of loss.mlm and loss.nsp, which are there too
        logits  float32 [4, 9, 60]    not of next-sentence; those of padding are 0 here, nobody reads them
        seq_relationship_logits  float32 [4, 2]    pretraining, next-sentence
        grad.<name>  d loss / d parameter
        The decoder has no weight of its own: it is bert.embeddings.word_embeddings.weight, which is in model.safetensors once,
        under that name, and whose one gradient is the sum of both uses. Its bias is cls.predictions.bias (Hugging Face has
        cls.predictions.decoder.bias as a second name for it, which save_pretrained leaves out). masked-lm and causal-lm have no pooler.
        Gradients of key biases are zero but for round-off.
  hidden-states/   a BertModel, eager attention, evaluation mode; config.json, model.safetensors, expected.safetensors with
        input_ids, token_type_ids, attention_mask  int64 [4, 9]
        hidden_states.0 .. hidden_states.2  float32 [4, 9, 16]    0: after the embeddings' LayerNorm, 2: last_hidden_state
        attentions.0 .. attentions.1  float32 [4, 2, 9, 9]    batch, head, from, to: the softmax's probabilities
        Rows of padding (hidden states of padding, attention from padding) are 0 here; nobody reads them.
"""
import pathlib
import sys

import numpy as np
import torch
import transformers
from torch.nn.functional import cross_entropy
from transformers import BertForMaskedLM, BertForNextSentencePrediction, BertForPreTraining, BertLMHeadModel, BertModel

from make_golden import IGNORED, LENGTHS, NO_DROPOUT, ZERO_GRADIENT, batch, config, draw_weights, write

MASK = 4
CHOSEN = [[2, 5, 7], [1, 4], [2], [3, 5]]  # row by row; not equally many, so that a mean of means is another loss
NEXT_SENTENCE = torch.tensor([0, 1, 1, 0])
SEED = 42  # a seed with little round-off


# --- inputs ----------------------------------------------------------------------------------------------------------

def masked(seed):
    """A batch with the chosen tokens masked, and their labels."""
    inputs = batch(LENGTHS, seed)
    labels = torch.full_like(inputs["input_ids"], IGNORED)
    for row, positions in enumerate(CHOSEN):
        labels[row, positions] = inputs["input_ids"][row, positions]
        inputs["input_ids"][row, positions] = MASK
    kept, replaced = CHOSEN[0][:2]
    inputs["input_ids"][0, kept] = labels[0, kept]
    inputs["input_ids"][0, replaced] = labels[0, replaced] % 59 + 1
    return inputs | {"labels": labels}


def causal(seed):
    inputs = batch(LENGTHS, seed)
    return inputs | {"labels": inputs["input_ids"].masked_fill(inputs["attention_mask"] == 0, IGNORED)}


# --- losses ----------------------------------------------------------------------------------------------------------

def token_loss(logits, labels):
    return cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORED)


def features(inputs):
    return {name: inputs[name] for name in ("input_ids", "token_type_ids", "attention_mask")}


def pretraining(model, inputs):
    output = model(**features(inputs))
    losses = {"loss.mlm": token_loss(output.prediction_logits, inputs["labels"]),
              "loss.nsp": cross_entropy(output.seq_relationship_logits, inputs["next_sentence_label"])}
    return {"loss": sum(losses.values()), "logits": output.prediction_logits,
            "seq_relationship_logits": output.seq_relationship_logits} | losses


def masked_lm(model, inputs):
    logits = model(**features(inputs)).logits
    return {"loss": token_loss(logits, inputs["labels"]), "logits": logits}


def next_sentence(model, inputs):
    logits = model(**features(inputs)).logits
    return {"loss": cross_entropy(logits, inputs["next_sentence_label"]), "seq_relationship_logits": logits}


def causal_lm(model, inputs):
    logits = model(**features(inputs)).logits
    return {"loss": token_loss(logits[:, :-1], inputs["labels"][:, 1:]), "logits": logits}


def own_loss(model, inputs):
    """The loss as the model itself computes it."""
    if isinstance(model, BertForNextSentencePrediction):
        return model(**features(inputs), labels=inputs["next_sentence_label"]).loss
    return model(**inputs).loss


# folder -> model, more of its configuration, inputs from a seed, how logits and losses are computed
MODELS = {
    "pretraining": (BertForPreTraining, {}, lambda seed: masked(seed) | {"next_sentence_label": NEXT_SENTENCE}, pretraining),
    "masked-lm": (BertForMaskedLM, {}, masked, masked_lm),
    "next-sentence": (BertForNextSentencePrediction, {},
                      lambda seed: batch(LENGTHS, seed) | {"next_sentence_label": NEXT_SENTENCE}, next_sentence),
    "causal-lm": (BertLMHeadModel, {"is_decoder": True}, causal, causal_lm),
}


# --- models ----------------------------------------------------------------------------------------------------------

def reference(model, inputs, compute):
    """Logits, losses and gradients; every parameter has one."""
    output = compute(model, inputs)
    output["loss"].backward()
    gradients = {f"grad.{name}": parameter.grad for name, parameter in model.named_parameters()}
    if "logits" in output:
        output["logits"] = output["logits"] * inputs["attention_mask"][..., None]
    return {name: value.detach() for name, value in output.items()} | gradients


def check_sensitive(folder, model, inputs, expected):
    """The mistakes these files are there to catch must move a value well past any sensible tolerance."""
    real = inputs["attention_mask"].bool()

    def distance(name, value):
        return (value - expected[name])[real if name == "logits" else ...].abs().max().item()

    def variant(**changes):
        twin = type(model)(config(**(NO_DROPOUT | MODELS[folder.name][1] | changes))).eval()
        twin.load_state_dict(model.state_dict())
        return masked_lm(twin, inputs)

    wrong = {}
    if folder.name == "causal-lm":
        wrong = {"no shift": distance("loss", token_loss(expected["logits"], inputs["labels"])),
                 "sees what follows": distance("logits", variant(is_decoder=False)["logits"])}
    if folder.name == "masked-lm":
        rows = [token_loss(logits[None], labels[None]) for logits, labels in zip(expected["logits"], inputs["labels"])]
        wrong = {"activation": distance("logits", variant(activation="gelu_new")["logits"]),
                 "no bias": distance("logits", expected["logits"] - model.cls.predictions.bias.detach()),
                 "mean of rows": distance("loss", torch.stack(rows).mean())}
    if "logits" in expected:  # an embedding of its own would have no gradient where a token is not in the batch
        wrong["not tied"] = expected["grad.bert.embeddings.word_embeddings.weight"].abs().amax(dim=1).min().item()
    if wrong:
        print("  a mistake moves a value by", {k: f"{v:.1e}" for k, v in wrong.items()})
    assert all(value > 1e-4 for value in wrong.values()), wrong


def make_model(folder, seed):
    model_class, more, inputs_of, compute = MODELS[folder.name]

    def fresh():
        return draw_weights(model_class(config(**NO_DROPOUT, **more)), seed, embeddings=0.4)

    inputs = inputs_of(seed + 100)
    expected = reference(fresh(), inputs, compute)
    torch.testing.assert_close(own_loss(fresh(), inputs), expected["loss"], rtol=0, atol=1e-6)
    write(folder, fresh(), inputs | expected)
    (folder / "generation_config.json").unlink(missing_ok=True)  # save_pretrained's, of a causal-lm
    exact = reference(fresh().double(), inputs, compute)
    # Relative to each tensor's largest value, but for gradients that are truly 0: of key biases
    round_off = max(((expected[n].double() - exact[n]).abs().max() / exact[n].abs().max().clamp(min=ZERO_GRADIENT)).item()
                    for n in expected)
    print(f"{folder.parent.name}/{folder.name}:", {n: f"{v.item():.4f}" for n, v in expected.items() if n.startswith("loss")},
          f"relative float32 round-off {round_off:.1e}")
    assert round_off < 2e-5
    small = {n: exact[n].abs().max().item() for n in expected if 1e-12 < exact[n].abs().max() < ZERO_GRADIENT}
    assert not small, small
    check_sensitive(folder, fresh(), inputs, expected)


def make_hidden_states(folder, seed):
    model = draw_weights(BertModel(config()), seed)
    inputs = batch(LENGTHS, seed + 100)
    with torch.no_grad():
        output = model(**inputs, output_hidden_states=True, output_attentions=True)
    real = inputs["attention_mask"]
    hidden = {f"hidden_states.{i}": states * real[..., None] for i, states in enumerate(output.hidden_states)}
    attentions = {f"attentions.{i}": probabilities * real[:, None, :, None]
                  for i, probabilities in enumerate(output.attentions)}
    assert torch.equal(hidden["hidden_states.2"], output.last_hidden_state * real[..., None])
    for probabilities in attentions.values():  # one over what is real, nothing for padding
        torch.testing.assert_close(probabilities.sum(dim=-1), real[:, None].expand(-1, 2, -1).float())
        assert not probabilities[(real == 0)[:, None, None].expand_as(probabilities)].any()
    write(folder, model, inputs | hidden | attentions)


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    here = pathlib.Path(__file__).resolve().parent
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "golden"
    folders = [root / "language-model" / name for name in MODELS]
    for folder in folders:
        make_model(folder, SEED)
    folders.append(root / "hidden-states")
    make_hidden_states(folders[-1], SEED)
    files = [file for folder in folders for file in folder.iterdir()]
    for file in files:
        file.chmod(0o644)  # safetensors writes 0600
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, numpy {np.__version__}: {len(files)} files,",
          sum(f.stat().st_size for f in files), "bytes")


if __name__ == "__main__":
    main()
