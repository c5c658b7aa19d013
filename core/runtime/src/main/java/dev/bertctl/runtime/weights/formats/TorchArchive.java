// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import dev.bertctl.runtime.weights.formats.ZipDirectory.Slice;
import dev.bertctl.runtime.weights.pickle.Pickle;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What torch.save writes since PyTorch 1.6: a zip file with {@code data.pkl}, {@code byteorder} and
 * {@code data/KEY} for each storage, all in one folder of any name.
 */
final class TorchArchive {

  private static final String PICKLE = "data.pkl";

  private TorchArchive() {}

  static TorchStorages read(Path file, FileChannel channel) throws IOException {
    Map<String, Slice> slices = ZipDirectory.read(file, channel);
    String folder = folder(file, slices);
    requireLittleEndian(file, channel, slices.get(folder + "byteorder"));
    Slice content = slices.get(folder + PICKLE);
    FileCursor cursor = new FileCursor(file, channel, content.begin(), content.end());
    Pickle pickle = Pickle.read(cursor);
    if (cursor.remaining() > 0) {
      throw FileException.damaged(file, "its " + PICKLE + " goes on behind its end");
    }
    Map<String, Long> begins = new HashMap<>();
    pickle
        .storages()
        .forEach(
            (key, storage) -> {
              Slice slice = slices.get(folder + "data/" + key);
              if (slice == null || slice.length() != storage.bytes()) {
                throw FileException.damaged(
                    file,
                    "it has "
                        + (slice == null ? "no" : slice.length())
                        + " bytes of storage "
                        + key
                        + "; its pickle says "
                        + storage.bytes());
              }
              begins.put(key, slice.begin());
            });
    return new TorchStorages(cursor.stored(), pickle.value(), begins);
  }

  /** The folder that everything is in, with the slash behind it. */
  private static String folder(Path file, Map<String, Slice> slices) {
    List<String> pickles =
        slices.keySet().stream().filter(name -> name.matches("[^/]+/data\\.pkl")).toList();
    if (pickles.size() != 1) {
      throw new UserException(
          file
              + ": it is a zip file with "
              + pickles.size()
              + " files data.pkl, PyTorch's have one; save the model's state_dict() with"
              + " torch.save");
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  /** Before PyTorch 2.1 there was no such entry. */
  private static void requireLittleEndian(Path file, FileChannel channel, Slice slice) {
    if (slice != null) {
      FileCursor cursor = new FileCursor(file, channel, slice.begin(), slice.end());
      String order =
          new String(cursor.bytes((int) Math.min(slice.length(), 16)), StandardCharsets.ISO_8859_1);
      if (!order.equals("little")) {
        throw new UserException(
            file
                + ": its numbers have the byte order '"
                + order.replaceAll("\\p{Cntrl}", "?")
                + "'; save it anew on a little-endian machine");
      }
    }
  }
}
