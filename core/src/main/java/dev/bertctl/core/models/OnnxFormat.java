// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A BERT exported by PyTorch to ONNX, as the langchain4j jars hold it: {@code NAME.onnx} and {@code
 * NAME-tokenizer.json} (or tokenizer.json, or vocab.txt).
 */
final class OnnxFormat implements ModelFormat {

  @Override
  public boolean matches(Path folder) {
    return !ending(folder, ".onnx").isEmpty();
  }

  @Override
  public ModelContent read(Path folder, Path scratch) {
    Path file = only(folder, ".onnx").orElseThrow();
    stageTokenizer(folder, scratch);
    OnnxGraph graph = OnnxGraph.read(file);
    Map<String, Weight> weights = new OnnxWeights(file, graph).canonical();
    WeightShapes shapes = new WeightShapes(file.toString(), weights);
    OnnxArchitecture architecture = new OnnxArchitecture(file, graph);
    BertConfig config =
        shapes.config(
            architecture.heads(shapes.hiddenSize()),
            architecture.activation(),
            architecture.layerNormEpsilon(),
            ModelContent.padId(scratch));
    return new ModelContent(config, weights, scratch);
  }

  private static void stageTokenizer(Path folder, Path scratch) {
    for (String name : Tokenizers.files()) {
      only(folder, name).ifPresent(file -> copy(file, scratch.resolve(name)));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw FileException.writing(to, e);
    }
  }

  private static Optional<Path> only(Path folder, String suffix) {
    List<Path> found = ending(folder, suffix);
    if (found.size() > 1) {
      throw new UserException(folder + ": several files end in " + suffix + "; keep one of them");
    }
    return found.stream().findFirst();
  }

  private static List<Path> ending(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(suffix)).toList();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }
}
