// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.BertModel.LossSum;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.BatchPlan;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.PackedExamples;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a model over some packed examples, batches of equal lengths first. */
final class Answers {

  private final BertModel model;
  private final int batchSize;
  private final int padId;
  private final Map<String, LossSum> losses = new LinkedHashMap<>();

  Answers(BertModel model, int batchSize, int padId) {
    this.model = model;
    this.batchSize = batchSize;
    this.padId = padId;
  }

  /** What all losses of features with targets come to so far. */
  LossMeans losses() {
    return LossMeans.of(losses);
  }

  /**
   * The model's answers for some examples.
   *
   * @param packed the examples, as they were packed
   * @param seen the features as the model is to see them
   * @param labelled whether they have targets, whose losses are summed up
   * @throws UserException naming the example for which the model's outputs are not finite
   */
  <X extends Example> List<ModelOutput> of(
      PackedExamples<X> packed, List<Feature> seen, boolean labelled) {
    List<FeatureOutput> outputs = new ArrayList<>(java.util.Collections.nCopies(seen.size(), null));
    for (int[] indices :
        BatchPlan.longestFirst(packed, BatchSize.ofSequences(batchSize)).batches()) {
      Batch batch = Batch.of(Arrays.stream(indices).mapToObj(seen::get).toList(), padId);
      List<Map<String, Matrix>> values = labelled ? evaluated(batch) : model.predict(batch);
      for (int i = 0; i < indices.length; i++) {
        requireFinite(values.get(i), packed.examples().get(packed.example(indices[i])));
        outputs.set(indices[i], new FeatureOutput(seen.get(indices[i]), values.get(i)));
      }
    }
    List<ModelOutput> perExample = new ArrayList<>(packed.examples().size());
    int next = 0;
    for (List<Feature> own : packed.perExample()) {
      perExample.add(
          new ExampleOutput(
              outputs.subList(next, next + own.size()), model.vocabulary(), model.config()));
      next += own.size();
    }
    return perExample;
  }

  private List<Map<String, Matrix>> evaluated(Batch batch) {
    BertModel.Evaluated evaluated = model.evaluate(batch);
    evaluated.losses().forEach((name, loss) -> losses.merge(name, loss, LossSum::plus));
    return evaluated.outputs();
  }

  /** Of logits that are NaN no label is the highest; decoding them would make one up. */
  private static void requireFinite(Map<String, Matrix> outputs, Example example) {
    for (Matrix matrix : outputs.values()) {
      for (float value : matrix.values()) {
        if (!Float.isFinite(value)) {
          throw new UserException(
              "%s: the model's outputs for this example are not finite (%s): its weights are broken; fine-tune again with a lower train.learning-rate, or use another model"
                  .formatted(example.location(), value));
        }
      }
    }
  }
}
