// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The output of a head whose values can be explained, as its layout and its labels tell.
 *
 * @param name the output's
 * @param kind what its values are
 * @param labels the classes, numbers or tags in the order of the columns; none of others
 */
public record ExplainableOutput(String name, Kind kind, List<String> labels) {

  private static final long SPAN_COLUMNS = 2;

  /** What the values of an output are. */
  public enum Kind {
    /** Logits of classes that exclude each other. */
    CLASSES,
    /** Logits of labels that do not. */
    LABELS,
    /** Numbers. */
    NUMBERS,
    /** A logit for each choice. */
    CHOICES,
    /** Logits of each token's tags. */
    TAGS,
    /** Logits of each token: that an answer starts there, and that it ends there. */
    SPANS
  }

  /** Copies the labels. */
  public ExplainableOutput {
    labels = List.copyOf(labels);
  }

  /**
   * The output of a head.
   *
   * @param task the task's name, for the error
   * @throws UserException if there is none, saying what can be explained
   */
  public static ExplainableOutput of(String task, Head head, HeadDefinition definition) {
    Map<String, HeadDefinition.Output> outputs = definition.outputs();
    String name = outputs.size() == 1 ? outputs.keySet().iterator().next() : HeadOutput.LOGITS;
    return Optional.ofNullable(outputs.get(name))
        .flatMap(output -> kind(head, output))
        .map(kind -> new ExplainableOutput(name, kind, head.labels()))
        .orElseThrow(
            () ->
                new UserException(
                    "what task '%s' gives cannot be explained; explained are classes, labels and numbers of texts, choices, tags of words, and the start and end of answers"
                        .formatted(task)));
  }

  /** Columns of the matrix that it is of each feature. */
  int columns() {
    return switch (kind) {
      case CHOICES -> 1;
      case SPANS -> (int) SPAN_COLUMNS;
      case CLASSES, LABELS, NUMBERS, TAGS -> Math.max(1, labels.size());
    };
  }

  private static Optional<Kind> kind(Head head, HeadDefinition.Output output) {
    List<String> labels = head.labels();
    boolean labelled =
        !labels.isEmpty() && output.columns().map(columns -> columns == labels.size()).orElse(true);
    return switch (output.layout()) {
      case PER_FEATURE -> perFeature(head, labelled, output);
      case PER_CHOICE -> Optional.of(Kind.CHOICES);
      case PER_TOKEN -> labelled ? Optional.of(Kind.TAGS) : span(labels, output);
      case PER_POSITION -> Optional.empty();
    };
  }

  private static Optional<Kind> perFeature(
      Head head, boolean labelled, HeadDefinition.Output output) {
    if (head.problemType().equals(Optional.of(ProblemType.REGRESSION))) {
      return Optional.of(Kind.NUMBERS);
    }
    if (head.problemType().isPresent()) {
      return labelled ? Optional.of(Kind.LABELS) : Optional.empty();
    }
    if (labelled) {
      return Optional.of(Kind.CLASSES);
    }
    boolean one = head.labels().isEmpty() && output.columns().equals(Optional.of(1L));
    return one ? Optional.of(Kind.NUMBERS) : Optional.empty();
  }

  private static Optional<Kind> span(List<String> labels, HeadDefinition.Output output) {
    return labels.isEmpty() && output.columns().equals(Optional.of(SPAN_COLUMNS))
        ? Optional.of(Kind.SPANS)
        : Optional.empty();
  }
}
