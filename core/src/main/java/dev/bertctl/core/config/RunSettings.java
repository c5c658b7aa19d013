// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.evaluation.CalibrationMethod;
import dev.bertctl.runtime.options.Range;
import dev.bertctl.runtime.options.Unless;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.runtime.tensorflow.Precision;
import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that all tasks have, their defaults and their limits. Keys are hyphenated. */
public interface RunSettings {

  /** The pretrained model; empty if the run pretrains one from scratch. */
  @Essential("minilm-l6")
  @Doc(
      "The pretrained model: an alias, a directory or zip, maven:group:artifact:version, or"
          + " hf:organisation/name[@revision]. Or a new one: see model.new.")
  @Unless("model.new")
  Optional<String> model();

  /** A model that is pretrained from scratch. */
  @WithName("model.new")
  NewModelSettings newModel();

  /** Folder under which the run's own folder is made. */
  @Doc("Folder for results; a run of task T leaves them in its subfolder T.")
  @WithDefault("runs")
  Path output();

  /** Where to compute. */
  @Doc(
      "Where to compute: auto, cpu, gpu, gpu:N, or gpu:N:P% to take no more than that share of its memory."
          + " auto takes a GPU if one can be used.")
  @WithDefault("auto")
  Device device();

  /** What training multiplies. */
  @Doc(
      "What numbers training multiplies: float32; bfloat16, about 1.4 times as fast on processors with"
          + " AVX512_BF16 or AMX (from Cooper Lake and Zen 4); on GPUs tf32 (from compute capability 8.0) or"
          + " float16 (from 7.0), with a scaled loss. Weights, the optimizer and losses stay float32. What"
          + " brings nothing on the device is refused, with the reason.")
  @WithDefault("float32")
  Precision precision();

  /** What computes a model that is applied. */
  @Doc(
      "What computes a model that is evaluated or predicts: auto, tensorflow or onnxruntime. auto takes"
          + " ONNX Runtime on a CPU, where it is the faster one, unless it cannot compute the task's head;"
          + " training, and everything on a GPU, is TensorFlow's.")
  @WithDefault("auto")
  Engine engine();

  /** What the weights of a model that is applied are rounded to. */
  @Doc(
      "What the weights of a model that is evaluated or predicts are rounded to: none, int8 (faster, at a"
          + " small loss of accuracy; for processors with VNNI, from Ice Lake and Zen 4) or int8-reduced (seven"
          + " bits, for any processor). Needs ONNX Runtime.")
  @WithDefault("none")
  Quantize quantize();

  /** Longest sequence in tokens. */
  @Essential
  @Doc(
      "Longest sequence in word pieces, [CLS] and [SEP] included; longer texts are cut, or taken"
          + " apart into windows where the task does so.")
  @WithDefault("128")
  @Range(atLeast = 8)
  int maxLength();

  /** How probabilities are calibrated after training. */
  @Doc(
      "What a classifier's probabilities are calibrated by after training: none, or temperature, which"
          + " divides its logits by a number fitted on the validation data. Predicted labels stay the"
          + " same.")
  @WithDefault("none")
  CalibrationMethod calibrate();

  /** Other spellings of labels. */
  @Doc(
      "Other spellings of a label in the data, of any split and in predictions that are scored, such"
          + " as label-synonyms: {entailment: [entails, yes], contradiction: [contradictory]}. They hold"
          + " for columns that the task calls label, labels, tag, tags or predicted, and are saved with"
          + " the model.")
  Map<String, List<String>> labelSynonyms();

  /** The data files. */
  DataSettings data();

  /** How to fine-tune. */
  TrainSettings train();
}
