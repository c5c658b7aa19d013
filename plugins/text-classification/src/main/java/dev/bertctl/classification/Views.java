// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Decision;
import dev.bertctl.spi.decode.ExampleView.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Shows texts with several labels, and with numbers. */
final class Views {

  private Views() {}

  /** As sure as of the label that it is least sure of. */
  static ExampleView of(MultiLabelText example, MultiLabelPrediction prediction) {
    Labels labels = prediction.labels();
    ExampleView view =
        ExampleView.of(
            texts(example.first(), example.second()),
            example.labels().map(gold -> names(labels, gold)),
            names(labels, prediction.predicted()));
    List<Double> probabilities = prediction.probabilities();
    if (probabilities.isEmpty()) {
      return view;
    }
    double confidence =
        IntStream.range(0, labels.size())
            .mapToDouble(
                label ->
                    prediction.predicted().contains(label)
                        ? probabilities.get(label)
                        : 1 - probabilities.get(label))
            .min()
            .orElseThrow();
    return view.sure(confidence)
        .deciding(
            example
                .labels()
                .map(
                    gold ->
                        IntStream.range(0, labels.size())
                            .mapToObj(
                                label ->
                                    new Decision(probabilities.get(label), gold.contains(label)))
                            .toList())
                .orElse(List.of()));
  }

  static ExampleView of(ScoredText example, NumbersPrediction prediction) {
    List<String> targets = prediction.targets();
    return ExampleView.of(
        texts(example.first(), example.second()),
        example.numbers().map(numbers -> numbers(targets, numbers)),
        numbers(targets, prediction.numbers()));
  }

  private static List<Passage> texts(String first, Optional<String> second) {
    List<Passage> passages = new ArrayList<>();
    passages.add(Passage.of(second.isPresent() ? "first text" : "text", first));
    second.ifPresent(text -> passages.add(Passage.of("second text", text)));
    return passages;
  }

  private static String names(Labels labels, List<Integer> indices) {
    return indices.isEmpty()
        ? "no label"
        : indices.stream().map(labels::name).collect(Collectors.joining(", "));
  }

  private static String numbers(List<String> targets, List<Double> numbers) {
    return numbers.size() == 1
        ? numbers.get(0).toString()
        : IntStream.range(0, numbers.size())
            .mapToObj(i -> targets.get(i) + " " + numbers.get(i))
            .collect(Collectors.joining(", "));
  }
}
