// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.MarkedPage;
import dev.bertctl.spi.decode.Marker;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.decode.Tuner;
import dev.bertctl.spi.decode.Viewer;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.InputPacking;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One definition of a task; training, evaluation, prediction and scoring all use it, so they cannot
 * drift apart. Begin with {@link #of}, which names what every task has, and add the rest.
 *
 * <p>A classifier of texts: {@code Task.of(LabelledTextReader.single(TEXT, LABEL, labels), new
 * TextPacking(Truncation.LONGEST_FIRST), new ClassifierHead(labels.names()), (example, output) ->
 * Classification.of(labels, output.logits())).scoredBy(new ClassificationMetric(labels), new
 * ClassificationReader(labels))}.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class Task<X extends Example, P extends Prediction> {

  private final ExampleReader<X> reader;
  private final InputPacking<X> packing;
  private final Head head;
  private final Decoder<X, P> decoder;
  private final Optional<Scoring<X, P>> scoring;
  private final Optional<Tuner<X, P>> tuner;
  private final List<OutputFile<X, P>> files;
  private final Optional<Marker<X, P>> marker;
  private final Optional<Viewer<X, P>> viewer;
  private final List<PredictionField> fields;

  private Task(
      ExampleReader<X> reader,
      InputPacking<X> packing,
      Head head,
      Decoder<X, P> decoder,
      Optional<Scoring<X, P>> scoring,
      Optional<Tuner<X, P>> tuner,
      List<OutputFile<X, P>> files,
      Optional<Marker<X, P>> marker,
      Optional<Viewer<X, P>> viewer,
      List<PredictionField> fields) {
    this.reader = reader;
    this.packing = packing;
    this.head = head;
    this.decoder = decoder;
    this.scoring = scoring;
    this.tuner = tuner;
    this.files = files;
    this.marker = marker;
    this.viewer = viewer;
    this.fields = fields;
  }

  /**
   * {@return a task that predicts; one that is trained or evaluated needs {@link #scoredBy} too}
   *
   * @param reader makes examples of a data file
   * @param packing makes the encoder's input of an example
   * @param head outputs, and losses if it is trained, on top of the encoder
   * @param decoder makes a prediction, in the user's terms, of an example's outputs
   * @param <X> an example
   * @param <P> a prediction
   */
  public static <X extends Example, P extends Prediction> Task<X, P> of(
      ExampleReader<X> reader, InputPacking<X> packing, Head head, Decoder<X, P> decoder) {
    return new Task<>(
        reader,
        packing,
        head,
        decoder,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /**
   * {@return this task, whose predictions can be judged}
   *
   * @param metric compares examples and predictions
   * @param predictions reads predictions made by anyone, for {@code score}
   */
  public Task<X, P> scoredBy(Metric<X, P> metric, PredictionReader<X, P> predictions) {
    return new Task<>(
        reader,
        packing,
        head,
        decoder,
        Optional.of(new Scoring<>(metric, predictions)),
        tuner,
        files,
        marker,
        viewer,
        fields);
  }

  /**
   * {@return this task, with its decoder's options chosen on the validation set}
   *
   * @param chooser chooses the options
   */
  public Task<X, P> tunedBy(Tuner<X, P> chooser) {
    return new Task<>(
        reader,
        packing,
        head,
        decoder,
        scoring,
        Optional.of(chooser),
        files,
        marker,
        viewer,
        fields);
  }

  /**
   * {@return this task, which also writes its predictions to a file of its own}
   *
   * @param file name and content of the file
   */
  public Task<X, P> writing(OutputFile<X, P> file) {
    return new Task<>(
        reader,
        packing,
        head,
        decoder,
        scoring,
        tuner,
        Stream.concat(files.stream(), Stream.of(file)).toList(),
        marker,
        viewer,
        fields);
  }

  /**
   * {@return this task, whose predictions can be shown in their texts: on terminals, and as {@code
   * predictions.html}, which is written as a file of the task's own}
   *
   * @param shown marks what was predicted
   */
  public Task<X, P> markedBy(Marker<X, P> shown) {
    OutputFile<X, P> page = MarkedPage.file(shown);
    return new Task<>(
        reader,
        packing,
        head,
        decoder,
        scoring,
        tuner,
        Stream.concat(files.stream(), Stream.of(page)).toList(),
        Optional.of(shown),
        viewer,
        fields);
  }

  /**
   * {@return this task, whose examples and predictions are shown in reports as it says; unless it
   * does, a report shows a text or a pair with its label, and of other examples the columns}
   *
   * @param shown what there is to see of an example
   */
  public Task<X, P> viewedBy(Viewer<X, P> shown) {
    return new Task<>(
        reader, packing, head, decoder, scoring, tuner, files, marker, Optional.of(shown), fields);
  }

  /**
   * {@return this task, whose predictions have no fields but these, so that tables with typed
   * columns can be made of them, such as Spark's; of a task that does not say such a table has
   * JSON}
   *
   * @param declared names and types of the fields, in the order in which a prediction has them;
   *     each may be missing in some
   */
  public Task<X, P> predicting(List<PredictionField> declared) {
    return new Task<>(
        reader,
        packing,
        head,
        decoder,
        scoring,
        tuner,
        files,
        marker,
        viewer,
        List.copyOf(declared));
  }

  /** {@return what makes examples of a data file} */
  public ExampleReader<X> reader() {
    return reader;
  }

  /** {@return what makes the encoder's input of an example} */
  public InputPacking<X> packing() {
    return packing;
  }

  /** {@return what stands on top of the encoder} */
  public Head head() {
    return head;
  }

  /** {@return what makes a prediction of an example's outputs} */
  public Decoder<X, P> decoder() {
    return decoder;
  }

  /**
   * {@return how predictions are judged; empty for a task that is neither trained nor evaluated}
   */
  public Optional<Scoring<X, P>> scoring() {
    return scoring;
  }

  /** {@return what chooses the decoder's options on the validation set; empty for most tasks} */
  public Optional<Tuner<X, P>> tuner() {
    return tuner;
  }

  /** {@return predictions in forms of the task's own; none for most tasks} */
  public List<OutputFile<X, P>> files() {
    return files;
  }

  /** {@return what marks predictions in their texts; empty for tasks that predict no places} */
  public Optional<Marker<X, P>> marker() {
    return marker;
  }

  /** {@return what shows examples and predictions in reports; empty for tasks that do not say} */
  public Optional<Viewer<X, P>> viewer() {
    return viewer;
  }

  /** {@return the fields that predictions may have; none for a task that does not say} */
  public List<PredictionField> fields() {
    return fields;
  }

  /**
   * How predictions are judged.
   *
   * @param metric compares examples and predictions
   * @param predictions reads predictions made by anyone
   * @param <X> an example
   * @param <P> a prediction
   */
  public record Scoring<X extends Example, P extends Prediction>(
      Metric<X, P> metric, PredictionReader<X, P> predictions) {}
}
