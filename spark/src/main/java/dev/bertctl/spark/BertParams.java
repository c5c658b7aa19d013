// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.tensorflow.Device;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The parameters of {@link BertTransformer}, as Spark ML knows them: it finds them by reflection.
 */
abstract class BertParams extends Transformer {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> task;
  private final StringArrayParam taskSettings;
  private final StringArrayParam inputCols;
  private final Param<String> outputCol;
  private final Param<String> labelPrefix;
  private final Param<String> errorCol;
  private final LongParam maxErrors;
  private final IntParam maxBatchTokens;
  private final IntParam maxLength;
  private final Param<String> device;
  private final Param<String> engine;
  private final Param<String> quantize;
  private final BooleanParam sharedFolder;

  /** Parameters of the transformer of this name, which each of them keeps. */
  BertParams(String uid) {
    this.uid = uid;
    this.task =
        new Param<>(
            this, "task", "task that is applied to the model; that of the model unless set");
    this.taskSettings =
        new StringArrayParam(this, "taskSettings", "settings of a task that is applied: KEY=VALUE");
    this.inputCols =
        new StringArrayParam(
            this,
            "inputCols",
            "columns that the task reads, each COLUMN or NAME=COLUMN where the task calls it NAME; all unless set");
    this.outputCol =
        new Param<>(
            this,
            "outputCol",
            "column for the prediction as a struct; its fields are columns of their own unless set");
    this.labelPrefix =
        new Param<>(
            this,
            "labelPrefix",
            "makes of each label's probability a column, called this and the label; a map unless set");
    this.errorCol =
        new Param<>(
            this,
            "errorCol",
            "column that says why a row has no prediction; empty: such a row ends the job");
    this.maxErrors =
        new LongParam(
            this,
            "maxErrors",
            "rows without a prediction that a job may have",
            ParamValidators.gtEq(0));
    this.maxBatchTokens =
        new IntParam(
            this,
            "maxBatchTokens",
            "most tokens of a batch, padding included",
            ParamValidators.gtEq(1));
    this.maxLength =
        new IntParam(
            this,
            "maxLength",
            "longest sequence in tokens; 0: that of the training",
            ParamValidators.gtEq(0));
    this.device =
        new Param<>(
            this,
            "device",
            "where executors compute: auto, cpu, gpu, gpu:N or gpu:N:P% of its memory");
    this.engine = new Param<>(this, "engine", "what computes: auto, tensorflow or onnxruntime");
    this.quantize =
        new Param<>(this, "quantize", "what weights are rounded to: none, int8 or int8-reduced");
    this.sharedFolder =
        new BooleanParam(
            this,
            "sharedFolder",
            "whether all machines see the model's folder; its files are sent to them unless set");
    setDefaults();
  }

  @Override
  public final String uid() {
    return uid;
  }

  /** Spark ML keeps them apart from what is set. */
  private void setDefaults() {
    setDefault(task, "");
    setDefault(taskSettings, new String[0]);
    setDefault(inputCols, new String[0]);
    setDefault(outputCol, "");
    setDefault(labelPrefix, "");
    setDefault(errorCol, "error");
    setDefault(maxErrors, 1_000L);
    setDefault(maxBatchTokens, 16_384);
    setDefault(maxLength, 0);
    setDefault(device, "auto");
    setDefault(engine, "auto");
    setDefault(quantize, "none");
    setDefault(sharedFolder, false);
  }

  /** The task that is applied; empty for that of the model. */
  public Param<String> task() {
    return task;
  }

  /** Settings of a task that is applied. */
  public StringArrayParam taskSettings() {
    return taskSettings;
  }

  /** Columns that the task reads. */
  public StringArrayParam inputCols() {
    return inputCols;
  }

  /** Column for the prediction as a struct. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Before a label, the name of the column with its probability. */
  public Param<String> labelPrefix() {
    return labelPrefix;
  }

  /** Column that says why a row has no prediction. */
  public Param<String> errorCol() {
    return errorCol;
  }

  /** Rows without a prediction that a job may have. */
  public LongParam maxErrors() {
    return maxErrors;
  }

  /** Most tokens of a batch, padding included. */
  public IntParam maxBatchTokens() {
    return maxBatchTokens;
  }

  /** Longest sequence in tokens; 0 for that of the training. */
  public IntParam maxLength() {
    return maxLength;
  }

  /** Where executors compute. */
  public Param<String> device() {
    return device;
  }

  /** What computes. */
  public Param<String> engine() {
    return engine;
  }

  /** What weights are rounded to. */
  public Param<String> quantize() {
    return quantize;
  }

  /** Whether all machines see the model's folder. */
  public BooleanParam sharedFolder() {
    return sharedFolder;
  }

  final long errorLimit() {
    return (Long) $(maxErrors);
  }

  final boolean isShared() {
    return (Boolean) $(sharedFolder);
  }

  final OutputLayout layout() {
    return new OutputLayout($(outputCol), $(errorCol), $(labelPrefix));
  }

  /**
   * How executors open the model.
   *
   * @throws UserException naming a parameter with a value that is none
   */
  final Settings settings() {
    requireOneOf(device, Device::of);
    requireOneOf(engine, Engine::of);
    requireOneOf(quantize, Quantize::of);
    return new Settings(
        $(task),
        List.of($(taskSettings)),
        $(device),
        $(engine),
        $(quantize),
        (Integer) $(maxBatchTokens),
        (Integer) $(maxLength));
  }

  private void requireOneOf(Param<String> param, Function<String, ?> values) {
    try {
      values.apply($(param));
    } catch (IllegalArgumentException e) {
      throw new UserException("parameter %s: %s".formatted(param.name(), e.getMessage()), e);
    }
  }
}
