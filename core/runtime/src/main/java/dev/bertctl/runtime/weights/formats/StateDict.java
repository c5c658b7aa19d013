// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.pickle.PickleDict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The dict of weights in a pickle: the whole, or what training scripts put beside other things. */
final class StateDict {

  private static final List<String> KEYS = List.of("state_dict", "model_state_dict", "model");

  private StateDict() {}

  /**
   * Tensors by their names; what else the dict holds is left out.
   *
   * @param tensor a value of the dict as a tensor; empty if it is none
   * @throws UserException if there are no tensors
   */
  static <T> Map<String, T> find(Path file, Object value, Function<Object, Optional<T>> tensor) {
    if (value instanceof PickleDict whole) {
      for (String key : KEYS) {
        if (whole.entries().get(key) instanceof PickleDict part
            && !tensors(part, tensor).isEmpty()) {
          return tensors(part, tensor);
        }
      }
      if (!tensors(whole, tensor).isEmpty()) {
        return tensors(whole, tensor);
      }
    }
    throw new UserException(
        file
            + ": it holds no dict of weights by name, neither as a whole nor under "
            + String.join(", ", KEYS)
            + "; save the model's state_dict()");
  }

  private static <T> Map<String, T> tensors(PickleDict dict, Function<Object, Optional<T>> tensor) {
    Map<String, T> tensors = new LinkedHashMap<>();
    dict.entries()
        .forEach((name, value) -> tensor.apply(value).ifPresent(found -> tensors.put(name, found)));
    return tensors;
  }
}
