// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.pickle.Pickle;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * A state dict that torch.save wrote: {@code pytorch_model.bin}, {@code .pt}, {@code .pth}. Both
 * forms are read, the zip file of PyTorch 1.6 and later and the stream of earlier versions.
 */
public final class PyTorchFile {

  private PyTorchFile() {}

  /**
   * The weights by their names in the file, in its order. Float16, bfloat16 and float64 are
   * converted, integers left out.
   *
   * @throws FileException if the file is damaged
   * @throws UserException if it holds anything but a state dict, or weights that overlap
   */
  public static Map<String, Weight> weights(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return FileStart.of(file, channel) == FileStart.ZIP
          ? archive(file, channel)
          : stream(file, channel);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  static Map<String, Weight> archive(Path file, FileChannel channel) throws IOException {
    return TorchTensors.weights(TorchArchive.read(file, channel));
  }

  private static Map<String, Weight> stream(Path file, FileChannel channel) throws IOException {
    FileCursor cursor = new FileCursor(file, channel, 0, channel.size());
    if (!TorchStream.isMagic(Pickle.read(cursor).value())) {
      throw FileException.damaged(file, "it does not begin as a file of PyTorch");
    }
    return TorchTensors.weights(TorchStream.read(cursor));
  }
}
