// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.runtime.evaluation.CalibrationMethod;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.runtime.training.LearningRate;
import dev.bertctl.spi.Doc;
import dev.bertctl.spi.data.DataFile;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that all tasks have, their defaults and their limits. Keys are hyphenated. */
public interface RunSettings {

  /** The pretrained model; empty if the run pretrains one from scratch. */
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
  @Doc("Where to compute: auto, cpu, gpu or gpu:N. auto takes a GPU if one can be used.")
  @WithDefault("auto")
  Device device();

  /** Longest sequence in tokens. */
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
  Data data();

  /** How to fine-tune. */
  Train train();

  /** The data files and what is taken of them. */
  interface Data {

    /** File to learn from. */
    @Doc("File to fine-tune on. Paths are relative to the configuration file.")
    Optional<Path> train();

    /** File to compare epochs on. */
    @Doc(
        "File to evaluate on after each epoch; the best epoch is the one that is saved. Without it"
            + " the last is saved.")
    Optional<Path> validation();

    /** File for the final evaluation. */
    @Doc("File to evaluate the saved epoch on at the end.")
    Optional<Path> test();

    /** Formats of files whose ending does not tell. */
    @Doc("Format of a split's file where its ending does not tell.")
    Map<SplitName, DataFile.Format> format();

    /** What the files are in. */
    @Doc(
        "Encoding of the files, such as GB18030, Shift_JIS, windows-1252 or UTF-16LE; a file that begins"
            + " with a byte-order mark is in the encoding that it tells.")
    @WithDefault("UTF-8")
    Encoding encoding();

    /** What quotes in TSV files are. */
    @Doc(
        "What double quotes in a tsv file are: double (around cells, doubled within, as in csv), none"
            + " (ordinary characters), or auto, which tells by the file's header and rows.")
    @WithDefault("auto")
    Quotes quotes();

    /** The files' names of the task's columns. */
    @Doc("The files' name for a column of the task, such as columns: {premise: text_a}.")
    Map<String, String> columns();

    /** First rows of each split. */
    @Doc(
        "Only the first rows of a split's file, counted before any is left out; only the first"
            + " examples where it is not read by rows (json, CoNLL columns).")
    @Range(atLeast = 1)
    Map<SplitName, Integer> limit();

    /** Share of each split. */
    @Doc(
        "Share of a split's examples to keep: each is kept with this probability, drawn with"
            + " train.seed; applied after limit.")
    @Range(above = 0, atMost = 1)
    Map<SplitName, Double> sample();
  }

  /** How to fine-tune. */
  interface Train {

    /** Passes over the training data. */
    @Doc("Passes over the training data.")
    @WithDefault("3")
    @Range(atLeast = 1)
    int epochs();

    /** Sequences in a training batch. */
    @Doc("Sequences in a training batch.")
    @WithDefault("32")
    @Range(atLeast = 1)
    int batchSize();

    /** Sequences in a batch of evaluation or prediction. */
    @Doc("Sequences in a batch when evaluating and predicting.")
    @WithDefault("64")
    @Range(atLeast = 1)
    int evaluationBatchSize();

    /** Highest learning rate. */
    @Doc("Learning rate at the end of the warm-up, from where the schedule goes on.")
    @WithDefault("5e-5")
    @Range(above = 0)
    double learningRate();

    /** What the learning rate does after the warm-up. */
    @Doc("What the learning rate does after the warm-up: linear (it falls to 0) or constant.")
    @WithDefault("linear")
    LearningRate.Schedule schedule();

    /** Share of the steps in which the learning rate rises. */
    @Doc("Share of all steps in which the learning rate rises linearly from 0.")
    @WithDefault("0.1")
    @Range(atLeast = 0, atMost = 1)
    double warmupRatio();

    /** Decoupled weight decay. */
    @Doc("Decoupled weight decay (AdamW) of all weights except biases and LayerNorm.")
    @WithDefault("0.01")
    @Range(atLeast = 0)
    double weightDecay();

    /** Global gradient norm above which gradients are scaled down. */
    @Doc("Gradients are scaled down to this global norm where theirs is larger; 0: never.")
    @WithDefault("1.0")
    @Range(atLeast = 0)
    double maxGradNorm();

    /** Whether a batch has sequences of almost equal lengths. */
    @Doc(
        "Whether sequences of almost equal lengths are put into a batch, which spares padding; without"
            + " it a batch is a random sample.")
    @WithDefault("true")
    boolean groupByLength();

    /** Whether each epoch has masks of its own. */
    @Doc(
        "Whether what a task draws, such as masks, is drawn anew in each epoch (dynamic masking), or"
            + " once (static masking).")
    @WithDefault("true")
    boolean redraw();

    /** Seed of everything random. */
    @Doc("Seed of shuffling, sampling, dropout and newly initialised weights.")
    @WithDefault("42")
    long seed();

    /** Overrides the model's own dropout. */
    @Doc("Dropout instead of the model's own, for hidden layers, attention and head.")
    @Range(atLeast = 0, below = 1)
    Optional<Double> dropout();

    /** Steps between two lines of the history. */
    @Doc("Steps between two lines of history.jsonl.")
    @WithDefault("10")
    @Range(atLeast = 1)
    int logEvery();
  }
}
