// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.runtime.weights.FileCursor;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.pickle.NumpyArray;
import dev.bertctl.runtime.weights.pickle.Pickle;
import dev.bertctl.runtime.weights.pickle.PickleDict;
import dev.bertctl.runtime.weights.pickle.PickleList;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A state dict that paddle.save wrote ({@code .pdparams}): a pickle of NumPy arrays. */
public final class PaddleFile {

  /** Up to protocol 3 Paddle cuts arrays of more than 1 GiB into parts, described under this. */
  private static final String PARTS = "UnpackBigParamInfor@@";

  private PaddleFile() {}

  /**
   * The weights by their names in the file, in its order: dense kernels are [in,out], as Paddle has
   * them. Float16, bfloat16 and float64 are converted, integers left out.
   *
   * @throws FileException if the file is damaged
   * @throws UserException if it holds anything but a state dict
   */
  public static Map<String, Weight> weights(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      FileCursor cursor = new FileCursor(file, channel, 0, channel.size());
      return weights(cursor, Pickle.read(cursor));
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /**
   * The same of a pickle that has been read.
   *
   * @param cursor stands behind it
   */
  static Map<String, Weight> weights(FileCursor cursor, Pickle pickle) {
    Path file = cursor.file();
    if (cursor.remaining() > 0) {
      throw FileException.damaged(file, "it goes on behind its pickle");
    }
    if (pickle.value() instanceof PickleDict dict && dict.entries().containsKey(PARTS)) {
      throw new UserException(
          file + ": its arrays are in parts; save it anew with paddle.save(..., protocol=4)");
    }
    Map<String, Weight> weights = new LinkedHashMap<>();
    StateDict.find(file, pickle.value(), PaddleFile::array)
        .forEach((name, array) -> add(file, name, array, weights));
    return weights;
  }

  /** Within a dict of other things, Paddle saves a tensor as a tuple of its name and its array. */
  private static Optional<NumpyArray> array(Object value) {
    Object array =
        value instanceof PickleList tuple && tuple.items().size() == 2
            ? tuple.items().get(1)
            : value;
    return array instanceof NumpyArray found ? Optional.of(found) : Optional.empty();
  }

  private static void add(Path file, String name, NumpyArray array, Map<String, Weight> weights) {
    Optional<NumpyArray.Content> content = array.content();
    Optional<ElementType> type = content.flatMap(known -> type(known.type().element()));
    if (type.isPresent()) {
      weights.put(name, weight(file, name, content.get(), type.get()));
    }
  }

  /** NumPy has no bfloat16: Paddle, which has no uint16, saves it as that. */
  private static Optional<ElementType> type(Optional<ElementType> element) {
    return element.map(type -> type == ElementType.U16 ? ElementType.BF16 : type);
  }

  private static Weight weight(
      Path file, String name, NumpyArray.Content content, ElementType type) {
    if (content.type().isBigEndian()) {
      throw new UserException(
          file + ": weight " + name + " is big-endian; save it anew on a little-endian machine");
    }
    try {
      StridedView view = StridedView.contiguous(content.shape(), content.fortran());
      if (view.extent() * type.bytes() == content.data().length()) {
        return new DeferredWeight(
            name,
            view.shape(),
            () -> view.rowMajor(type.floats(content.data().reader().apply("weight " + name))));
      }
    } catch (ArithmeticException e) {
      // Larger than any file.
    }
    throw FileException.damaged(
        file,
        "weight "
            + name
            + " of shape "
            + content.shape()
            + " and type "
            + content.type().code()
            + " cannot lie in "
            + content.data().length()
            + " bytes");
  }
}
