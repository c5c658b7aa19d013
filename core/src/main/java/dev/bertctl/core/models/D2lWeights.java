// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.Weight;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the parameters of {@code BERTModel} in "Dive into Deep Learning" (section 15.8) to canonical
 * weights: {@code encoder.blks.0.attention.W_q.weight} becomes {@code
 * encoder.layer.0.attention.self.query.weight}.
 */
final class D2lWeights {

  private static final Pattern BLOCK = Pattern.compile("encoder\\.blks\\.(\\d+)\\.(.+)");
  private static final Pattern LAST_PART = Pattern.compile("\\.(weight|bias|gamma|beta)$");

  private static final String NEXT_SENTENCE = "cls.seq_relationship";

  /** Layers of a block, by what comes before {@code .weight} and {@code .bias}. */
  private static final Map<String, String> IN_BLOCK =
      Map.of(
          "attention.W_q", "attention.self.query",
          "attention.W_k", "attention.self.key",
          "attention.W_v", "attention.self.value",
          "attention.W_o", "attention.output.dense",
          "addnorm1.ln", "attention.output.LayerNorm",
          "ffn.dense1", "intermediate.dense",
          "ffn.dense2", "output.dense",
          "addnorm2.ln", "output.LayerNorm");

  private final boolean inputsFirst;

  /** Place of LayerNorm in {@code mlm.mlp}: PyTorch and Paddle count the activation as a layer. */
  private final int outputNorm;

  /**
   * @param inputsFirst whether dense kernels are [in,out], as in Paddle, and not [out,in]
   * @param activationsCount whether activations count in the names of what follows them, as in
   *     PyTorch and Paddle
   */
  D2lWeights(boolean inputsFirst, boolean activationsCount) {
    this.inputsFirst = inputsFirst;
    this.outputNorm = activationsCount ? 2 : 1;
  }

  /**
   * Renames, and turns each value round that lies otherwise; leaves out what BERT does not have.
   */
  Map<String, Weight> canonical(Map<String, ? extends Weight> parameters) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    parameters.forEach(
        (parameter, weight) -> {
          String name = canonicalName(parameter);
          weights.put(name, arranged(name, weight).named(name));
        });
    return weights;
  }

  private Weight arranged(String name, Weight weight) {
    if (name.equals(BertParameters.POSITION_EMBEDDINGS) && weight.shape().size() == 3) {
      return new DeferredWeight(name, weight.shape().subList(1, 3), weight::values);
    }
    boolean dense = name.endsWith(".weight") && !name.startsWith("embeddings.");
    Weight kernel =
        inputsFirst && dense && weight.shape().size() == 2
            ? new DeferredWeight(name, weight.shape(), weight::values).transposed()
            : weight;
    return name.startsWith(NEXT_SENTENCE) && kernel.shape().get(0) == 2 ? turned(kernel) : kernel;
  }

  /**
   * The book's class 1 says that the second text is the next, in the original BERT it is class 0.
   */
  private static Weight turned(Weight weight) {
    return new DeferredWeight(
        weight.name(),
        weight.shape(),
        () -> {
          FloatBuffer values = weight.values();
          int half = values.limit() / 2;
          FloatBuffer swapped = FloatBuffer.allocate(values.limit());
          return swapped.put(values.slice(half, half)).put(values.slice(0, half)).flip();
        });
  }

  private String canonicalName(String parameter) {
    if (parameter.equals("encoder.pos_embedding")) {
      return BertParameters.POSITION_EMBEDDINGS;
    }
    Matcher last = LAST_PART.matcher(parameter);
    if (!last.find()) {
      return parameter;
    }
    String layer = canonicalLayer(parameter.substring(0, last.start()));
    String part =
        switch (last.group(1)) {
          case "gamma" -> "weight";
          case "beta" -> "bias";
          default -> last.group(1);
        };
    String name = layer + "." + part;
    return name.equals("cls.predictions.decoder.bias") ? "cls.predictions.bias" : name;
  }

  private String canonicalLayer(String layer) {
    Matcher block = BLOCK.matcher(layer);
    if (block.matches()) {
      return "encoder.layer."
          + block.group(1)
          + "."
          + IN_BLOCK.getOrDefault(block.group(2), block.group(2));
    }
    return switch (layer) {
      case "encoder.token_embedding" -> "embeddings.word_embeddings";
      case "encoder.segment_embedding" -> "embeddings.token_type_embeddings";
      case "hidden", "hidden.0" -> "pooler.dense";
      case "mlm.mlp.0" -> "cls.predictions.transform.dense";
      case "nsp.output" -> NEXT_SENTENCE;
      default -> {
        if (layer.equals("mlm.mlp." + outputNorm)) {
          yield "cls.predictions.transform.LayerNorm";
        }
        yield layer.equals("mlm.mlp." + (outputNorm + 1)) ? "cls.predictions.decoder" : layer;
      }
    };
  }
}
