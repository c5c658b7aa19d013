// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.formats.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a folder has its weights: the first of the files that transformers looks for, or the only
 * other one.
 */
final class WeightFiles {

  private static final String SAFETENSORS = "model.safetensors";

  private static final String ENDING = ".safetensors";
  private static final String PYTORCH = "pytorch_model.bin";
  private static final String OF_INDEX = ".index.json";

  /** Shards lie beside their index. */
  private static final String SHARD = "[A-Za-z0-9_][A-Za-z0-9_.-]*\\.(safetensors|bin)";

  private static final String OTHERS = ".*\\.(bin|pt|pth|params)";

  private WeightFiles() {}

  /** Whether a folder has any; whether they are whole is not known. */
  static boolean in(Path folder) {
    return first(folder).isPresent();
  }

  /**
   * The only weight file, or the shards that the index names.
   *
   * @throws UserException if there are none
   */
  static Set<Path> of(Path folder) {
    Path first =
        first(folder)
            .orElseThrow(
                () ->
                    new UserException(
                        folder
                            + ": none of "
                            + String.join(", ", names())
                            + "; copy the model's weights there"));
    return first.toString().endsWith(OF_INDEX)
        ? shards(first).stream().map(folder::resolve).collect(Collectors.toCollection(TreeSet::new))
        : Set.of(first);
  }

  /** What transformers looks for, in its order. */
  static List<String> names() {
    return List.of(SAFETENSORS, SAFETENSORS + OF_INDEX, PYTORCH, PYTORCH + OF_INDEX);
  }

  private static Optional<Path> first(Path folder) {
    return names().stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .or(() -> onlyOther(folder));
  }

  private static Optional<Path> onlyOther(Path folder) {
    // With a vocab.json it is in the layout of "Dive into Deep Learning", with names of its own.
    if (!Files.isDirectory(folder) || Files.isRegularFile(folder.resolve("vocab.json"))) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> others =
          files
              .filter(file -> file.getFileName().toString().matches(OTHERS))
              .filter(Files::isRegularFile)
              .toList();
      return others.size() == 1 && WeightFile.isOne(others.get(0))
          ? Optional.of(others.get(0))
          : Optional.empty();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }

  /** See {@link HuggingFaceFolder#shards}. */
  static Set<String> shards(Path index) {
    Set<String> names = new TreeSet<>();
    JsonNode map = JsonFile.read(index).path("weight_map");
    for (JsonNode file : map) {
      if (!file.asText().matches(SHARD)) {
        throw FileException.damaged(index, "its weight_map names the file " + file);
      }
      names.add(file.asText());
    }
    if (names.isEmpty()) {
      throw FileException.damaged(index, "it has no weight_map");
    }
    return names;
  }

  /**
   * The weights of a file by the names in it.
   *
   * @throws UserException if it is damaged, or holds none
   */
  static Map<String, Weight> read(Path file) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    if (file.toString().endsWith(ENDING)) {
      SafetensorsFile safetensors = SafetensorsFile.open(file);
      safetensors.names().stream()
          .filter(name -> !isConstant(name))
          .forEach(name -> weights.put(name, safetensors.weight(name)));
      return weights;
    }
    WeightFile read = WeightFile.read(file);
    if (read.format() == WeightFile.Format.PADDLE) {
      throw new UserException(
          file
              + ": it is a file of Paddle, whose dense kernels are transposed; convert the model to"
              + " PyTorch's names and layout");
    }
    for (Weight weight : read.weights().values()) {
      if (!isConstant(weight.name())) {
        weights.put(weight.name(), weight);
      }
    }
    return weights;
  }

  /** Old versions of transformers saved constants, position_ids and token_type_ids, too. */
  private static boolean isConstant(String name) {
    return name.endsWith("_ids");
  }
}
