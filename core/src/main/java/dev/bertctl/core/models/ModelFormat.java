// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A way in which models are stored, other than Hugging Face's. */
interface ModelFormat {

  /** All of them. */
  List<ModelFormat> ALL =
      List.of(
          new CheckpointFormat(),
          new TensorFlowSavedModelFormat(),
          new OnnxFormat(),
          new D2lFormat());

  /** Whether a folder has the files of this format; they are not read. */
  boolean matches(Path folder);

  /**
   * Reads a folder.
   *
   * @param scratch an empty folder for a tokenizer whose files need other names
   * @throws UserException if it holds no BERT encoder, or is damaged
   */
  ModelContent read(Path folder, Path scratch);

  /** The format of a folder. */
  static Optional<ModelFormat> of(Path folder) {
    return ALL.stream().filter(format -> format.matches(folder)).findFirst();
  }

  /**
   * The one folder in a tree that holds a model of any format.
   *
   * @param source what was unpacked there, for errors
   * @throws UserException if there is none
   */
  static Path find(Path tree, String source) {
    try (Stream<Path> walk = Files.walk(tree)) {
      return walk.filter(Files::isDirectory)
          .filter(folder -> HuggingFaceFolder.matches(folder) || of(folder).isPresent())
          .sorted()
          .findFirst()
          .orElseThrow(() -> noModel(tree, source));
    } catch (IOException e) {
      throw FileException.reading(tree, e);
    }
  }

  /** What to tell about a folder without a model. */
  static UserException noModel(Path tree, String source) {
    String found;
    try (Stream<Path> walk = Files.walk(tree)) {
      found =
          walk.filter(Files::isRegularFile)
              .map(file -> tree.relativize(file).toString())
              .sorted()
              .limit(10)
              .collect(Collectors.joining(", "));
    } catch (IOException e) {
      return FileException.reading(tree, e);
    }
    return new UserException(
        source
            + ": no model that bertctl reads (found: "
            + (found.isEmpty() ? "nothing" : found)
            + "); it reads config.json with model.safetensors or pytorch_model.bin, bert_config.json"
            + " with bert_model.ckpt, saved_model.pb with variables, .onnx with a"
            + " tokenizer.json, and vocab.json with pretrained.params");
  }
}
