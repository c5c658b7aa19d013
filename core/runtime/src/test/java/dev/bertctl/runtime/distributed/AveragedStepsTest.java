// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.graph.BatchShare;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.Bucket;
import dev.bertctl.runtime.graph.BucketStream;
import dev.bertctl.runtime.graph.LossScale;
import dev.bertctl.runtime.graph.Optimizer;
import dev.bertctl.runtime.graph.OptimizerSpec;
import dev.bertctl.runtime.graph.ParameterGroups;
import dev.bertctl.runtime.graph.RandomModel;
import dev.bertctl.runtime.graph.SharedSteps;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Target;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes that step alone, and take the mean of all that is not the same in both. */
class AveragedStepsTest {

  private static final int ROUNDS = 3;
  private static final int STEPS = 2;

  /** Which step in a round the second process has no part of, in the second round. */
  private static final int LEFT_OUT = 1;

  static Stream<OptimizerSpec> optimizers() {
    return Stream.of(
        OptimizerSpec.AdamW.DEFAULT,
        OptimizerSpec.Adam.DEFAULT,
        new OptimizerSpec.Sgd(0.9),
        new OptimizerSpec.Sgd(0));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void allAreThoseOfTheMeanOfWholeTablesToTheBit(OptimizerSpec optimizer) throws Exception {
    Map<String, float[]> expected = ofWholeTables(optimizer);
    List<Map<String, float[]>> averaged =
        Together.run(
            2,
            transport -> {
              try (BertModel model = model(optimizer)) {
                SharedSteps steps = model.sharedSteps();
                for (int round = 0; round < ROUNDS; round++) {
                  stepAlone(model, steps, transport.rank(), round);
                  steps.average(2, new AllReduce(transport, ElementType.F32));
                }
                return values(model);
              }
            });
    for (Map<String, float[]> one : averaged) {
      expected.forEach((name, values) -> assertArrayEquals(values, one.get(name), name));
    }
  }

  /** Both processes send the rows that either has; all, where one has left out a step. */
  @Test
  void onlyRowsThatWereTouchedAreSent() throws Exception {
    List<List<Integer>> sent =
        Together.run(
            2,
            transport -> {
              List<Integer> rows = new ArrayList<>();
              try (BertModel model = model(OptimizerSpec.AdamW.DEFAULT)) {
                SharedSteps steps = model.sharedSteps();
                for (int round = 0; round < ROUNDS; round++) {
                  stepAlone(model, steps, transport.rank(), round);
                  int[] count = {0};
                  steps.average(2, counting(count, new AllReduce(transport, ElementType.F32)));
                  rows.add(count[0]);
                }
                return rows;
              }
            });
    // Of the weights and of both moments.
    List<Integer> expected = List.of(3 * touched(0), 3 * (29 + 32), 3 * touched(2));
    assertEquals(List.of(expected, expected), sent);
    assertTrue(touched(0) < 29 + 32 && touched(2) < 29 + 32);
  }

  private static int touched(int round) {
    List<Batch> batches =
        IntStream.range(0, STEPS)
            .boxed()
            .flatMap(step -> Stream.of(batch(0, round, step), batch(1, round, step)))
            .toList();
    long ids = batches.stream().flatMapToInt(one -> Arrays.stream(one.ids())).distinct().count();
    return (int) ids + batches.get(0).tokens();
  }

  private static Consumer<BucketStream> counting(int[] rows, Consumer<BucketStream> exchange) {
    return stream ->
        exchange.accept(
            new BucketStream() {
              @Override
              public int size() {
                return stream.size();
              }

              @Override
              public Bucket next() {
                Bucket bucket = stream.next();
                rows[0] += bucket.rows().map(all -> all.length).orElse(0);
                return bucket;
              }

              @Override
              public void put(int index, List<Bucket> sum) {
                stream.put(index, sum);
              }
            });
  }

  /** One after the other; what they hold is copied out, averaged, and copied in. */
  private static Map<String, float[]> ofWholeTables(OptimizerSpec optimizer) {
    try (BertModel first = model(optimizer);
        BertModel second = model(optimizer)) {
      SharedSteps ofFirst = first.sharedSteps();
      SharedSteps ofSecond = second.sharedSteps();
      for (int round = 0; round < ROUNDS; round++) {
        stepAlone(first, ofFirst, 0, round);
        stepAlone(second, ofSecond, 1, round);
        Map<String, float[]> others = values(second);
        values(first)
            .forEach(
                (name, values) -> {
                  float[] mean = new float[values.length];
                  for (int i = 0; i < mean.length; i++) {
                    mean[i] = 0.5f * values[i] + 0.5f * others.get(name)[i];
                  }
                  first.values().assign(name, FloatBuffer.wrap(mean));
                  second.values().assign(name, FloatBuffer.wrap(mean));
                });
      }
      return values(first);
    }
  }

  private static void stepAlone(BertModel model, SharedSteps steps, int rank, int round) {
    for (int step = 0; step < STEPS; step++) {
      if (rank == 1 && round == 1 && step == LEFT_OUT) {
        steps.leaveOut();
        continue;
      }
      List<Batch> mine = List.of(batch(rank, round, step));
      steps.alone(
          new BatchShare(mine, 0, model.lossWeights(mine), LossScale.NONE, 0),
          new Optimizer.Step(round * STEPS + step + 1, 0.01, 1));
    }
  }

  /** One sequence of four of the 29 words. */
  private static Batch batch(int rank, int round, int step) {
    Random random = new Random((round * STEPS + step) * 2L + rank);
    Target labels = Target.of(random.ints(4, 0, 3).toArray());
    return Batch.of(List.of(RandomModel.feature(random, 4, labels)), 0);
  }

  private static BertModel model(OptimizerSpec optimizer) {
    TrainingSpec spec =
        TrainingSpec.DEFAULT.with(optimizer).with(ParameterGroups.uniform(0.01, 0.1));
    return RandomModel.of(new TaggerHead(List.of("a", "b", "c")), Optional.of(spec));
  }

  private static Map<String, float[]> values(BertModel model) {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (String name : model.values().names()) {
      FloatBuffer values = model.values().read(name).values();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      all.put(name, copy);
    }
    return all;
  }
}
