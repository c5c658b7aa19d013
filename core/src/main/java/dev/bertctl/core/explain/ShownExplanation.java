// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.runtime.explain.Attribution;
import dev.bertctl.runtime.explain.Explanation;
import dev.bertctl.runtime.explain.ExplanationMethod;
import java.util.List;
import java.util.Set;

/**
 * An explanation with its texts.
 *
 * @param explanation the explanation
 * @param special the special tokens of its sequence, as the vocabulary has them, in their order
 * @param texts the texts with the words of the explanation, in their order
 */
public record ShownExplanation(
    Explanation explanation, List<String> special, List<ExplainedText> texts) {

  /** Copies the lists. */
  public ShownExplanation {
    special = List.copyOf(special);
    texts = List.copyOf(texts);
  }

  /** What some methods say. */
  public List<Attribution> by(Set<ExplanationMethod> methods) {
    return explanation.attributions().stream()
        .filter(attribution -> methods.contains(attribution.method()))
        .toList();
  }

  /** The word whose tag is explained, or with which the answer starts or ends, as it is written. */
  public String place() {
    return explanation
        .explained()
        .word()
        .flatMap(
            word ->
                texts.stream()
                    .flatMap(text -> text.words().stream())
                    .filter(shown -> shown.word().equals(word))
                    .findFirst())
        .map(ShownWord::text)
        .orElse("");
  }
}
