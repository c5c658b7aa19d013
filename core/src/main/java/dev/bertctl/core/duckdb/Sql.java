// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

/** Text that becomes part of a query, where that takes no parameters. */
final class Sql {

  private Sql() {}

  /** A value. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
