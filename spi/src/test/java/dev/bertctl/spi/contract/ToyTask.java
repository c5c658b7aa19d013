// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.InputPacking;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest task of each kind of target, to try the contract on: rows have a {@code text}, some
 * a {@code more}, and what is to be predicted is the text in {@code gold}.
 */
abstract class ToyTask implements TaskPlugin<ToyTask.NoOptions> {

  /** Reads guesses. */
  static final PredictionReader<Toy, Guess> PREDICTED =
      PredictionReader.ofRows((row, toy) -> new Guess(row.get(Column.named("predicted"))));

  /** No options. */
  interface NoOptions {}

  record Toy(Location location, Map<String, Object> columns, Optional<String> gold)
      implements Example {

    String text() {
      return columns.get("text").toString();
    }

    String more() {
      return columns.get("more").toString();
    }
  }

  record Guess(String value) implements Prediction {

    @Override
    public Map<String, Object> fields() {
      return Map.of("predicted", value);
    }
  }

  /** What the head trains towards. */
  abstract List<TargetSpec> targets();

  List<String> labels() {
    return List.of();
  }

  abstract InputPacking<Toy> packing();

  abstract Decoder<Toy, Guess> decoder();

  /** Whether the metric is the share of right guesses, or that of wrong ones. */
  boolean higherIsBetter() {
    return true;
  }

  @Override
  public String name() {
    return "toy-" + getClass().getSimpleName().substring(3).toLowerCase(Locale.ROOT);
  }

  @Override
  public String summary() {
    return "Tries the contract.";
  }

  @Override
  public Class<NoOptions> optionsType() {
    return NoOptions.class;
  }

  @Override
  public Task<?, ?> create(NoOptions options) {
    return judged(
        Task.of(
            (file, purpose, skipped) -> file.rows().map(row -> example(row, purpose)),
            packing(),
            new ToyHead(targets(), labels()),
            decoder()));
  }

  /** The task with what judges it: unless overridden, guesses are to be as in {@code gold}. */
  Task<Toy, Guess> judged(Task<Toy, Guess> task) {
    return task.scoredBy(new ExactMatch(higherIsBetter()), PREDICTED);
  }

  private static Toy example(Row row, Purpose purpose) {
    Column gold = Column.named("gold");
    return new Toy(
        row.location(),
        row.columns(),
        purpose.labelled() ? Optional.of(row.get(gold)) : Optional.empty());
  }

  private record ToyHead(List<TargetSpec> targets, List<String> labels) implements Head {

    @Override
    public String architecture() {
      return "Toy";
    }

    @Override
    public HeadOutput build(HeadGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  private record ExactMatch(boolean higherIsBetter) implements Metric<Toy, Guess> {

    @Override
    public String primary() {
      return higherIsBetter ? "exact_match" : "errors";
    }

    @Override
    public Scorer<Toy, Guess> scorer() {
      return new Scorer<>() {

        private int counted;
        private int all;

        @Override
        public void add(Toy example, Guess prediction) {
          boolean right = prediction.value().equals(example.gold().orElseThrow());
          counted += right == higherIsBetter ? 1 : 0;
          all++;
        }

        @Override
        public Scores scores() {
          return Scores.of(Map.of(primary(), (double) counted / all));
        }
      };
    }
  }
}
