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
import java.util.Map;
import java.util.Optional;

/**
 * The smallest task of each kind of target, to try the contract on: rows have a {@code text}, some
 * a {@code more}, and what is to be predicted is the text in {@code gold}.
 */
abstract class ToyTask implements TaskPlugin<ToyTask.NoOptions> {

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

  abstract TargetSpec target();

  abstract List<String> labels();

  abstract InputPacking<Toy> packing();

  abstract Decoder<Toy, Guess> decoder();

  /** Whether the metric is the share of right guesses, or that of wrong ones. */
  boolean higherIsBetter() {
    return true;
  }

  @Override
  public String name() {
    return "toy-" + target().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
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
  public Task<Toy, Guess> create(NoOptions options) {
    return new Task<>(
        (file, purpose, skipped) -> file.rows().map(row -> example(row, purpose)),
        packing(),
        new ToyHead(target(), labels()),
        decoder(),
        PredictionReader.ofRows((row, toy) -> new Guess(row.get(Column.named("predicted")))),
        new ExactMatch(higherIsBetter()));
  }

  private static Toy example(Row row, Purpose purpose) {
    Column gold = Column.named("gold");
    return new Toy(
        row.location(),
        row.columns(),
        purpose.labelled() ? Optional.of(row.get(gold)) : Optional.empty());
  }

  private record ToyHead(TargetSpec target, List<String> labels) implements Head {

    @Override
    public String architecture() {
      return "Toy";
    }

    @Override
    public boolean usesPooler() {
      return false;
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
          return new Scores(Map.of(primary(), (double) counted / all), Map.of());
        }
      };
    }
  }
}
