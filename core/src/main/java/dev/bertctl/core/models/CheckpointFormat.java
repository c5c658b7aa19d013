// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.huggingface.ConfigFile;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.weights.CheckpointNames;
import dev.bertctl.runtime.weights.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An original TensorFlow checkpoint: bert_config.json, vocab.txt, and {@code bert_model.ckpt} or
 * one other checkpoint.
 */
final class CheckpointFormat implements ModelFormat {

  private static final String INDEX = ".index";

  @Override
  public boolean matches(Path folder) {
    return Files.isRegularFile(folder.resolve("bert_config.json"));
  }

  @Override
  public ModelContent read(Path folder, Path scratch) {
    BertConfig config = ConfigFile.read(folder.resolve("bert_config.json"));
    return new ModelContent(
        config, CheckpointNames.canonical(TensorBundle.open(checkpoint(folder)).weights()), folder);
  }

  private static Path checkpoint(Path folder) {
    Path published = folder.resolve("bert_model.ckpt");
    if (Files.isRegularFile(folder.resolve("bert_model.ckpt" + INDEX))) {
      return published;
    }
    List<String> found;
    try (Stream<Path> files = Files.list(folder)) {
      found =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(INDEX))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
    if (found.isEmpty()) {
      HuggingFaceFolder.weightFiles().stream()
          .filter(name -> Files.isRegularFile(folder.resolve(name)))
          .findFirst()
          .ifPresent(name -> refuse(folder, name));
    }
    if (found.size() != 1) {
      throw new UserException(
          folder
              + ": no bert_model.ckpt.index, and "
              + (found.isEmpty() ? "no other checkpoint" : "several other checkpoints: " + found)
              + "; keep the files of one checkpoint");
    }
    String index = found.get(0);
    return folder.resolve(index.substring(0, index.length() - INDEX.length()));
  }

  /** Whose configuration it is is not to be guessed. */
  private static void refuse(Path folder, String weights) {
    throw new UserException(
        "%s: has %s without a config.json, and bert_config.json without a checkpoint of TensorFlow; if that is the configuration of these weights, rename it to config.json"
            .formatted(folder, weights));
  }
}
