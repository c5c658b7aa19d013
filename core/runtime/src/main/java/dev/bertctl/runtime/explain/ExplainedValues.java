// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.spi.decode.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Chooses what is explained of an example's classes, labels, numbers or choices. */
final class ExplainedValues {

  private final ExplainableOutput output;
  private final List<Matrix> outputs;
  private final Optional<String> label;

  /**
   * @param outputs the head's output for each feature of the example
   * @param label the class, number or choice that is asked for
   * @throws dev.bertctl.runtime.UserException if there is no such label
   */
  ExplainedValues(ExplainableOutput output, List<Matrix> outputs, Optional<String> label) {
    this.output = output;
    this.outputs = outputs;
    this.label = label;
    AskedLabel.require(label, names(), output.labels());
  }

  /** What can be asked for. */
  private List<String> names() {
    return output.kind() == ExplainableOutput.Kind.CHOICES
        ? IntStream.range(0, outputs.get(0).rows()).mapToObj(Integer::toString).toList()
        : output.labels();
  }

  /** What is explained: one or a few. */
  List<Explained> chosen() {
    return switch (output.kind()) {
      case CHOICES -> List.of(choice());
      case CLASSES -> List.of(labelled(best(value -> isAsked(value.column()))));
      case LABELS, NUMBERS -> several();
      case TAGS, SPANS -> throw new IllegalStateException("values of tokens");
    };
  }

  private Explained choice() {
    Value best = best(value -> label.map(Integer.toString(value.row())::equals).orElse(true));
    return new Explained(
        best.feature(), best.row(), best.row(), 0, Integer.toString(best.row()), Optional.empty());
  }

  /** All numbers; of labels those that are predicted, or the likeliest. */
  private List<Explained> several() {
    List<Explained> found = new ArrayList<>();
    for (int column = 0;
        column < outputs.get(0).columns() && found.size() < ExplanationOptions.MOST_VALUES;
        column++) {
      int own = column;
      Value best = best(value -> value.column() == own);
      boolean predicted = output.kind() == ExplainableOutput.Kind.NUMBERS || best.score() > 0;
      if (isAsked(column) && (predicted || label.isPresent())) {
        found.add(labelled(best));
      }
    }
    return found.isEmpty() ? List.of(labelled(best(value -> true))) : found;
  }

  private boolean isAsked(int column) {
    return label.map(name -> output.labels().indexOf(name) == column).orElse(true);
  }

  private Explained labelled(Value value) {
    String name = output.labels().isEmpty() ? "number" : output.labels().get(value.column());
    return new Explained(value.feature(), 0, value.row(), value.column(), name, Optional.empty());
  }

  /** The highest of some values; of equal ones the first. */
  private Value best(Predicate<Value> which) {
    List<Value> values = new ArrayList<>();
    for (int feature = 0; feature < outputs.size(); feature++) {
      Matrix matrix = outputs.get(feature);
      for (int i = 0; i < matrix.values().length; i++) {
        values.add(
            new Value(feature, i / matrix.columns(), i % matrix.columns(), matrix.values()[i]));
      }
    }
    return values.stream()
        .filter(which)
        .reduce((one, next) -> next.score() > one.score() ? next : one)
        .orElseThrow();
  }

  /** A value of an output. */
  private record Value(int feature, int row, int column, float score) {}
}
