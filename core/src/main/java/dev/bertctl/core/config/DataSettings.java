// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.runtime.options.Range;
import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import dev.bertctl.spi.data.DataFile;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data files and what is taken of them. */
public interface DataSettings {

  /** Files to learn from. */
  @Essential("train")
  @Doc(
      "Files to fine-tune on. Each is a path, relative to the configuration file, or a pattern such as"
          + " part-*.csv, which stands for the files that match it, in the order of their names.")
  Optional<List<Path>> train();

  /** Files by which the best model is chosen. */
  @Essential("validation")
  @Doc(
      "Files to evaluate on while training, see train.evaluate-every; the model that does best on it is"
          + " saved. Without it the last is.")
  Optional<List<Path>> validation();

  /** Share of the training data to validate on. */
  @Doc(
      "Share of the training data that is split off as validation data, such as 0.1, in place of"
          + " data.validation: of each label alike where the files have rows with labels.")
  @Range(above = 0, below = 1)
  Optional<Double> split();

  /** Decides which rows are split off. */
  @Doc(
      "Decides which rows data.split takes. train.seed does not, so that runs with several seeds are"
          + " validated on the same rows.")
  @WithDefault("42")
  long splitSeed();

  /** Files for the final evaluation. */
  @Doc("Files to evaluate the saved model on at the end.")
  Optional<List<Path>> test();

  /** Formats of files whose ending does not tell. */
  @Doc("Format of a split's files where their endings do not tell.")
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

  /** Names of columns where files have no header. */
  @Doc(
      "The names of the columns of csv and tsv files without a header, in their order, such as"
          + " header: [label, title, description]; the first line is then a row.")
  Optional<List<String>> header();

  /** The files' names of the task's columns. */
  @Doc("The files' name for a column of the task, such as columns: {premise: text_a}.")
  Map<String, String> columns();

  /** The rows to keep. */
  @Doc(
      "Conditions that a row must meet to be used, such as where: [{column: title, not-empty: true,"
          + " max-length: 30}]; rows that do not are left out and counted.")
  List<RowConditionSettings> where();

  /** First rows of each split. */
  @Doc(
      "Only the first rows of a split's files, of those that data.where keeps, counted before any"
          + " other is left out; only the first"
          + " examples where they are not read by rows (json, CoNLL columns).")
  @Range(atLeast = 1)
  Map<SplitName, Integer> limit();

  /** Share of each split. */
  @Doc(
      "Share of a split's examples to keep: each is kept with this probability, drawn with"
          + " train.seed; applied after limit.")
  @Range(above = 0, atMost = 1)
  Map<SplitName, Double> sample();
}
