// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An example and what was predicted for it, in the user's terms, for people to look at.
 *
 * <p>{@code ExampleView.of(List.of(Passage.of("text", "Go.")), Optional.of("no"),
 * "yes").sure(0.75)} shows the text {@code Go.}, predicted {@code yes} with probability 0.75 where
 * {@code no} is right.
 *
 * @param passages the texts of the example, with what is to be marked in them
 * @param gold what is right, if known
 * @param predicted what was predicted, in the same form as {@code gold}: where both are the same
 *     text, the prediction is right
 * @param confidence the probability of what was predicted, from 0 to 1, if the prediction tells it
 * @param decisions what was decided by thresholds, for curves of precision and recall; none for
 *     most tasks, and none where the gold label is unknown
 */
public record ExampleView(
    List<Passage> passages,
    Optional<String> gold,
    String predicted,
    OptionalDouble confidence,
    List<Decision> decisions) {

  /**
   * Copies the lists.
   *
   * @param passages the texts of the example
   * @param gold what is right, if known
   * @param predicted what was predicted
   * @param confidence the probability of what was predicted, if known
   * @param decisions what was decided by thresholds
   */
  public ExampleView {
    passages = List.copyOf(passages);
    decisions = List.copyOf(decisions);
  }

  /**
   * A view that tells nothing of probabilities; add them with {@link #sure} and {@link #deciding}.
   *
   * @param passages the texts of the example
   * @param gold what is right, if known
   * @param predicted what was predicted
   * @return the view
   */
  public static ExampleView of(List<Passage> passages, Optional<String> gold, String predicted) {
    return new ExampleView(passages, gold, predicted, OptionalDouble.empty(), List.of());
  }

  /**
   * {@return this view with the probability of what was predicted}
   *
   * @param probability from 0 to 1
   */
  public ExampleView sure(double probability) {
    return new ExampleView(passages, gold, predicted, OptionalDouble.of(probability), decisions);
  }

  /**
   * {@return this view with what was decided by thresholds}
   *
   * @param each one for each label that applies or does not
   */
  public ExampleView deciding(List<Decision> each) {
    return new ExampleView(passages, gold, predicted, confidence, each);
  }

  /**
   * A text of the example.
   *
   * @param name what it is, such as {@code premise}
   * @param text the text with its marks
   */
  public record Passage(String name, MarkedText text) {

    /**
     * A text in which nothing is marked.
     *
     * @param name what it is
     * @param text the text
     * @return the passage
     */
    public static Passage of(String name, String text) {
      return new Passage(name, new MarkedText(text, List.of()));
    }
  }

  /**
   * A label that applies or does not, and how probable the model finds that it does.
   *
   * @param probability of the label, from 0 to 1
   * @param gold whether it applies
   */
  public record Decision(double probability, boolean gold) {}
}
