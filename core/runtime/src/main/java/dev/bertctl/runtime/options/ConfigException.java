// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import dev.bertctl.runtime.Remedy;
import dev.bertctl.runtime.UserException;
import java.util.ArrayList;
import java.util.List;

/**
 * A wrong configuration: one line for each thing that is wrong, with its place; of many the first.
 */
public final class ConfigException extends UserException {

  private static final long serialVersionUID = 1L;

  /** Lines, one for each problem. */
  private static final int MOST = 50;

  /**
   * @param problem what is wrong, where, and what to do
   */
  public ConfigException(String problem) {
    super(problem);
  }

  /**
   * @param problem what is wrong and where; complete without the remedy
   * @param remedy what to do
   */
  public ConfigException(String problem, Remedy remedy) {
    super(problem, remedy);
  }

  /**
   * @param problems each says what is wrong, where, and what to do
   */
  public ConfigException(List<String> problems) {
    super(String.join("\n", shown(problems)));
  }

  /** Who has so many has named another file. */
  private static List<String> shown(List<String> problems) {
    if (problems.size() <= MOST) {
      return problems;
    }
    List<String> first = new ArrayList<>(problems.subList(0, MOST));
    first.add("and %,d more".formatted(problems.size() - MOST));
    return first;
  }
}
