# SPDX-License-Identifier: Apache-2.0
"""Checks ONNX files that bertctl wrote with ONNX's own checker, shapes and types included.

    pip install onnx
    python check_onnx.py model.onnx ...
"""

import collections
import sys

import onnx


def main(files):
    for file in files:
        onnx.checker.check_model(file, full_check=True)
        model = onnx.load(file, load_external_data=False)
        domains = {entry.domain or "ai.onnx": entry.version for entry in model.opset_import}
        counts = collections.Counter(node.op_type for node in model.graph.node)
        print(file, "ir", model.ir_version, domains, model.producer_name, model.producer_version)
        for kind, values in (("in", model.graph.input), ("out", model.graph.output)):
            for value in values:
                tensor = value.type.tensor_type
                shape = [d.dim_param or d.dim_value for d in tensor.shape.dim]
                print("  ", kind, value.name, onnx.TensorProto.DataType.Name(tensor.elem_type), shape)
        print("  ", dict(counts.most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
