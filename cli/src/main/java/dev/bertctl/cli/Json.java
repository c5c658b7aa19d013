// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;

/** Machine-readable results. */
final class Json {

  private Json() {}

  /** Prints maps, lists, strings and numbers as indented JSON. */
  static void print(Object value, PrintWriter out) {
    try {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form: " + value, e);
    }
  }
}
