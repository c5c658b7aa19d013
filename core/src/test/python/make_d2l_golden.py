#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden files of models in the form of the book "Dive into Deep Learning" (d2l), from the book's own package.

    python make_d2l_golden.py torch  [OUTPUT_DIR]      d2l 1.0.3   also makes texts.json
    python make_d2l_golden.py paddle [OUTPUT_DIR]      d2l 0.17.6  (1.0.3 has no Paddle)
    python make_d2l_golden.py mxnet  [OUTPUT_DIR]      d2l 1.0.3

OUTPUT_DIR is ../resources/golden/d2l beside this folder unless given. One run for each framework, each in an environment
of its own, because the frameworks want different versions of NumPy:

    pip install torch==2.13.0 torchvision safetensors pandas matplotlib matplotlib-inline ipython requests scipy
    pip install paddlepaddle==2.6.2 numpy==1.26.4 "pandas<3" matplotlib matplotlib-inline ipython requests setuptools
    pip install mxnet==1.9.1 numpy==1.23.5 "pandas<2.1" "matplotlib<3.9" matplotlib-inline ipython requests pillow "scipy<1.12"
    pip install --no-deps d2l==1.0.3        or 0.17.6; its own pins are older than the Python in use

Paddle's file is a pickle of NumPy arrays: NumPy 1 writes numpy.core.multiarray into it, as all files of the book's time have it,
NumPy 2 numpy._core.multiarray.

Last run with: python 3.11.7 on the CPU, one thread. Weights, inputs and texts come from fixed seeds, but trained weights and
outputs may move in the last bits under another version or processor.

