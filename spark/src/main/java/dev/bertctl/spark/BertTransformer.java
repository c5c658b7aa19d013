// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.predict.DescribedTask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A fine-tuned model as a transformer of Spark ML: {@code
 * BertTransformer.load("runs/nli").transform(pairs)} has the columns of the pairs and those of the
 * predictions.
 *
 * <p>Each executor opens the model once, for all its tasks, and checks that it is the driver's; the
 * rows of a partition are computed in batches of equal lengths.
 */
public final class BertTransformer extends BertParams implements MLWritable {

  private static final long serialVersionUID = 1L;

  private final String folder;
  private transient DescribedTask described;
  private transient Settings describedBy;

  /** A transformer with the model of a folder on this machine. */
  BertTransformer(String uid, Path folder) {
    super(uid);
    this.folder = folder.toAbsolutePath().toString();
  }

  /**
   * Loads a model.
   *
   * @param path the folder of a run or of its model, or of a transformer that was saved, which has
   *     its parameters too: of this machine, or of a file system that Spark knows ({@code hdfs:},
   *     {@code s3a:}, ...)
   * @throws dev.bertctl.runtime.UserException if there is no such model, or its task's plugin is
   *     not on the class path
   */
  public static BertTransformer load(String path) {
    return read().load(path);
  }

  /**
   * Applies a task that needs no training, such as {@code embeddings}, to a model that was not
   * saved for one.
   *
   * @param path the folder of a model as Hugging Face's transformers have it, as {@link #load}
   *     takes it
   * @param task the task's name
   * @param settings KEY=VALUE: the task's own options, and {@code max-length}
   * @throws dev.bertctl.runtime.UserException if there is no such model or task, or a setting is
   *     wrong
   */
  public static BertTransformer apply(String path, String task, String... settings) {
    return new TransformerReader().apply(path, task, settings);
  }

  /** Loads a transformer that was saved. Spark ML calls it for a stage of a pipeline. */
  public static MLReader<BertTransformer> read() {
    return new TransformerReader();
  }

  /** A name for a transformer that has none yet. */
  static String newUid() {
    return Identifiable.randomUID("bert");
  }

  /** The model's folder on the driver's machine. */
  public Path folder() {
    return Path.of(folder);
  }

  /** What is known of the task without the model's weights. */
  DescribedTask described() {
    Settings settings = settings();
    if (!settings.equals(describedBy)) {
      described = settings.described(folder());
      describedBy = settings;
    }
    return described;
  }

  /** The columns that the task declares for its predictions. */
  PredictionColumns columns() {
    return new PredictionColumns(described().task(), getOrDefault(labelPrefix()));
  }

  /** What a dataset is transformed to, and how many rows could not be predicted for. */
  record Transformed(Dataset<Row> rows, ErrorCounts errors) {}

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return transformed(dataset).rows();
  }

  Transformed transformed(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    SparkContext context = dataset.sparkSession().sparkContext();
    ErrorCounts errors = ErrorCounts.in(context, errorLimit());
    PredictPartition partition =
        new PredictPartition(
            SentModel.of(context, folder(), isShared()),
            settings(),
            schema,
            InputColumns.of(inputColumns(), schema),
            layout(),
            errors);
    return new Transformed(
        dataset.toDF().mapPartitions(partition, Encoders.row(transformSchema(schema))), errors);
  }

  private String[] inputColumns() {
    return getOrDefault(inputCols());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    InputColumns.of(inputColumns(), schema);
    return layout().schema(schema, columns().columns());
  }

  @Override
  public BertTransformer copy(ParamMap extra) {
    return copyValues(new BertTransformer(uid(), folder()), extra);
  }

  @Override
  public MLWriter write() {
    return new TransformerWriter(this);
  }

  /** The columns that the task reads: COLUMN, or NAME=COLUMN where the task calls it NAME. */
  public BertTransformer setInputCols(String... columns) {
    set(inputCols(), Arrays.copyOf(columns, columns.length));
    return this;
  }

  /** The column for the prediction as a struct; empty for a column for each of its fields. */
  public BertTransformer setOutputCol(String column) {
    return with(outputCol(), column);
  }

  /** Before a label, the name of the column with its probability; empty for a map of them. */
  public BertTransformer setLabelPrefix(String prefix) {
    return with(labelPrefix(), prefix);
  }

  /** The column that says why a row has no prediction; empty if such a row is to end the job. */
  public BertTransformer setErrorCol(String column) {
    return with(errorCol(), column);
  }

  /** How many rows without a prediction a job may have; one more ends it. */
  public BertTransformer setMaxErrors(long most) {
    set(maxErrors(), most);
    return this;
  }

  /** Most tokens of a batch, padding included. */
  public BertTransformer setMaxBatchTokens(int tokens) {
    set(maxBatchTokens(), tokens);
    return this;
  }

  /** Longest sequence in tokens; 0 for that of the training. */
  public BertTransformer setMaxLength(int tokens) {
    set(maxLength(), tokens);
    return this;
  }

  /**
   * Where executors compute: {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:N} or {@code
   * gpu:N:P%}.
   */
  public BertTransformer setDevice(String name) {
    return with(device(), name);
  }

  /** What computes: {@code auto}, {@code tensorflow} or {@code onnxruntime}. */
  public BertTransformer setEngine(String name) {
    return with(engine(), name);
  }

  /** What weights are rounded to: {@code none}, {@code int8} or {@code int8-reduced}. */
  public BertTransformer setQuantize(String name) {
    return with(quantize(), name);
  }

  /** Whether all machines see the model's folder, so that it need not be sent to them. */
  public BertTransformer setSharedFolder(boolean shared) {
    set(sharedFolder(), shared);
    return this;
  }

  private BertTransformer with(Param<String> param, String value) {
    set(param, Objects.requireNonNull(value, param.name()));
    return this;
  }
}
