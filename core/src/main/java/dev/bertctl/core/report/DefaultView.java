// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Decision;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.decode.Marker;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown of a task that does not say it: of a classifier of texts these with the label; of
 * others the columns, what the task marks, and the prediction as it is written to files.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class DefaultView<X extends Example, P extends Prediction> implements Viewer<X, P> {

  private static final String PROBABILITY = "probability";
  private static final String PROBABILITIES = "probabilities";

  private final Optional<Marker<X, P>> marker;

  private DefaultView(Optional<Marker<X, P>> marker) {
    this.marker = marker;
  }

  /** What shows a task's examples: its own viewer, if it has one. */
  public static <X extends Example, P extends Prediction> Viewer<X, P> of(Task<X, P> task) {
    return task.viewer().orElseGet(() -> new DefaultView<>(task.marker()));
  }

  @Override
  public ExampleView view(X example, P prediction) {
    return example instanceof LabelledText text && prediction instanceof Classification label
        ? classified(text, label)
        : other(example, prediction);
  }

  private static ExampleView classified(LabelledText example, Classification prediction) {
    Labels labels = prediction.labels();
    List<Passage> passages = new ArrayList<>();
    passages.add(
        Passage.of(
            nameOf(example, example.first(), example.second().isPresent() ? "first text" : "text"),
            example.first()));
    example
        .second()
        .ifPresent(text -> passages.add(Passage.of(nameOf(example, text, "second text"), text)));
    ExampleView view =
        ExampleView.of(
            passages,
            example.label().stream().mapToObj(labels::name).findFirst(),
            labels.name(prediction.label()));
    List<Double> probabilities = prediction.probabilities();
    if (probabilities.isEmpty()) {
      return view;
    }
    boolean decided = labels.size() == 2 && example.label().isPresent();
    return view.sure(probabilities.get(prediction.label()))
        .deciding(
            decided
                ? List.of(
                    new Decision(
                        probabilities.get(Labels.POSITIVE),
                        example.label().getAsInt() == Labels.POSITIVE))
                : List.of());
  }

  /** The column that a text was read from. */
  private static String nameOf(LabelledText example, String text, String otherwise) {
    return example.columns().entrySet().stream()
        .filter(column -> text.equals(column.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(otherwise);
  }

  private ExampleView other(X example, P prediction) {
    List<Passage> passages = new ArrayList<>();
    example.columns().entrySet().stream()
        // Tables that other programs wrote have a column of row numbers without a name.
        .filter(column -> !column.getKey().isBlank())
        .map(column -> Passage.of(column.getKey(), String.valueOf(column.getValue())))
        .forEach(passages::add);
    marker.ifPresent(
        marks ->
            passages.add(new Passage(PredictedText.PREDICTED, marks.mark(example, prediction))));
    Map<String, Object> fields = prediction.fields();
    ExampleView view = ExampleView.of(passages, Optional.empty(), PredictedText.of(fields));
    return probability(fields).map(view::sure).orElse(view);
  }

  /** As predictions of all stock tasks have it. */
  private static Optional<Double> probability(Map<String, Object> fields) {
    Object own = fields.get(PROBABILITY);
    Object each = fields.get(PROBABILITIES);
    Object found =
        own == null && each instanceof Map<?, ?> map
            ? map.get(fields.get(PredictedText.PREDICTED))
            : own;
    return found instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }
}
