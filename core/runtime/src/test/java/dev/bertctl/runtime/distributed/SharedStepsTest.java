// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.graph.BatchShare;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.LossScale;
import dev.bertctl.runtime.graph.LossShare;
import dev.bertctl.runtime.graph.Optimizer;
import dev.bertctl.runtime.graph.OptimizerSpec;
import dev.bertctl.runtime.graph.RandomModel;
import dev.bertctl.runtime.graph.SharedSteps;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that share their batches make the updates that one makes of whole batches. */
class SharedStepsTest {

  private static final List<String> LABELS = List.of("a", "b", "c");
  private static final TrainingSpec SGD = TrainingSpec.DEFAULT.with(new OptimizerSpec.Sgd(0.9));
  private static final int STEPS = 3;

  /**
   * Seven examples in seven parts of other lengths, so that each process has another number of
   * targets.
   */
  @ParameterizedTest(name = "{0} processes, {1} parts, dropout {2}")
  @CsvSource({"1,7,0", "2,2,0", "2,7,0.3", "3,7,0.3", "4,2,0.3"})
  void updatesEqualThoseOfTheWholeBatch(int processes, int parts, double dropout) throws Exception {
    List<List<Batch>> steps = steps(parts);
    Result alone = alone(tagger(), dropout, steps);
    List<Result> together = together(processes, tagger(), dropout, steps, ElementType.F32);
    for (Result one : together) {
      assertEqual(alone, one, 1e-6);
      one.weights()
          .forEach(
              (name, values) ->
                  assertArrayEquals(together.get(0).weights().get(name), values, 0, name));
    }
    assertEquals(alone.losses().get(0), sum(together, 0), 1e-6);
    assertNotEquals(alone.losses().get(0), alone.losses().get(STEPS - 1), 1e-4);
  }

  @Test
  void halvesOnTheWireAreNearAndTheSameEverywhere() throws Exception {
    List<List<Batch>> steps = steps(4);
    Result alone = alone(tagger(), 0, steps);
    List<Result> together = together(2, tagger(), 0, steps, ElementType.F16);
    assertEqual(alone, together.get(0), 2e-3);
    together
        .get(0)
        .weights()
        .forEach(
            (name, values) ->
                assertArrayEquals(values, together.get(1).weights().get(name), 0, name));
    assertTrue(largestDifference(alone, together.get(0)) > 1e-6, "it is rounded");
  }

  /** Each by itself, then the mean of all: of weights and of what the optimizer remembers. */
  @Test
  void processesThatStepAloneAreAveraged() throws Exception {
    List<Batch> parts = steps(2).get(0);
    List<Map<String, float[]>> each = new ArrayList<>();
    for (Batch part : parts) {
      try (BertModel model = model(tagger(), 0)) {
        model.train(List.of(part), step(1), 0);
        each.add(values(model));
      }
    }
    List<Map<String, float[]>> averaged =
        Together.run(
            2,
            transport -> {
              try (BertModel model = model(tagger(), 0)) {
                SharedSteps steps = model.sharedSteps();
                List<Batch> mine = List.of(parts.get(transport.rank()));
                double[] weights = model.lossWeights(mine);
                steps.alone(new BatchShare(mine, 0, weights, LossScale.NONE, 0), step(1));
                steps.average(2, new AllReduce(transport, ElementType.F32));
                return values(model);
              }
            });
    each.get(0)
        .forEach(
            (name, first) -> {
              for (int i = 0; i < first.length; i++) {
                double mean = (first[i] + each.get(1).get(name)[i]) / 2.0;
                assertEquals(
                    mean, averaged.get(0).get(name)[i], 1e-6 + 1e-6 * Math.abs(mean), name);
              }
              assertArrayEquals(averaged.get(0).get(name), averaged.get(1).get(name), 0, name);
            });
  }

