// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names of columns that Parquet files are to have. They must differ in more than capitals, or
 * DuckDB, like Spark, cannot tell them apart.
 */
public final class ParquetNames {

  private final Map<String, String> bySmallLetters = new HashMap<>();

  /** What is wrong with one more name, or one of those that are there; empty if nothing is. */
  public Optional<String> problem(String name) {
    if (name.isEmpty()) {
      return Optional.of("a column has no name");
    }
    if (name.indexOf('\0') >= 0) {
      return Optional.of("the name of a column has the character \\u0000");
    }
    String other = bySmallLetters.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    return other == null || other.equals(name)
        ? Optional.empty()
        : Optional.of("the columns '%s' and '%s' differ only in capitals".formatted(other, name));
  }
}
