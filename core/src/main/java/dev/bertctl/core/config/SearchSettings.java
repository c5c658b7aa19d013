// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Range;
import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code search} of a configuration, which no run reads.
 *
 * @see SearchConfig
 */
public interface SearchSettings {

  /** How many settings are tried. */
  @Doc("How many configurations are tried.")
  @WithDefault("20")
  @Range(atLeast = 1)
  int trials();

  /** Decides what is drawn. */
  @Doc("Seed of what is drawn; train.seed is that of each training.")
  @WithDefault("42")
  long seed();

  /** The value that trials are compared by. */
  @Doc(
      "The metric by which trials, and the evaluations of each, are compared, or loss; as"
          + " train.best-metric unless given.")
  Optional<String> metric();

  /** What is searched. */
  @Doc("The settings that are searched: each with from and to, or with values.")
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
    @Doc(
        "What is spread evenly: the numbers (linear), or their logarithms (log), as suits learning rates.")
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

  /** Whether a setting is of the section. */
  static boolean isOf(String key) {
    return key.equals("search") || key.startsWith("search.");
  }

  /** The section with its name. */
  interface Section {

    /** What is searched, and how. */
    SearchSettings search();
  }
}