  /** Rows of embeddings that no process has are not sent, and stay as they are. */
  @Test
  void ofTablesOnlyTouchedRowsAreSent() throws Exception {
    List<Integer> sent =
        Together.run(
            2,
            transport -> {
              try (BertModel model = model(tagger(), 0)) {
                List<Batch> mine = List.of(steps(2).get(0).get(transport.rank()));
                int[] rows = {0};
                model
                    .sharedSteps()
                    .gradients(
                        new BatchShare(mine, 0, model.lossWeights(mine), LossScale.NONE, 0),
                        stream -> {
                          for (int i = 0; i < stream.size(); i++) {
                            rows[0] += stream.next().rows().map(all -> all.length).orElse(0);
                          }
                        });
                return rows[0];
              }
            });
    for (int rank = 0; rank < 2; rank++) {
      Batch batch = steps(2).get(0).get(rank);
      int ids = (int) Arrays.stream(batch.ids()).distinct().count() + batch.tokens();
      // Padding has no gradient.
      assertTrue(sent.get(rank) <= ids && sent.get(rank) >= ids - 1, sent + " " + ids);
    }
  }

  private record Result(List<Double> losses, Map<String, float[]> weights) {}

  private static Result alone(Head head, double dropout, List<List<Batch>> steps) {
    try (BertModel model = model(head, dropout)) {
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        losses.add(model.train(steps.get(i), step(i + 1), i).loss());
      }
      return new Result(losses, values(model));
    }
  }

  private static List<Result> together(
      int processes, Head head, double dropout, List<List<Batch>> steps, ElementType wire)
      throws Exception {
    return Together.run(
        processes,
        transport -> {
          try (BertModel model = model(head, dropout)) {
            SharedSteps shared = model.sharedSteps();
            List<Double> losses = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
              List<Batch> parts = steps.get(i);
              int from = parts.size() * transport.rank() / processes;
              int to = parts.size() * (transport.rank() + 1) / processes;
              BatchShare mine =
                  new BatchShare(
                      parts.subList(from, to), from, model.lossWeights(parts), LossScale.NONE, i);
              LossShare loss = shared.gradients(mine, new AllReduce(transport, wire)).loss();
              losses.add(shared.update(loss, step(i + 1)).loss());
            }
            return new Result(losses, values(model));
          }
        });
  }

  private static double sum(List<Result> results, int step) {
    return results.stream().mapToDouble(one -> one.losses().get(step)).sum();
  }

  private static void assertEqual(Result expected, Result actual, double tolerance) {
    assertEquals(0, largestDifference(expected, actual), tolerance);
  }

  private static double largestDifference(Result one, Result other) {
    double largest = 0;
    for (String name : one.weights().keySet()) {
      float[] values = one.weights().get(name);
      for (int i = 0; i < values.length; i++) {
        largest = Math.max(largest, Math.abs(values[i] - other.weights().get(name)[i]));
      }
    }
    return largest;
  }

  private static Optimizer.Step step(int number) {
    return new Optimizer.Step(number, 0.1, 1);
  }

  private static Head tagger() {
    return new TaggerHead(LABELS);
  }

  private static BertModel model(Head head, double dropout) {
    return RandomModel.of(head, dropout, Optional.of(SGD));
  }

  private static Map<String, float[]> values(BertModel model) {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (String name : model.values().names()) {
      var values = model.values().read(name).values();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      all.put(name, copy);
    }
    return all;
  }

  private static List<List<Batch>> steps(int parts) {
    Random random = new Random(3);
    List<List<Batch>> steps = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      List<Feature> features = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        int length = 4 + i;
        int[] labels = random.ints(length, 0, 3).toArray();
        Arrays.fill(labels, 1, 1 + random.nextInt(length), Target.IGNORED);
        features.add(RandomModel.feature(random, length, Target.of(labels)));
      }
      List<Batch> divided = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        divided.add(Batch.of(features.subList(7 * part / parts, 7 * (part + 1) / parts), 0));
      }
      steps.add(divided);
    }
    return steps;
  }
}