What it writes: a folder for each model, all of them with 2 blocks, hidden 16, feed-forward 32, 2 heads, 40 positions, with

  vocab.json    the words; torch-random, torch-trained, paddle in the order of the book's editions before 1.0 (<unk> <pad>
                <mask> <cls> <sep>, words by frequency); mxnet sorted, as d2l 1.0 orders them, so <pad> and the rest lie elsewhere
  config.json   the number of heads, which the weights do not tell
  the weights   torch-random, torch-trained   pretrained.params    torch.save(net.state_dict())
                paddle                        pretrained.pdparams  paddle.save(net.state_dict())
                mxnet                         pretrained.params    net.save_parameters()
      torch-random is as the book initialises it. torch-trained has been trained for 30 steps on SENTENCES. In paddle and mxnet
      biases and LayerNorms, which start as 0 and 1 there, are drawn anew and embeddings made small, so that a bias or a
      LayerNorm read wrongly shows, and so does a LayerNorm epsilon that is not 1e-5: each moves the outputs by more than 1e-4
      (this script checks that), but for W_k.bias, which moves nothing.
  expected.json, evaluation mode, N = 3 inputs of different length padded to T, P predictions each
      tokens, segments [N][T], valid_lens [N], pred_positions [N][P]
      mlm_weights [N][P]    1, or 0 for padding, which has position 0 as the book's data has
      encoded_X [N][T][H]   rows from valid_len on are zero here; nobody reads them
      hidden [N][H]         after tanh
      mlm_Y_hat [N][P][V], nsp_Y_hat [N][2] (see nsp_order)
      The shortest decimal form of each float32 is written, so reading it as a float gives that float32.
  torch-trained also has, in expected.json, "training": mlm_Y [N][P], nsp_y [N], the losses of that batch without dropout (mlm: the
      mean over the predictions of weight 1; nsp: the mean over the rows; loss: their sum), and of each parameter's gradient the
      L2 norm and the first 5 values. gradients.safetensors holds them whole. Key biases (W_k.bias) have a gradient of exactly
      zero in exact arithmetic, so what is there is round-off. Rows of the embeddings that no input names have a gradient of zero.
  texts.json    text to ids with the vocabulary of torch-random
      texts, pairs  text or a and b, tokens, segments, ids     lower-cased, split at white space (Python's str.lower, str.split)
      paragraphs    a line of the corpus and its sentences, each a list of words; null for a line that is left out
      truncation    as the book shortens the pairs of SNLI to max_len - 3 words: the longer loses its last word; if the premise
                    is not the longer one, the hypothesis does. premise, hypothesis: words before; kept: words after
      packed        pairs shortened so and padded to max_len: ids, segments, valid_len
"""
import importlib
import json
import os
import pathlib
import random
import sys
import tempfile

import numpy

HIDDEN, FFN, HEADS, BLOCKS, POSITIONS = 16, 32, 2, 2, 40
SPECIAL = ["<unk>", "<pad>", "<mask>", "<cls>", "<sep>"]
# One paragraph a line. Written for this project.
SENTENCES = [
    ["the small ferry leaves the harbour at six", "it carries bread , letters and two tired dogs",
     "the captain counts the dogs twice", "then the ferry turns north"],
    ["a baker opens the door at six", "she carries warm bread to the harbour", "the dogs wait at the door",
     "the captain buys two loaves"],
    ["snow falls on the harbour", "the ferry waits for the captain", "no letters leave the island", "the dogs sleep"],
]
# Words that only texts.json needs.
MORE_WORDS = ["naïve", "straße", "i̇stanbul", "οδος", "οδοσ", "köln", ".", "don't", "42", "\u200b"]
# Words of the three inputs: a, b. <mask> stands where the model is to predict.
INPUTS = [
    ("the small ferry <mask> the harbour at six", "it carries <mask> , letters and two tired <mask>"),
    ("a baker opens the <mask>", "snow falls on the <mask>"),
    ("no <mask> leave the island", None),
]
ANSWERS = [["leaves", "bread", "dogs"], ["door", "harbour"], ["letters"]]
IS_NEXT = [1, 0, 1]
PREDICTIONS = 4


def words_by_frequency():
    words = [word for paragraph in SENTENCES for sentence in paragraph for word in sentence.split()]
    return sorted(dict.fromkeys(words), key=lambda word: -words.count(word))


def vocabulary(d2l, words):
    """As the book's fine-tuning section reads a vocab.json."""
    vocab = d2l.Vocab()
    vocab.idx_to_token = words
    vocab.token_to_idx = {word: index for index, word in enumerate(words)}
    return vocab


def inputs(d2l, vocab):
    """The batch of INPUTS as NumPy arrays: tokens, segments, valid_lens, pred_positions, mlm_weights, mlm_Y, nsp_y."""
    packed = [d2l.get_tokens_and_segments(a.split(), b and b.split()) for a, b in INPUTS]
    length = max(len(tokens) for tokens, _ in packed)
    batch = {"tokens": [], "segments": [], "valid_lens": [], "pred_positions": [], "mlm_weights": [], "mlm_Y": [], "nsp_y": IS_NEXT}
    for (tokens, segments), answers in zip(packed, ANSWERS):
        positions = [at for at, token in enumerate(tokens) if token == "<mask>"]
        assert len(positions) == len(answers) and not set(answers) - set(vocab.idx_to_token)
        batch["tokens"].append(vocab[tokens] + [vocab["<pad>"]] * (length - len(tokens)))
        batch["segments"].append(segments + [0] * (length - len(tokens)))
        batch["valid_lens"].append(len(tokens))
        batch["pred_positions"].append(positions + [0] * (PREDICTIONS - len(positions)))
        batch["mlm_weights"].append([1.0] * len(positions) + [0.0] * (PREDICTIONS - len(positions)))
        batch["mlm_Y"].append(vocab[answers] + [0] * (PREDICTIONS - len(positions)))
    kinds = {"valid_lens": "float32", "mlm_weights": "float32"}
    return {name: numpy.array(values, kinds.get(name, "int64")) for name, values in batch.items()}


def plain(array):
    """Nested lists; of a float32 the shortest decimal that is read as that float32."""
    array = numpy.asarray(array)
    if array.ndim:
        return [plain(row) for row in array]
    return float(str(array[()])) if array.dtype.kind == "f" else int(array)


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"') + "\n", encoding="utf-8")


def write_model(folder, vocab, batch, outputs, source, more=None):
    (folder / "vocab.json").write_text(json.dumps(vocab.idx_to_token), encoding="utf-8")
    (folder / "config.json").write_text(json.dumps({"num_attention_heads": HEADS}) + "\n", encoding="utf-8")
    outputs = dict(outputs)
    outputs["encoded_X"] = numpy.array(outputs["encoded_X"])
    for row, length in enumerate(batch["valid_lens"]):
        outputs["encoded_X"][row, int(length):] = 0
    given = {name: plain(batch[name]) for name in ("tokens", "segments", "pred_positions", "mlm_weights")}
    write_json(folder / "expected.json", {
        "source": source, "nsp_order": "column 0: not next, column 1: is next", "layer_norm_epsilon": 1e-5,
        **given, "valid_lens": [int(length) for length in batch["valid_lens"]],
        **{name: plain(outputs[name]) for name in ("encoded_X", "hidden", "mlm_Y_hat", "nsp_Y_hat")}, **(more or {})})


def redrawn(name, values, seed):
    """Biases and LayerNorms away from 0 and 1, and embeddings small."""
    generator = numpy.random.default_rng([seed, *name.encode()])
    if values.ndim == 1:
        near = 1.0 if name.endswith(("gamma", "ln.weight", "mlp.2.weight")) else 0.0
        values = near + generator.uniform(-0.05, 0.05, values.shape)
    elif "embedding" in name:
        values = generator.normal(0.0, 0.02, values.shape)
    return numpy.asarray(values, "float32")


def check_sensitive(outputs, changed, what):
    moved = max(float(numpy.abs(outputs[name] - changed[name]).max()) for name in ("hidden", "mlm_Y_hat", "nsp_Y_hat"))
    print(f"{what} moves the outputs by {moved:.1e}")
    if not moved > 1e-4:
        sys.exit("that is too little to show")


# ---- PyTorch

def torch_net(d2l):
    return d2l.BERTModel(len(SPECIAL + words_by_frequency() + MORE_WORDS), num_hiddens=HIDDEN, ffn_num_hiddens=FFN,
                         num_heads=HEADS, num_blks=BLOCKS, dropout=0.0, max_len=POSITIONS)


def torch_call(torch, net, batch):
    tokens, segments, lengths, positions = (
        torch.from_numpy(batch[name]) for name in ("tokens", "segments", "valid_lens", "pred_positions"))
    encoded, mlm, nsp = net(tokens, segments, lengths, positions)
    return {"encoded_X": encoded, "hidden": net.hidden(encoded[:, 0, :]), "mlm_Y_hat": mlm, "nsp_Y_hat": nsp}


def torch_losses(torch, outputs, batch):
    labels, weights, is_next = (torch.from_numpy(batch[name]) for name in ("mlm_Y", "mlm_weights", "nsp_y"))
    each = torch.nn.functional.cross_entropy(outputs["mlm_Y_hat"].flatten(0, 1), labels.flatten(), reduction="none")
    mlm = (each * weights.flatten()).sum() / weights.sum()
    return mlm, torch.nn.functional.cross_entropy(outputs["nsp_Y_hat"], is_next)


def torch_save(d2l, torch, net, vocab, folder, source, gradients=False):
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), folder / "pretrained.params")
    batch = inputs(d2l, vocab)
    net = torch_net(d2l)
    torch_call(torch, net, batch)  # gives the lazy layers their shapes
    net.load_state_dict(torch.load(folder / "pretrained.params"))
    with torch.no_grad():
        outputs = {name: value.numpy() for name, value in torch_call(torch, net.eval(), batch).items()}
    more = None
    if gradients:
        mlm, nsp = torch_losses(torch, torch_call(torch, net.train(), batch), batch)
        (mlm + nsp).backward()
        values = {name: parameter.grad for name, parameter in net.named_parameters()}
        from safetensors.torch import save_file
        save_file(values, folder / "gradients.safetensors")
        more = {"training": {
            "mlm_Y": plain(batch["mlm_Y"]), "nsp_y": plain(batch["nsp_y"]),
            "mlm_loss": plain(mlm.detach().numpy()), "nsp_loss": plain(nsp.detach().numpy()),
            "loss": plain((mlm + nsp).detach().numpy()),
            "gradients": {name: {"shape": list(value.shape), "norm": plain(value.norm().numpy()),
                                 "first": plain(value.flatten()[:5].numpy())} for name, value in values.items()}}}
    write_model(folder, vocab, batch, outputs, source, more)


