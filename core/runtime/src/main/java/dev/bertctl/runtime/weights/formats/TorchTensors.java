// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.runtime.weights.StoredFile;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.pickle.PickledTensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tensors of PyTorch as weights, once they are known to lie within their storages. */
final class TorchTensors {

  private final StoredFile stored;
  private final Map<String, Long> begins;

  private TorchTensors(StoredFile stored, Map<String, Long> begins) {
    this.stored = stored;
    this.begins = begins;
  }

  /** The tensors of floats; integers are positions and counters. */
  static Map<String, Weight> weights(TorchStorages storages) {
    Path file = storages.stored().path();
    Map<String, PickledTensor> tensors =
        StateDict.find(file, storages.value(), TorchTensors::tensor);
    TorchTensors reader = new TorchTensors(storages.stored(), storages.begins());
    Map<String, Weight> weights = new LinkedHashMap<>();
    SharedStorages shared = new SharedStorages(file);
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.type().isFloat()) {
            StridedView view = reader.view(name, tensor);
            shared.add(name, tensor, view);
            weights.put(name, reader.weight(name, tensor, view));
          }
        });
    shared.check();
    return weights;
  }

  private static Optional<PickledTensor> tensor(Object value) {
    return value instanceof PickledTensor tensor ? Optional.of(tensor) : Optional.empty();
  }

  private StridedView view(String name, PickledTensor tensor) {
    Path file = stored.path();
    FloatTypes.requireReadable(file, name, tensor.type());
    String described =
        "weight " + name + " of shape " + tensor.shape() + " and strides " + tensor.strides();
    try {
      StridedView view = StridedView.of(tensor.offset(), tensor.shape(), tensor.strides());
      if (view.end() <= tensor.storage().bytes() / tensor.type().bytes()) {
        if (view.mayRepeat()) {
          throw new UserException(
              file
                  + ": "
                  + described
                  + " repeats numbers of its storage, as expand() does; save a copy of it, by"
                  + " .clone()");
        }
        return view;
      }
    } catch (ArithmeticException e) {
      // Larger than any storage.
    }
    throw FileException.damaged(
        file,
        described
            + " at "
            + tensor.offset()
            + " does not lie within the "
            + tensor.storage().bytes()
            + " bytes of its storage");
  }

  private Weight weight(String name, PickledTensor tensor, StridedView view) {
    ElementType type = tensor.type();
    long begin = begins.get(tensor.storage().key()) + view.offset() * type.bytes();
    long length = view.extent() * type.bytes();
    return new DeferredWeight(
        name,
        view.shape(),
        () -> view.rowMajor(type.floats(stored.read(begin, length, "weight " + name))));
  }
}
