// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.tokenize.SpecialTokens;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.formats.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A BERT of "Dive into Deep Learning" as the book publishes it ({@code bert.small}, {@code
 * bert.base}): {@code vocab.json} and {@code pretrained.params}, in the form of PyTorch, MXNet or
 * Paddle ({@code .pdparams}).
 */
final class D2lFormat implements ModelFormat {

  private static final String VOCABULARY = "vocab.json";
  private static final String CONFIG = "config.json";
  private static final String HEADS = "num_attention_heads";
  private static final List<String> ENDINGS = List.of(".params", ".pdparams", ".pt", ".pth");

  /** In all of the book's models. */
  private static final int HEAD_SIZE = 64;

  @Override
  public boolean matches(Path folder) {
    return Files.isRegularFile(folder.resolve(VOCABULARY)) && !parameters(folder).isEmpty();
  }

  @Override
  public ModelContent read(Path folder, Path scratch) {
    List<Path> found = parameters(folder);
    if (found.size() > 1) {
      throw new UserException(
          "%s: several files of parameters (%s); keep one of them"
              .formatted(
                  folder,
                  String.join(", ", found.stream().map(f -> f.getFileName().toString()).toList())));
    }
    WeightFile file = WeightFile.read(found.get(0));
    boolean paddle = file.format() == WeightFile.Format.PADDLE;
    boolean mxnet = file.format() == WeightFile.Format.MXNET;
    Map<String, Weight> weights = new D2lWeights(paddle, !mxnet).canonical(file.weights());
    WeightShapes shapes = new WeightShapes(found.get(0).toString(), weights);
    Path vocabulary = folder.resolve(VOCABULARY);
    Tokenizers.writeWords(vocabulary, WordList.read(vocabulary), SpecialTokens.D2L, true, scratch);
    BertConfig config =
        shapes.d2lConfig(heads(folder, shapes.hiddenSize()), ModelContent.padId(scratch));
    return new ModelContent(config, weights, scratch);
  }

  /** The files do not tell. */
  private static int heads(Path folder, int hiddenSize) {
    Path config = folder.resolve(CONFIG);
    if (Files.isRegularFile(config)) {
      JsonNode heads = JsonFile.read(config).path(HEADS);
      if (!heads.isInt() || heads.intValue() < 1) {
        throw FileException.damaged(config, HEADS + " is " + heads + ", not a number of heads");
      }
      return heads.intValue();
    }
    if (hiddenSize % HEAD_SIZE != 0) {
      throw new UserException(
          "%s: nothing tells the number of attention heads, and the hidden size %d is no multiple of 64, the size of a head in the book's models; add a %s with {\"%s\": ...}"
              .formatted(folder, hiddenSize, CONFIG, HEADS));
    }
    return hiddenSize / HEAD_SIZE;
  }

  private static List<Path> parameters(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }
}
