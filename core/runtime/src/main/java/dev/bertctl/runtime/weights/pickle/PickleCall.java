// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.weights.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The functions and classes that a pickle may call: all there are. */
enum PickleCall {
  ORDERED_DICT("collections.OrderedDict", PickleCall::orderedDict),
  LIST("builtins.list", PickleCall::items),
  TUPLE("builtins.tuple", PickleCall::items),
  SET("builtins.set", PickleCall::items),
  FROZEN_SET("builtins.frozenset", PickleCall::items),
  BYTES("builtins.bytes", PickleCall::bytes),
  ENCODE("_codecs.encode", PickleCall::encode),
  TENSOR("torch._utils._rebuild_tensor", PickleCall::tensor),
  TENSOR_2("torch._utils._rebuild_tensor_v2", PickleCall::tensor),
  TENSOR_3("torch._utils._rebuild_tensor_v3", PickleCall::tensorOfType),
  PARAMETER("torch._utils._rebuild_parameter", PickleCall::parameter),
  PARAMETER_WITH_STATE("torch._utils._rebuild_parameter_with_state", PickleCall::parameter),
  SIZE("torch.Size", PickleCall::items),
  DEVICE("torch.device", arguments -> Plain.OTHER),
  ARRAY_CLASS("numpy.ndarray", PickleCall::notCalled),
  RECONSTRUCT("numpy.core.multiarray._reconstruct", PickleCall::reconstruct),
  SCALAR("numpy.core.multiarray.scalar", arguments -> Plain.OTHER),
  FROM_BUFFER("numpy.core.numeric._frombuffer", PickleCall::fromBuffer),
  DTYPE("numpy.dtype", arguments -> new NumpyType(arguments.get(0, String.class)));

  private final String name;
  private final Function<PickleArguments, Object> function;

  PickleCall(String name, Function<PickleArguments, Object> function) {
    this.name = name;
    this.function = function;
  }

  /** What Python calls it: {@code torch._utils._rebuild_tensor}. */
  String qualifiedName() {
    return name;
  }

  static Optional<PickleCall> named(String name) {
    return Arrays.stream(values()).filter(call -> call.name.equals(name)).findFirst();
  }

  Object apply(PickleArguments arguments) {
    return function.apply(arguments);
  }

  private static Object orderedDict(PickleArguments arguments) {
    PickleDict dict = new PickleDict();
    if (!arguments.isEmpty()) {
      // Python 2 passes the entries as a list of lists.
      List<Object> pairs = arguments.get(0, PickleList.class).items();
      arguments.work().accept(pairs.size());
      for (Object item : pairs) {
        if (!(item instanceof PickleList pair) || pair.items().size() != 2) {
          throw arguments.unfit();
        }
        dict.put(pair.items().get(0), pair.items().get(1));
      }
    }
    return dict;
  }

  /** The container itself: copies of one that is named again and again would add up. */
  private static Object items(PickleArguments arguments) {
    return arguments.isEmpty() ? new PickleList(List.of()) : arguments.get(0, PickleList.class);
  }

  private static Object bytes(PickleArguments arguments) {
    if (!arguments.isEmpty()) {
      throw arguments.unfit();
    }
    return PickledBytes.EMPTY;
  }

  private static Object encode(PickleArguments arguments) {
    if (!arguments.get(1, String.class).equals("latin1")) {
      throw arguments.unfit();
    }
    return (arguments.has(0, LongText.class)
            ? arguments.get(0, LongText.class).latin1()
            : PickledBytes.latin1(arguments.get(0, String.class)))
        .orElseThrow(arguments::unfit);
  }

  private static Object tensor(PickleArguments arguments) {
    return tensor(arguments, arguments.get(0, TensorStorage.class).type());
  }

  private static Object tensorOfType(PickleArguments arguments) {
    return tensor(arguments, arguments.get(6, ElementType.class));
  }

  private static PickledTensor tensor(PickleArguments arguments, ElementType type) {
    PickledTensor tensor =
        new PickledTensor(
            arguments.get(0, TensorStorage.class),
            type,
            arguments.size(1),
            arguments.sizes(2),
            arguments.sizes(3));
    if (tensor.shape().size() != tensor.strides().size()) {
      throw arguments.unfit();
    }
    return tensor;
  }

  private static Object parameter(PickleArguments arguments) {
    return arguments.get(0, PickledTensor.class);
  }

  private static Object reconstruct(PickleArguments arguments) {
    if (arguments.get(0, PickleCall.class) != ARRAY_CLASS) {
      throw arguments.unfit();
    }
    return new NumpyArray();
  }

  private static Object fromBuffer(PickleArguments arguments) {
    return new NumpyArray(
        new NumpyArray.Content(
            arguments.get(1, NumpyType.class),
            arguments.sizes(2),
            arguments.get(3, String.class).equals("F"),
            arguments.get(0, PickledBytes.class)));
  }

  private static Object notCalled(PickleArguments arguments) {
    throw arguments.unfit();
  }
}
