#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the small weight files of PyTorch, Paddle and MXNet that their readers are tested with.

    python make_weight_files_golden.py torch|paddle|mxnet

Each library writes its own files into ../resources/golden/weight-files, so each can be run in an environment of its own:
  NAME        what the library wrote
  NAME.json   {"format": ..., "weights": {name: {"shape": [...], "values": [...]}}}: what the library holds, widened to float64 and
              rounded to float32; row-major. Integers are not in it. Files without it are to be refused.

torch     zip-*.pt are of the form since 1.6 in protocols 2 to 5, legacy-*.pt of the one before. Both hold all types, views of one
          storage (tied, rows, columns, transposed), a parameter, a scalar and an empty tensor. under-KEY.pt hold their state dict under
          KEY. Refused: module.pt (a whole module), script.pt (TorchScript), expanded.pt, overlapping.pt, float8.pt, tensor.pt
paddle    state-dict-N.pdparams in protocols 2 to 4; numpy-5.pdparams as pickle itself writes NumPy's arrays in protocol 5;
          nested.pdparams, whose tensors are tuples of name and array
mxnet     nd.params, gluon.params (version 2 of arrays), np.params (version 3); version-1.params and version-0.params are put together
          here from what nd.params holds, in the forms of MXNet 0.12 and before, and read back by MXNet itself. Refused: list.params
          (without names), sparse.params
