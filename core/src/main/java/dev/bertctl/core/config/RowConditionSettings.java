// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Range;
import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What a column must be like for its row to be kept; all that is given must hold. */
public interface RowConditionSettings {

  /** The column. */
  @Doc("The column that is looked at, by the name that it has in the files.")
  String column();

  /** Whether it must have a value. */
  @Doc("Whether it must hold anything besides white space.")
  @WithDefault("false")
  boolean notEmpty();

  /** The values it may have. */
  @Doc("The values that it may have.")
  Optional<List<String>> in();

  /** The values it may not have. */
  @Doc("Values that it must not have.")
  Optional<List<String>> notIn();

  /** Fewest characters. */
  @Doc("How many characters it must have at least.")
  @Range(atLeast = 1)
  Optional<Integer> minLength();

  /** Most characters. */
  @Doc("How many characters it may have at most.")
  @Range(atLeast = 0)
  Optional<Integer> maxLength();

  /** What it must match. */
  @Doc(
      "A regular expression (RE2) that must be found in it; ^ and $ are its beginning and end,"
          + " (?i) ignores case.")
  Optional<String> matches();

  /** What it must not match. */
  @Doc("A regular expression (RE2) that must not be found in it.")
  Optional<String> notMatches();

  /** The splits whose rows it is for. */
  @Doc("The splits that the condition is for; all of them if left out.")
  Optional<List<SplitName>> splits();
}
