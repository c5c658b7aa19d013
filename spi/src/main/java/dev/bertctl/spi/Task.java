// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.decode.Tuner;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.InputPacking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One definition of a task; training, evaluation, prediction and scoring all use it, so they cannot
 * drift apart.
 *
 * <p>A classifier of texts: {@code new Task<>(new LabelledTextReader(TEXT, Optional.empty(), LABEL,
 * labels), new TextPacking(Truncation.LONGEST_FIRST), new ClassifierHead(labels.names()), (example,
 * outputs) -> Classification.of(labels, outputs.get(0).logits()), new ClassificationReader(labels),
 * new ClassificationMetric(labels))}.
 *
 * @param reader makes examples of a data file
 * @param packing makes the encoder's input of an example
 * @param head logits and loss on top of the encoder
 * @param decoder makes a prediction, in the user's terms, of an example's logits
 * @param predictions reads predictions made by anyone, for {@code score}
 * @param metric compares examples and predictions
 * @param tuner chooses the decoder's options on the validation set; empty for most tasks
 * @param files predictions in forms of the task's own; none for most tasks
 * @param <X> an example
 * @param <P> a prediction
 */
public record Task<X extends Example, P extends Prediction>(
    ExampleReader<X> reader,
    InputPacking<X> packing,
    Head head,
    Decoder<X, P> decoder,
    PredictionReader<X, P> predictions,
    Metric<X, P> metric,
    Optional<Tuner<X, P>> tuner,
    List<OutputFile<X, P>> files) {

  /**
   * Copies the list.
   *
   * @param reader makes examples
   * @param packing makes the encoder's input
   * @param head logits and loss
   * @param decoder makes predictions
   * @param predictions reads predictions
   * @param metric judges predictions
   * @param tuner chooses the decoder's options
   * @param files predictions in forms of the task's own
   */
  public Task {
    files = List.copyOf(files);
  }

  /**
   * A task with what every task has.
   *
   * @param reader makes examples of a data file
   * @param packing makes the encoder's input of an example
   * @param head logits and loss on top of the encoder
   * @param decoder makes a prediction of an example's logits
   * @param predictions reads predictions made by anyone
   * @param metric compares examples and predictions
   */
  public Task(
      ExampleReader<X> reader,
      InputPacking<X> packing,
      Head head,
      Decoder<X, P> decoder,
      PredictionReader<X, P> predictions,
      Metric<X, P> metric) {
    this(reader, packing, head, decoder, predictions, metric, Optional.empty(), List.of());
  }

  /**
   * {@return this task, with its decoder's options chosen on the validation set}
   *
   * @param chooser chooses the options
   */
  public Task<X, P> tunedBy(Tuner<X, P> chooser) {
    return new Task<>(
        reader, packing, head, decoder, predictions, metric, Optional.of(chooser), files);
  }

  /**
   * {@return this task, which also writes its predictions to a file of its own}
   *
   * @param file name and content of the file
   */
  public Task<X, P> writing(OutputFile<X, P> file) {
    List<OutputFile<X, P>> all = new ArrayList<>(files);
    all.add(file);
    return new Task<>(reader, packing, head, decoder, predictions, metric, tuner, all);
  }
}
