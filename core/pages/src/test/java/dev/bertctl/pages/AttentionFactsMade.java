// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;

/** Facts of pages about attention that are made by hand: what core would compute. */
final class AttentionFactsMade {

  /** What a head gives: a weight for each pair of tokens. */
  @FunctionalInterface
  interface Weights {
    double of(int model, int layer, int head, int from, int to);
  }

  private final int layers;
  private final int heads;
  private final List<Map<String, Object>> models;
  private final List<Map<String, Object>> inputs = new ArrayList<>();

  AttentionFactsMade(int layers, int heads, String... names) {
    this.layers = layers;
    this.heads = heads;
    this.models =
        IntStream.range(0, names.length)
            .mapToObj(
                i ->
                    Map.<String, Object>of(
                        "name", names[i], "layers", layers, "heads", heads, "causal", i == 2))
            .toList();
  }

  /**
   * Adds an input.
   *
   * @param second where the second text begins; all tokens for one text
   * @param tokens such as {@code [CLS] cat [SEP]}
   */
  AttentionFactsMade input(String name, int second, List<String> tokens, Weights weights) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("name", name);
    input.put("cut", 3);
    input.put("pair", second < tokens.size());
    input.put(
        "tokens",
        IntStream.range(0, tokens.size())
            .mapToObj(
                i ->
                    Map.of(
                        "text",
                        tokens.get(i),
                        "segment",
                        i < second ? 0 : 1,
                        "special",
                        tokens.get(i).equals("[CLS]") || tokens.get(i).equals("[SEP]")))
            .toList());
    List<Map<String, Object>> ofModels = new ArrayList<>();
    for (int model = 0; model < models.size(); model++) {
      Map<String, Object> one = new LinkedHashMap<>(models.get(model));
      List<Object> packed = new ArrayList<>();
      List<Object> facts = new ArrayList<>();
      for (int layer = 0; layer < layers; layer++) {
        packed.add(packed(model, layer, tokens.size(), weights));
        for (int head = 0; head < heads; head++) {
          facts.add(head(layer, head, second < tokens.size()));
        }
      }
      one.put("heads", facts);
      one.put("weights", packed);
      ofModels.add(one);
    }
    input.put("models", ofModels);
    input.put("top", top());
    inputs.add(input);
    return this;
  }

  private static Map<String, Object> head(int layer, int head, boolean pair) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("layer", layer + 1);
    facts.put("head", head + 1);
    facts.put("entropy", 1.25);
    for (String share : List.of("cls", "sep", "self", "previous", "next")) {
      facts.put(share, 0.125);
    }
    if (pair) {
      facts.put("a_to_b", 0.375); // and none of b, as where it has no words
    }
    facts.put("strongest", List.of("cat → dog 0.500", "dog → cat 0.250"));
    return facts;
  }

  /** Of two models the last head of the last layer differs most. */
  private List<Map<String, Object>> top() {
    List<Map<String, Object>> top = new ArrayList<>();
    for (int layer = layers; models.size() > 1 && layer > 0; layer--) {
      for (int head = heads; head > 0; head--) {
        top.add(Map.of("layer", layer, "head", head, "distance", (layer * 10 + head) / 1000.0));
      }
    }
    return top;
  }

  private String packed(int model, int layer, int tokens, Weights weights) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      for (int head = 0; head < heads; head++) {
        for (int from = 0; from < tokens; from++) {
          for (int to = 0; to < tokens; to++) {
            out.write((int) Math.round(255 * Math.sqrt(weights.of(model, layer, head, from, to))));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  Page page() {
    return new Page(
        PageKind.ATTENTION,
        "Attention of models",
        Map.of("models", models, "inputs", inputs, "top", top()));
  }
}