Last run with: torch 2.13.0 in python 3.11.7; paddlepaddle 2.6.2 with numpy 2.4.6; mxnet 1.9.1 with numpy 1.23.5.
"""
import argparse
import json
import pathlib
import struct

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden" / "weight-files"


def expect(name, format, weights):
    """Says what a file holds; weights are arrays of any float type."""
    described = {key: {"shape": list(array.shape), "values": np.float32(array).ravel().tolist()} for key, array in weights.items()}
    (FOLDER / f"{name}.json").write_text(json.dumps({"format": format, "weights": described}) + "\n", encoding="utf-8")


def make_torch():
    import torch

    torch.manual_seed(0)
    numbers = torch.randn(4, 6)
    state = {
        "float32": torch.randn(2, 3),
        "float16": torch.randn(3).half(),
        "bfloat16": torch.randn(3).bfloat16(),
        "float64": torch.randn(3).double(),
        "int64": torch.arange(4).expand((1, -1)),
        "int32": torch.tensor(7, dtype=torch.int32),
        "bool": torch.tensor([True, False]),
        "transposed": torch.randn(2, 3).T,
        "permuted": torch.randn(2, 3, 2).permute(2, 0, 1),
        "rows": numbers[:2],
        "columns.left": numbers[2:, :2],
        "columns.right": numbers[2:, 2:],
        "steps": torch.randn(7)[1::2],
        "half.transposed": torch.randn(2, 3).half().T,
        "parameter": torch.nn.Parameter(torch.randn(2)),
        "frozen": torch.nn.Parameter(torch.randn(2), requires_grad=False),
        "scalar": torch.tensor(1.5),
        "empty": torch.zeros(0, 3),
        "of no interest": {"epoch": 3, "loss": 0.5, "large": 1 << 70, "list": [None, True, (1, -2, 70000)], "set": {1, 2}},
    }
    state["parameter.noted"] = torch.nn.Parameter(torch.randn(2))
    state["parameter.noted"].note = "which torch.save keeps"
    state["of no interest"] |= {"size": torch.Size([1, 2]), "device": torch.device("cpu"), "type": torch.bfloat16,
                                "storage": torch.ones(2).untyped_storage(), "uint16": torch.ones(2).to(torch.uint16)}
    state["tied"] = state["float32"]
    state["tied.transposed"] = state["float32"].T
    weights = {key: value.detach().double().numpy() for key, value in state.items()
               if isinstance(value, torch.Tensor) and value.is_floating_point()}

    def save(name, value, expected=weights, **options):
        torch.save(value, FOLDER / name, **options)
        if expected:
            expect(name, "PYTORCH", expected)

    for protocol in range(2, 6):
        save(f"zip-{protocol}.pt", state, pickle_protocol=protocol)
    for protocol in (2, 4):
        save(f"legacy-{protocol}.pt", state, pickle_protocol=protocol, _use_new_zipfile_serialization=False)
    linear = torch.nn.Linear(3, 2)
    weights = {key: value.numpy() for key, value in linear.state_dict().items()}
    save("state-dict.pt", linear.state_dict(), weights)
    for key in ("state_dict", "model_state_dict", "model"):
        save(f"under-{key}.pt", {"epoch": 1, "loss": torch.tensor(0.5), key: linear.state_dict()}, weights)
    save("module.pt", linear, None)
    save("legacy-module.pt", linear, None, _use_new_zipfile_serialization=False)
    torch.jit.script(linear).save(FOLDER / "script.pt")
    save("expanded.pt", {"ones": torch.ones(3), "wide": torch.ones(1, 3).expand(2, 3)}, None)
    save("overlapping.pt", {"first": numbers[:2], "second": numbers[1:3]}, None)
    # What the messages advise for both.
    cloned = {"wide": torch.ones(1, 3).expand(2, 3).clone(), "first": numbers[:2].clone(), "second": numbers[1:3].clone()}
    save("cloned.pt", cloned, {key: value.numpy() for key, value in cloned.items()})
    save("float8.pt", {"small": torch.ones(2).to(torch.float8_e4m3fn)}, None)
    save("tensor.pt", torch.ones(2), None)


def make_paddle():
    import pickle

    import paddle

    paddle.seed(0)
    linear = paddle.nn.Linear(20, 15)
    random = np.random.default_rng(0)
    bfloat16 = np.array([1.5, -2.0, 0.0078125], np.float32)
    state = dict(linear.state_dict())
    state["half"] = paddle.to_tensor(random.standard_normal(3).astype(np.float16))
    state["brain"] = paddle.to_tensor(bfloat16).astype("bfloat16")
    state["double"] = paddle.to_tensor(random.standard_normal((2, 3)))
    state["fortran"] = np.asfortranarray(random.standard_normal((2, 3)).astype(np.float32))
    state["fortran.half"] = np.asfortranarray(random.standard_normal((2, 3)).astype(np.float16))
    state["steps"] = paddle.to_tensor([1, 2, 3])
    weights = {key: np.asarray(value) for key, value in state.items() if key not in ("steps", "brain")}
    weights["brain"] = bfloat16
    weights = {key: weights[key] for key in state if key in weights}
    for protocol in (2, 3, 4):
        paddle.save(state, str(FOLDER / f"state-dict-{protocol}.pdparams"), protocol=protocol)
        expect(f"state-dict-{protocol}.pdparams", "PADDLE", weights)
    arrays = {key: value for key, value in weights.items() if key != "brain"}
    arrays["gaps"] = random.standard_normal((4, 4)).astype(np.float32)[::2]
    with open(FOLDER / "numpy-5.pdparams", "wb") as file:
        pickle.dump(arrays | {"number": np.float32(2), "integers": np.arange(3)}, file, protocol=5)
    expect("numpy-5.pdparams", "PADDLE", arrays)
    paddle.save({"model": linear.state_dict(), "epoch": 3}, str(FOLDER / "nested.pdparams"))
    expect("nested.pdparams", "PADDLE", {key: value.numpy() for key, value in linear.state_dict().items()})


def make_mxnet():
    import mxnet

    mxnet.random.seed(0)
    array = mxnet.nd.array
    random = np.random.default_rng(0)
    state = {
        "arg:weight": array(random.standard_normal((2, 3))),
        "aux:mean": array(random.standard_normal(3), dtype="float64"),
        "half": array(random.standard_normal(3), dtype="float16"),
        "steps": array([1, 2], dtype="int32"),
    }
    weights = {key.removeprefix("arg:").removeprefix("aux:"): value.asnumpy() for key, value in state.items() if key != "steps"}
    mxnet.nd.save(str(FOLDER / "nd.params"), state)
    expect("nd.params", "MXNET", weights)
    for version in (0, 1):
        file = FOLDER / f"version-{version}.params"
        file.write_bytes(old_version(state, version))
        for key, value in mxnet.nd.load(str(file)).items():
            assert (value.asnumpy() == state[key].asnumpy()).all() and value.dtype == state[key].dtype
        expect(file.name, "MXNET", weights)
    mxnet.nd.save(str(FOLDER / "list.params"), list(state.values()))
    mxnet.nd.save(str(FOLDER / "sparse.params"), {"rows": array([[0, 0], [1, 2]]).tostype("row_sparse")})

    def gluon(name):
        dense = mxnet.gluon.nn.Dense(2, in_units=3)
        dense.initialize(mxnet.init.Normal(1))
        dense.save_parameters(str(FOLDER / name))
        expect(name, "MXNET", {key: value.data().asnumpy() for key, value in dense._collect_params_with_prefix().items()})

    gluon("gluon.params")
    mxnet.npx.set_np()
    gluon("gluon-np.params")
    state = {"matrix": mxnet.np.array(random.standard_normal((2, 3))), "scalar": mxnet.np.array(1.5), "empty": mxnet.np.zeros((0, 3)),
             "flags": mxnet.np.array([True, False], dtype=bool)}
    mxnet.npx.save(str(FOLDER / "np.params"), state)
    expect("np.params", "MXNET", {key: value.asnumpy() for key, value in state.items() if key != "flags"})


def old_version(state, version):
    """A file as MXNet wrote it before 1.0: shapes of 32 bits and no magic number (0), or of 64 bits after one (1)."""
    types = {"float32": 0, "float64": 1, "float16": 2, "int32": 4}
    parts = [struct.pack("<QQQ", 0x112, 0, len(state))]
    for value in state.values():
        content = value.asnumpy()
        size = "q" if version else "I"
        parts.append((struct.pack("<I", 0xf993fac8) if version else b"")
                     + struct.pack(f"<I{content.ndim}{size}", content.ndim, *content.shape)
                     + struct.pack("<iii", 1, 0, types[content.dtype.name]) + content.tobytes())
    parts.append(struct.pack("<Q", len(state)))
    parts.extend(struct.pack("<Q", len(key)) + key.encode() for key in state)
    return b"".join(parts)


def main():
    makers = {"torch": make_torch, "paddle": make_paddle, "mxnet": make_mxnet}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", choices=makers)
    FOLDER.mkdir(parents=True, exist_ok=True)
    makers[parser.parse_args().library]()


if __name__ == "__main__":
    main()