def make_torch(output):
    import torch
    d2l = importlib.import_module("d2l.torch")
    torch.set_num_threads(1)
    source = f"d2l.torch {importlib.import_module('d2l').__version__}, torch {torch.__version__}"
    vocab = vocabulary(d2l, SPECIAL + words_by_frequency() + MORE_WORDS)

    torch.manual_seed(1)
    net = torch_net(d2l)
    torch_call(torch, net, inputs(d2l, vocab))
    torch_save(d2l, torch, net, vocab, output / "torch-random", source)

    random.seed(2)
    torch.manual_seed(2)
    paragraphs = [d2l.tokenize(paragraph) for paragraph in SENTENCES]
    pairs = [pair for _ in range(3) for paragraph in paragraphs
             for pair in d2l._get_nsp_data_from_paragraph(paragraph, paragraphs, vocab, POSITIONS)]
    examples = [d2l._get_mlm_data_from_tokens(tokens, vocab) + (segments, is_next) for tokens, segments, is_next in pairs]
    columns = [torch.stack(column).numpy() for column in d2l._pad_bert_inputs(examples, POSITIONS, vocab)]
    names = ("tokens", "segments", "valid_lens", "pred_positions", "mlm_weights", "mlm_Y", "nsp_y")
    batch = dict(zip(names, columns))
    net = torch_net(d2l)
    torch_call(torch, net, batch)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for step in range(30):
        mlm, nsp = torch_losses(torch, torch_call(torch, net.train(), batch), batch)
        optimizer.zero_grad()
        (mlm + nsp).backward()
        optimizer.step()
        if step in (0, 29):
            print(f"step {step + 1}: mlm {mlm:.4f} nsp {nsp:.4f}")
    torch_save(d2l, torch, net, vocab, output / "torch-trained", source, gradients=True)
    make_texts(d2l, vocab, output)


