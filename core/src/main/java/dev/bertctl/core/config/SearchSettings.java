// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The section {@code search} of a configuration, which no run reads. */
public interface SearchSettings {

  /** How many settings are tried. */
  @Doc("How many configurations are tried.")
  @WithDefault("20")
  @Range(atLeast = 1)
  int trials();

  /** Decides what is drawn. */
  @Doc("Seed of what is drawn.")
  @WithDefault("42")
  long seed();

  /** The value that trials are compared by. */
  @Doc("The metric by which trials are compared; that of train.best-metric unless given.")
  Optional<String> metric();

  /** What is searched. */
  @Doc("The settings that are searched.")
  List<Searched> space();

  /** A setting that is searched. */
  interface Searched {

    /** The setting. */
    @Doc("The setting or option, such as train.learning-rate.")
    String key();

    /** The smallest number. */
    @Doc("The smallest number that is tried.")
    Optional<Double> from();

    /** The largest number. */
    @Doc("The largest number that is tried.")
    Optional<Double> to();

    /** How numbers are spread. */
    @Doc("Whether numbers are spread evenly, or their logarithms.")
    @WithDefault("linear")
    Scale scale();

    /** Values instead of a range. */
    @Doc("The values that are tried, instead of a range.")
    Optional<List<String>> values();
  }

  /** How numbers are spread. */
  enum Scale {
    /** Evenly. */
    LINEAR,
    /** Evenly by their logarithms. */
    LOG
  }

  /** Whether a path in a file is of the section. */
  static boolean isOf(String path) {
    return path.equals("search") || path.startsWith("search.");
  }

  /**
   * Reads the section of a file.
   *
   * @throws ConfigException naming everything that is wrong with its own keys
   */
  static SearchSettings load(Path file) {
    YamlFile yaml = YamlFile.read(file);
    Binder binder = new Binder(Schema.of(List.of(SearchSettings.class)));
    for (Value value : yaml.values().values()) {
      if (value.path().equals("search")) {
        binder.add(
            new Problem(value.origin(), "'search' takes keys of its own, such as 'search.space'"));
      } else if (isOf(value.path())) {
        binder.add(value.withKey(value.path().substring("search.".length())));
      }
    }
    return binder.bind(yaml.origin(), "Set it under 'search'.").as(SearchSettings.class);
  }
}
