// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.pickle.Pickle;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of weights, of whatever kind its content says it is; its name does not matter.
 *
 * @param format its kind
 * @param weights by their names in the file, in its order; integers are left out
 */
public record WeightFile(Format format, Map<String, Weight> weights) {

  /** Kinds of weight files. */
  public enum Format {
    /** Hugging Face's; dense kernels as the model's library has them. */
    SAFETENSORS,
    /** torch.save's; dense kernels are [out,in]. */
    PYTORCH,
    /** paddle.save's; dense kernels are [in,out]. */
    PADDLE,
    /** MXNet's; dense kernels are [out,in]. */
    MXNET
  }

  /** Copies the weights. */
  public WeightFile {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /**
   * Reads a file; of the numbers only where they are.
   *
   * @throws FileException if it cannot be read or is damaged
   * @throws UserException if it is no weight file, or one that holds more than weights
   */
  public static WeightFile read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return switch (FileStart.of(file, channel)) {
        case ZIP -> new WeightFile(Format.PYTORCH, PyTorchFile.archive(file, channel));
        case PICKLE -> pickled(new FileCursor(file, channel, 0, channel.size()));
        case MXNET -> new WeightFile(Format.MXNET, MxnetFile.weights(file, channel));
        case SAFETENSORS -> new WeightFile(Format.SAFETENSORS, safetensors(file));
        case OTHER -> throw FileStart.refused(file, channel);
      };
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** Whether a file begins as one of these kinds. */
  public static boolean isOne(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return FileStart.of(file, channel) != FileStart.OTHER;
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  private static WeightFile pickled(FileCursor cursor) {
    Pickle first = Pickle.read(cursor);
    return TorchStream.isMagic(first.value())
        ? new WeightFile(Format.PYTORCH, TorchTensors.weights(TorchStream.read(cursor)))
        : new WeightFile(Format.PADDLE, PaddleFile.weights(cursor, first));
  }

  private static Map<String, Weight> safetensors(Path file) {
    SafetensorsFile safetensors = SafetensorsFile.open(file);
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (String name : safetensors.names()) {
      if (safetensors.type(name).isFloat()) {
        weights.put(name, safetensors.weight(name));
      }
    }
    return weights;
  }
}
