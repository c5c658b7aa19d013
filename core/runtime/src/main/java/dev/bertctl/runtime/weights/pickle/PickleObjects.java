// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.ElementType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** The objects of a pickle: what its names stand for, what calls of them make, its storages. */
final class PickleObjects {

  private final Path file;
  private final IntConsumer work;
  private final Map<String, TensorStorage> storages = new LinkedHashMap<>();

  /**
   * @param file the pickle's, for errors
   * @param work see {@link PickleArguments}
   */
  PickleObjects(Path file, IntConsumer work) {
    this.file = file;
    this.work = work;
  }

  Map<String, TensorStorage> storages() {
    return storages;
  }

  Object named(Object module, Object name) {
    if (module instanceof String first && name instanceof String second) {
      return PickleNames.named(file, first, second);
    }
    throw FileException.damaged(file, "its pickle names something by what is no text");
  }

  /** For the operation that makes an instance of a class by name; no weights need it. */
  UserException refusedInstance(String module, String name) {
    return PickleNames.refused(file, module + "." + name);
  }

  Object call(Object function, Object arguments) {
    if (function instanceof PickleCall call && arguments instanceof PickleList list) {
      return call.apply(new PickleArguments(file, call.qualifiedName(), list.items(), work));
    }
    throw FileException.damaged(file, "its pickle calls what is no function");
  }

  /** Sets an object's state. */
  void build(Object object, Object state) {
    if (object instanceof NumpyArray array) {
      build(array, arguments("numpy.ndarray", state));
    } else if (object instanceof NumpyType type) {
      type.byteOrder(arguments("numpy.dtype", state).get(1, String.class));
    } else if (!(object instanceof PickleDict && state instanceof PickleDict)) {
      // Attributes of an OrderedDict, such as the _metadata of a state dict, are left out.
      throw FileException.damaged(file, "its pickle sets the state of what has none");
    }
  }

  private void build(NumpyArray array, PickleArguments state) {
    // Arrays of Python objects have a list there.
    if (state.has(4, PickledBytes.class)) {
      array.content(
          new NumpyArray.Content(
              state.get(2, NumpyType.class),
              state.sizes(1),
              state.get(3, Boolean.class),
              state.get(4, PickledBytes.class)));
    }
  }

  /** PyTorch's persistent ids: ("storage", class, key, device, number of numbers[, view]). */
  TensorStorage storage(Object id) {
    PickleArguments parts = arguments("a storage", id);
    if (!parts.get(0, String.class).equals("storage")) {
      throw parts.unfit();
    }
    if (parts.values().size() > 5 && !parts.has(5, Plain.class)) {
      throw new UserException(
          file
              + ": storage "
              + parts.get(2, String.class)
              + " is a view of another, as only PyTorch before 0.4 saved them: save the"
              + " state_dict() anew with PyTorch 1.6 or later");
    }
    ElementType type = parts.get(1, StorageType.class).element();
    long elements = parts.size(4);
    if (elements > Long.MAX_VALUE / type.bytes()) {
      throw parts.unfit();
    }
    TensorStorage storage =
        new TensorStorage(parts.get(2, String.class), type, elements * type.bytes());
    TensorStorage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw FileException.damaged(
          file, "its pickle describes storage " + storage.key() + " in two ways");
    }
    return storage;
  }

  private PickleArguments arguments(String of, Object values) {
    List<Object> items = values instanceof PickleList list ? list.items() : List.of();
    return new PickleArguments(file, of, items, work);
  }
}