# ---- Paddle

def make_paddle(output):
    import paddle
    d2l = importlib.import_module("d2l.paddle")
    vocab = vocabulary(d2l, SPECIAL + words_by_frequency() + MORE_WORDS)
    batch = inputs(d2l, vocab)
    folder = output / "paddle"
    folder.mkdir(parents=True, exist_ok=True)

    def new_net():
        return d2l.BERTModel(len(vocab), num_hiddens=HIDDEN, norm_shape=[HIDDEN], ffn_num_input=HIDDEN, ffn_num_hiddens=FFN,
                             num_heads=HEADS, num_layers=BLOCKS, dropout=0.0, max_len=POSITIONS, key_size=HIDDEN,
                             query_size=HIDDEN, value_size=HIDDEN, hid_in_features=HIDDEN, mlm_in_features=HIDDEN,
                             nsp_in_features=HIDDEN)

    def call(net):
        net.eval()
        encoded, mlm, nsp = net(*(paddle.to_tensor(batch[name]) for name in ("tokens", "segments", "valid_lens", "pred_positions")))
        outputs = {"encoded_X": encoded, "hidden": net.hidden(encoded[:, 0, :]), "mlm_Y_hat": mlm, "nsp_Y_hat": nsp}
        return {name: value.numpy() for name, value in outputs.items()}

    paddle.seed(3)
    net = new_net()
    net.set_state_dict({name: redrawn(name, value.numpy(), 3) for name, value in net.state_dict().items()})
    paddle.save(net.state_dict(), str(folder / "pretrained.pdparams"))
    net = new_net()
    net.set_state_dict(paddle.load(str(folder / "pretrained.pdparams")))
    outputs = call(net)
    write_model(folder, vocab, batch, outputs, f"d2l.paddle {importlib.import_module('d2l').__version__}, paddle {paddle.__version__}")

    for layer in net.sublayers():
        if isinstance(layer, paddle.nn.LayerNorm):
            layer._epsilon = 1e-12
    check_sensitive(outputs, call(net), "another LayerNorm epsilon")
    for name, _ in net.named_parameters():
        if name.endswith("bias") and "W_k" not in name:
            net.set_state_dict(paddle.load(str(folder / "pretrained.pdparams")))
            changed = net.state_dict()[name]
            changed.set_value(paddle.zeros_like(changed))
            check_sensitive(outputs, call(net), f"leaving {name} out")


