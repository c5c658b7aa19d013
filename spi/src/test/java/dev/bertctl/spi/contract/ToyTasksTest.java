// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The contract can be kept by tasks of all kinds of targets. */
class ToyTasksTest {

  private abstract static class Contract extends TaskPluginContract<ToyTask.NoOptions> {

    private final ToyTask plugin;
    private final List<Map<String, Object>> rows;

    Contract(ToyTask plugin, List<Map<String, Object>> rows) {
      this.plugin = plugin;
      this.rows = rows;
    }

    @Override
    protected TaskPlugin<ToyTask.NoOptions> plugin() {
      return plugin;
    }

    @Override
    protected DataFile labelled() {
      return MemoryFile.rows(rows);
    }

    @Override
    protected DataFile unlabelled() {
      return MemoryFile.rows(rows.stream().map(Contract::withoutGold).toList());
    }

    private static Map<String, Object> withoutGold(Map<String, Object> row) {
      Map<String, Object> rest = new LinkedHashMap<>(row);
      rest.remove("gold");
      return rest;
    }
  }

  @Nested
  class Tagger extends Contract {
    Tagger() {
      super(
          new ToyTagger(),
          List.of(
              Map.of(
                  "text", "Anna met Bartholomew at 😀 noon today", "gold", "NAME O NAME O O O O"),
              Map.of("text", "nobody there", "gold", "O O"),
              Map.of("text", "Ada", "gold", "NAME")));
    }
  }

  /** A head whose output has a name and a form of its own. */
  @Nested
  class Margin extends Contract {
    Margin() {
      super(
          new ToyMargin(),
          List.of(
              Map.of("text", "Anna met Bartholomew", "gold", "NAME O NAME"),
              Map.of("text", "nobody there", "gold", "O O"),
              Map.of("text", "Ada", "gold", "NAME")));
    }

    @Override
    protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> targets) {
      Matrix scores = targets.get(Target.MAIN);
      float[] margins = new float[scores.rows()];
      for (int token = 0; token < margins.length; token++) {
        margins[token] = scores.at(token, 1) - scores.at(token, 0);
      }
      return Map.of("margins", new Matrix(margins, margins.length, 1));
    }
  }

  @Nested
  class SpanFinder extends Contract {
    SpanFinder() {
      super(
          new ToySpanFinder(),
          List.of(
              Map.of("text", "who?", "more", "the cat ate Sue 😀 and then Tom", "gold", "Sue"),
              Map.of("text", "when?", "more", "Anna left at noon", "gold", "at noon"),
              Map.of("text", "what?", "more", "𝄞 a clef", "gold", "𝄞")));
    }
  }

  @Nested
  class Chooser extends Contract {
    Chooser() {
      super(
          new ToyChooser(),
          List.of(
              Map.of("text", "the sky on a fine day is", "more", "green blue", "gold", "blue"),
              Map.of("text", "two and two", "more", "four five six", "gold", "four"),
              Map.of("text", "a", "more", "b c", "gold", "c")));
    }
  }

  @Nested
  class Scorer extends Contract {
    Scorer() {
      super(
          new ToyScorer(),
          List.of(
              Map.of("text", "a long text that has to be cut", "gold", "1.5"),
              Map.of("text", "b", "gold", "-2.0"),
              Map.of("text", "c", "gold", "0.0")));
    }
  }

  /** Several targets, drawn anew; a metric of the losses. */
  @Nested
  class Masker extends Contract {
    Masker() {
      super(
          new ToyMasker(),
          List.of(
              Map.of("text", "a long text that has to be cut", "gold", "-"),
              Map.of("text", "b", "gold", "-"),
              Map.of("text", "c d", "gold", "-")));
    }

    @Override
    protected Map<String, Double> losses(boolean right) {
      return Map.of("tokens", right ? 0.0 : 10.0, "foreign", 0.5);
    }

    /** The perplexity of a loss of 0. */
    @Override
    protected double bestScore(Metric<?, ?> metric) {
      return 1;
    }
  }

  /** A task that is not trained. */
  @Nested
  class Embedder extends Contract {
    Embedder() {
      super(
          new ToyEmbedder(),
          List.of(
              Map.of("text", "a long text that has to be cut", "gold", "-"),
              Map.of("text", "b", "gold", "-"),
              Map.of("text", "c", "gold", "-")));
    }

    @Override
    protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
      return Map.of("vector", new Matrix(new float[] {0.5f, 1}, 1, 2));
    }
  }
}
