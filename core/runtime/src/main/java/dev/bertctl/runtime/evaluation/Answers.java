// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.inference.InferenceModel;
import dev.bertctl.runtime.inference.LossSum;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.BatchPlan;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.PackedExamples;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a model over some packed examples, batches of equal lengths first. */
final class Answers {

  private final InferenceModel model;
  private final BatchSize batchSize;
  private final int padId;
  private final Head head;
  private final Temperature temperature;
  private final Map<String, LossSum> losses = new LinkedHashMap<>();
  private final CalibrationError calibrationError = new CalibrationError();

  /**
   * @param head the model's
   * @param temperature what logits are divided by before anything is made of them
   */
  Answers(
      InferenceModel model, BatchSize batchSize, int padId, Head head, Temperature temperature) {
    this.model = model;
    this.batchSize = batchSize;
    this.padId = padId;
    this.head = head;
    this.temperature = temperature;
  }

  /** What all losses of features with targets come to so far. */
  LossMeans losses() {
    return LossMeans.of(losses);
  }

  /** How far a classifier's probabilities are off so far; not of other heads. */
  Optional<Detail> calibrationError() {
    return calibrationError.isEmpty()
        ? Optional.empty()
        : Optional.of(new Detail.Value(CalibrationError.NAME, calibrationError.value()));
  }

  /**
   * The model's answers for some examples.
   *
   * @param packed the examples, as they were packed
   * @param seen the features as the model is to see them
   * @param labelled whether they have targets, whose losses are summed up
   * @param progress receives after each batch how many of the examples are done; of those with
   *     several features, a share
   * @throws NotFiniteException naming the example for which the model's outputs are not finite
   */
  <X extends Example> List<ModelOutput> of(
      PackedExamples<X> packed, List<Feature> seen, boolean labelled, Progress progress) {
    List<FeatureOutput> outputs = new ArrayList<>(java.util.Collections.nCopies(seen.size(), null));
    long done = 0;
    BatchSize enough = BatchSize.ofTokens(model.enoughTokens());
    for (int[] indices : BatchPlan.longestFirst(packed, batchSize, enough).batches()) {
      Batch batch = Batch.of(Arrays.stream(indices).mapToObj(seen::get).toList(), padId);
      Map<String, LossSum> ofBatch = new LinkedHashMap<>();
      List<Map<String, Matrix>> values =
          labelled ? evaluated(batch, ofBatch) : model.predict(batch);
      for (int i = 0; i < indices.length; i++) {
        requireFinite(values.get(i), packed.examples().get(packed.example(indices[i])));
        outputs.set(
            indices[i],
            new FeatureOutput(seen.get(indices[i]), temperature.applyTo(values.get(i))));
      }
      if (labelled) {
        count(ofBatch, Arrays.stream(indices).mapToObj(outputs::get).toList());
      }
      done += indices.length;
      progress.update(done * packed.examples().size() / seen.size());
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

  private List<Map<String, Matrix>> evaluated(Batch batch, Map<String, LossSum> ofBatch) {
    Evaluated evaluated = model.evaluate(batch);
    ofBatch.putAll(evaluated.losses());
    return evaluated.outputs();
  }

  /**
   * Counts losses and the calibration error of a batch. A calibrated model's loss is that of the
   * logits as they are decoded; the graph has that of the others.
   */
  private void count(Map<String, LossSum> ofGraph, List<FeatureOutput> outputs) {
    List<LabelledLogits> answers =
        outputs.stream().flatMap(output -> LabelledLogits.of(head, output).stream()).toList();
    answers.forEach(calibrationError::add);
    boolean asDecoded = !temperature.equals(Temperature.NONE) && ofGraph.size() == 1;
    double sum = answers.stream().mapToDouble(answer -> answer.loss(1)).sum();
    ofGraph.forEach(
        (name, loss) ->
            losses.merge(
                name,
                asDecoded ? new LossSum(sum, answers.size(), loss.factor()) : loss,
                LossSum::plus));
  }

  /** Of logits that are NaN no label is the highest; decoding them would make one up. */
  private static void requireFinite(Map<String, Matrix> outputs, Example example) {
    for (Matrix matrix : outputs.values()) {
      for (float value : matrix.values()) {
        if (!Float.isFinite(value)) {
          throw new NotFiniteException(example, value);
        }
      }
    }
  }
}
