// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import dev.bertctl.runtime.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each weight when a model was loaded.
 *
 * @param loaded expected and found
 * @param initialized expected, allowed to be missing, and missing: newly initialised
 * @param leftOver found and not expected
 */
public record WeightAccount(List<String> loaded, List<String> initialized, List<String> leftOver) {

  /** Copies the lists. */
  public WeightAccount {
    loaded = List.copyOf(loaded);
    initialized = List.copyOf(initialized);
    leftOver = List.copyOf(leftOver);
  }

  /**
   * Compares what a model needs with what a checkpoint has.
   *
   * @param source the model's file or folder, for errors
   * @param required names and shapes of weights that must be there: the encoder's
   * @param optional names and shapes of weights that may be missing: pooler and head
   * @param available the checkpoint's weights by canonical name
   * @throws UserException if a required weight is missing or any weight has another shape
   */
  public static WeightAccount of(
      String source,
      Map<String, List<Integer>> required,
      Map<String, List<Integer>> optional,
      Map<String, ? extends Weight> available) {
    Map<String, List<Integer>> expected = new LinkedHashMap<>(required);
    expected.putAll(optional);
    List<String> loaded = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          if (available.containsKey(name)) {
            boolean ofHead = !required.containsKey(name) && !name.startsWith("pooler.");
            checkShape(source, name, shape, available.get(name).shape(), ofHead);
            loaded.add(name);
          } else {
            missing.add(name);
          }
        });
    List<String> needed = missing.stream().filter(required::containsKey).toList();
    if (!needed.isEmpty()) {
      throw new UserException(missingMessage(source, needed, required));
    }
    List<String> leftOver =
        available.keySet().stream().filter(name -> !expected.containsKey(name)).sorted().toList();
    return new WeightAccount(loaded, missing, leftOver);
  }

  /** One line for users, such as {@code 101 weights loaded, newly initialised: classifier.bias}. */
  public String summary() {
    StringBuilder line = new StringBuilder(loaded.size() + " weights loaded");
    if (!initialized.isEmpty()) {
      line.append(", newly initialised: ").append(String.join(", ", initialized));
    }
    if (!leftOver.isEmpty()) {
      line.append(", left over: ").append(String.join(", ", leftOver));
    }
    return line.toString();
  }

  private static void checkShape(
      String source, String name, List<Integer> expected, List<Integer> found, boolean ofHead) {
    if (!expected.equals(found)) {
      String problem =
          "%s: weight %s has the shape %s, the model needs %s; "
              .formatted(source, name, found, expected);
      throw ofHead
          ? new UserException(
              problem + "it belongs to a head for something else", new ExportEncoder(source))
          : new UserException(problem + "check that config.json belongs to these weights");
    }
  }

  private static String missingMessage(
      String source, List<String> missing, Map<String, List<Integer>> required) {
    String first = missing.get(0);
    String others = missing.size() == 1 ? "" : " (and " + (missing.size() - 1) + " more)";
    return source
        + ": weight "
        + first
        + " of shape "
        + required.get(first)
        + " is missing"
        + others
        + "; check that the file holds a whole BERT encoder and that its config.json fits";
  }
}
