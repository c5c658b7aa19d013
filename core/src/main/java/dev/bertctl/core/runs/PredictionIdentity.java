// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.output.RowLayout;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * What a prediction is made of, besides the input's rows: one that was cut off goes on only where
 * all of it is the same.
 */
final class PredictionIdentity {

  private PredictionIdentity() {}

  /** Plugin, model, input's format and each setting, by the words that a message has for them. */
  static Map<String, String> of(
      TaskConfig<?> config, DataFile input, PretrainedModel pretrained, RowLayout layout) {
    Map<String, String> of = new LinkedHashMap<>();
    TaskPlugin<?> plugin = config.plugin();
    of.put("the task", plugin.name());
    of.put("the plugin", FineTunedModel.plugin(plugin).toString());
    of.put("the model with the checksum", "%08x".formatted(checksum(pretrained.directory())));
    of.put("input of the format", input.format().toString());
    of.put("the rows", layout.toString());
    config
        .values()
        .forEach(
            (key, value) -> {
              // The checksum says more than the folder's name.
              if (!key.equals("model")) {
                of.put("the setting " + key, value);
              }
            });
    return of;
  }

  /** CRC-32C of the names and contents of a folder's files. */
  private static long checksum(Path folder) {
    CRC32C sum = new CRC32C();
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        sum.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
    return sum.getValue();
  }
}
