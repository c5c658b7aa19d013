// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.config.DataSettings;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the splits of a configuration. One mapping of columns serves all of them, and some may be
 * of a form that has no columns.
 */
public final class Splits {

  private final TaskConfig<?> config;
  private final FileReading reading;

  /**
   * @param config which files, and how they are read
   * @throws ConfigException if the validation data are both given and split off
   */
  public Splits(TaskConfig<?> config) {
    this.config = config;
    this.reading = FileSettings.of(config.settings()).reading();
    requireOneValidation();
  }

  /**
   * A configured split, with its format, columns, conditions, limit and sample.
   *
   * @throws ConfigException if it has no file, or one is not there
   */
  public <X extends Example> Split<X> split(
      SplitName name, ExampleReader<X> reader, Purpose purpose) {
    return new Split<>(name.toString(), open(name), reader, purpose, selection(name));
  }

  /** Which part of a configured split is taken: its conditions, its limit and its sample. */
  public Selection selection(SplitName name) {
    DataSettings data = config.settings().data();
    Integer limit = data.limit().get(name.source(data));
    Double share = data.sample().get(name);
    return new Selection(
        RowConditions.of(config, name.source(data)),
        limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
        part(name),
        share == null ? OptionalDouble.empty() : OptionalDouble.of(share),
        config.settings().train().seed());
  }

  /**
   * Checks, after the splits have been read, that each mapped column was looked for in one of them
   * at least, and a column of labels if there are synonyms: what was not is most likely mistyped.
   *
   * @param known columns that may be mapped in any case
   * @throws ConfigException naming the first that was not
   */
  public void requireSettingsUsed(Set<String> known) {
    Optional<String> unused =
        reading.terms().names().unused().stream()
            .filter(column -> !known.contains(column))
            .findFirst();
    if (unused.isPresent()) {
      throw config.wrong(
          "data.columns." + unused.get(),
          reading.terms().names().asked().isEmpty()
              ? "no columns are read from files of this form; leave it out"
              : "the task reads no such column; it reads: "
                  + String.join(", ", reading.terms().names().asked()));
    }
    if (reading.terms().synonyms().areUnused()) {
      throw config.wrong(
          "label-synonyms", "no column of labels is read from files of this form; leave it out");
    }
  }

  /**
   * Opens the files of a configured split.
   *
   * @throws ConfigException if it has none, or one is not there
   */
  public DataFile open(SplitName name) {
    DataSettings data = config.settings().data();
    return new JoinedFiles(
        DataFiles.local(
            files(name),
            Optional.ofNullable(data.format().get(name.source(data))),
            config.plugin().usualFormat(),
            reading),
        true);
  }

  /**
   * The files of a configured split, without the rows that its conditions leave out.
   *
   * @throws ConfigException if it has none, or one is not there
   */
  public DataFile kept(SplitName name) {
    return RowConditions.of(config, name).on(open(name), new Skips());
  }

  private Optional<SplitPart> part(SplitName name) {
    DataSettings data = config.settings().data();
    return name == SplitName.TEST
        ? Optional.empty()
        : data.split()
            .map(share -> new SplitPart(name == SplitName.VALIDATION, share, data.splitSeed()));
  }

  /** What is split off the training data is read with them, and has no settings of its own. */
  private void requireOneValidation() {
    DataSettings data = config.settings().data();
    if (data.split().isEmpty()) {
      return;
    }
    if (data.validation().isPresent()) {
      throw config.wrong("data.split", "data.validation is given too; leave out one of them");
    }
    String problem = "the validation data are split off the training data; leave it out";
    if (data.limit().containsKey(SplitName.VALIDATION)) {
      throw config.wrong("data.limit.validation", problem);
    }
    if (data.format().containsKey(SplitName.VALIDATION)) {
      throw config.wrong("data.format.validation", problem);
    }
    for (int i = 0; i < data.where().size(); i++) {
      List<SplitName> splits = data.where().get(i).splits().orElse(List.of());
      if (splits.contains(SplitName.VALIDATION) && !splits.contains(SplitName.TRAIN)) {
        throw config.wrong(
            "data.where[%d].splits".formatted(i),
            "the validation data are split off the training data, for which it must hold too");
      }
    }
  }

  private List<Path> files(SplitName name) {
    List<Path> named = name.source(config.settings().data()).files(config.settings().data());
    if (named.isEmpty()) {
      throw config.wrong("data." + name, "no file is given for this split; name one");
    }
    try {
      return InputFiles.of(named);
    } catch (DataException e) {
      throw config.wrong("data." + name, "%s: %s".formatted(e.problem(), e.location()));
    }
  }
}
