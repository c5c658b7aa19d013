// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.FileCursor;
import dev.bertctl.runtime.weights.StoredFile;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dict of arrays that MXNet 1 wrote ({@code .params}): those of {@code save_parameters}, {@code
 * mx.nd.save} and {@code npx.save}. A header, the arrays, then their names.
 */
public final class MxnetFile {

  private static final long MAGIC = 0x112;

  /** Of parameters. */
  private static final int LONGEST_NAME = 1024;

  private MxnetFile() {}

  /**
   * The weights by their names in the file, in its order, without the {@code arg:} or {@code aux:}
   * of modules. Float16, bfloat16 and float64 are converted, integers left out.
   *
   * @throws FileException if the file is damaged
   * @throws UserException if its arrays are sparse or have no names
   */
  public static Map<String, Weight> weights(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return weights(file, channel);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  static Map<String, Weight> weights(Path file, FileChannel channel) throws IOException {
    FileCursor cursor = new FileCursor(file, channel, 0, channel.size());
    if (cursor.i64() != MAGIC || cursor.i64() != 0) {
      throw FileException.damaged(file, "it does not begin as a file of MXNet");
    }
    List<MxnetArray> arrays = new ArrayList<>();
    long count = cursor.i64();
    for (long i = 0; i != count; i++) {
      arrays.add(MxnetArray.next(cursor, i));
    }
    long names = cursor.i64();
    if (names == 0) {
      throw new UserException(
          file + ": its arrays have no names; save a dict of them, or use save_parameters");
    }
    if (names != count) {
      throw FileException.damaged(file, "it has " + count + " arrays and " + names + " names");
    }
    Map<String, Weight> weights = named(cursor, arrays);
    if (cursor.remaining() > 0) {
      throw FileException.damaged(file, "it goes on behind its names");
    }
    return weights;
  }

  private static Map<String, Weight> named(FileCursor cursor, List<MxnetArray> arrays) {
    Path file = cursor.file();
    Map<String, MxnetArray> named = new LinkedHashMap<>();
    for (MxnetArray array : arrays) {
      long length = cursor.length64();
      if (length > LONGEST_NAME) {
        throw FileException.damaged(file, "it has a name of " + length + " bytes");
      }
      String name = new String(cursor.bytes((int) length), StandardCharsets.UTF_8);
      name = name.replaceFirst("^(arg|aux):", "");
      if (named.put(name, array) != null) {
        throw FileException.damaged(file, "array " + name + " is there twice");
      }
    }
    StoredFile stored = cursor.stored();
    Map<String, Weight> weights = new LinkedHashMap<>();
    named.forEach(
        (name, array) -> {
          if (array.isWeight()) {
            weights.put(
                name,
                new DeferredWeight(
                    name,
                    array.shape(),
                    () ->
                        array
                            .type()
                            .floats(stored.read(array.begin(), array.bytes(), "weight " + name))));
          }
        });
    return weights;
  }
}