# ---- MXNet

def make_mxnet(output):
    import mxnet
    from mxnet import init, np, npx
    d2l = importlib.import_module("d2l.mxnet")
    npx.set_np()
    vocab = vocabulary(d2l, sorted(SPECIAL + words_by_frequency() + MORE_WORDS))
    batch = inputs(d2l, vocab)
    kinds = {"tokens": "int32", "segments": "int32", "valid_lens": "float32", "pred_positions": "int32"}
    folder = output / "mxnet"
    folder.mkdir(parents=True, exist_ok=True)

    def new_net():
        return d2l.BERTModel(len(vocab), num_hiddens=HIDDEN, ffn_num_hiddens=FFN, num_heads=HEADS, num_blks=BLOCKS,
                             dropout=0.0, max_len=POSITIONS)

    def call(net):
        encoded, mlm, nsp = net(*(np.array(batch[name], dtype=kind) for name, kind in kinds.items()))
        outputs = {"encoded_X": encoded, "hidden": net.hidden(encoded[:, 0, :]), "mlm_Y_hat": mlm, "nsp_Y_hat": nsp}
        return {name: value.asnumpy() for name, value in outputs.items()}

    mxnet.random.seed(4)
    net = new_net()
    net.initialize(init.Xavier())
    call(net)
    for name, parameter in net._collect_params_with_prefix().items():
        parameter.set_data(np.array(redrawn(name, parameter.data().asnumpy(), 4)))
    net.save_parameters(str(folder / "pretrained.params"))
    net = new_net()
    net.load_parameters(str(folder / "pretrained.params"))
    outputs = call(net)
    write_model(folder, vocab, batch, outputs, f"d2l.mxnet {importlib.import_module('d2l').__version__}, mxnet {mxnet.__version__}")

    for name, parameter in net._collect_params_with_prefix().items():
        if name.endswith(("bias", "beta")) and "W_k" not in name:
            kept = parameter.data().copy()
            parameter.set_data(np.zeros_like(kept))
            check_sensitive(outputs, call(net), f"leaving {name} out")
            parameter.set_data(kept)

    def coarse(block):
        if isinstance(block, mxnet.gluon.nn.LayerNorm):
            block._epsilon = 1e-12
            block._kwargs["eps"] = 1e-12
    net.apply(coarse)
    check_sensitive(outputs, call(net), "another LayerNorm epsilon")


# ---- Texts

TEXTS = [
    "The small ferry leaves the harbour at six", "", "   ", "the  ferry\tturns\nnorth ", "the\u00a0ferry\u2003waits\u3000at\u202fsix",
    "the\u2028dogs\u2029sleep\u0085x\x1cat\x1dsix\x1edogs\x1fwait\x0bno\x0cletters\r\nleave",
    "a zero-width\u200bspace \u200b the\ufeffdogs", "The dogs, the captain's bread.", "bread , letters .", "Don't DON'T don\u2019t 42 ４２",
    "NAÏVE nai\u0308ve NAI\u0308VE naive", "STRASSE Straße STRAẞE", "İstanbul Istanbul ıstanbul", "ΟΔΟΣ ΟΔΟΣ. οδος οδοσ", "\u212aÖLN KÖLN KO\u0308LN",
    "<unk> <UNK> <mask> <MASK> <cls>the <sep> <pad>", "a wizard buys two zeppelins", "the \U0001f415 sleep \U00010400 \U00010428",
    "no\u180eletters no\u1680letters", "Ǆ ǅ ǆ ﬀ", "the\x00dogs the\x7fdogs",
]
PAIRS = [("The ferry waits", "The dogs SLEEP"), ("", "the dogs sleep"), ("the dogs sleep", ""), ("a\u00a0baker opens", "snow\tfalls <sep> north")]
LINES = [
    "The ferry leaves . It carries bread . The dogs sleep .", " The ferry leaves . It carries bread . \n", "The ferry leaves .", "The ferry leaves . ",
    " = Heading = ", "", "One.Two . Three", "A . . B", " . A", "A .  B  . C", "A .\u00a0B . C", "\u00a0A . B\u3000", "A . B .\tC",
]
LENGTHS = [(3, 3, 9), (4, 3, 9), (3, 4, 9), (5, 5, 9), (5, 5, 8), (10, 2, 9), (2, 10, 9), (1, 1, 4), (1, 1, 3), (2, 1, 4), (1, 2, 4),
           (0, 9, 8), (9, 0, 8), (100, 30, 128), (100, 60, 128), (60, 100, 128), (63, 63, 128), (62, 63, 128), (200, 200, 128), (17, 9, 24)]


def truncate(premise, hypothesis, max_len):
    while len(premise) + len(hypothesis) > max_len - 3:
        (premise if len(premise) > len(hypothesis) else hypothesis).pop()


def paragraph(d2l, line):
    """What the book makes of one line of its corpus file."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "wiki.train.tokens"), "w", encoding="utf-8", newline="") as file:
            file.write(line)
        found = d2l._read_wiki(folder)
    return d2l.tokenize(found[0]) if found else None


def make_texts(d2l, vocab, output):
    def words(text):
        return d2l.tokenize([text.lower()])[0]

    def entry(a, b=None):
        tokens, segments = d2l.get_tokens_and_segments(words(a), None if b is None else words(b))
        given = {"text": a} if b is None else {"a": a, "b": b}
        return {**given, "tokens": tokens, "segments": segments, "ids": vocab[tokens]}

    truncation = []
    for premise, hypothesis, max_len in LENGTHS:
        a, b = list(range(premise)), list(range(hypothesis))
        truncate(a, b, max_len)
        truncation.append({"premise": premise, "hypothesis": hypothesis, "max_len": max_len, "kept": [len(a), len(b)]})
    packed = []
    for max_len in (24, 16, 9, 5):
        a, b = "The small ferry leaves the harbour at SIX", "It carries bread , letters and two tired dogs"
        first, second = words(a), words(b)
        truncate(first, second, max_len)
        tokens, segments = d2l.get_tokens_and_segments(first, second)
        missing = max_len - len(tokens)
        packed.append({"premise": a, "hypothesis": b, "max_len": max_len, "ids": vocab[tokens] + [vocab["<pad>"]] * missing,
                       "segments": segments + [0] * missing, "valid_len": len(tokens)})
    document = {
        "vocab": "torch-random/vocab.json", "texts": [entry(text) for text in TEXTS], "pairs": [entry(*pair) for pair in PAIRS],
        "paragraphs": [{"line": line, "sentences": paragraph(d2l, line)} for line in LINES], "truncation": truncation, "packed": packed}
    lines = [f' "{name}": ' + (json.dumps(value) if isinstance(value, str) else
             "[\n  " + ",\n  ".join(json.dumps(item) for item in value) + "\n ]") for name, value in document.items()]
    (output / "texts.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main():
    makers = {"torch": make_torch, "paddle": make_paddle, "mxnet": make_mxnet}
    if not 2 <= len(sys.argv) <= 3 or sys.argv[1] not in makers:
        sys.exit(f"usage: {sys.argv[0]} {'|'.join(makers)} [OUTPUT_DIR]")
    default = pathlib.Path(__file__).resolve().parents[1] / "resources" / "golden" / "d2l"
    makers[sys.argv[1]](pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else default)


if __name__ == "__main__":
    main()
