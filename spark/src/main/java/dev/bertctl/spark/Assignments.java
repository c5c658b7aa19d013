// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Parameters of a transformer, written {@code PARAMETER=VALUE}; items of lists with commas between.
 */
final class Assignments {

  private Assignments() {}

  /**
   * Sets parameters.
   *
   * @return the transformer
   * @throws UserException naming one that there is not, or a value that is none
   */
  static BertTransformer set(BertTransformer transformer, List<String> assignments) {
    for (String assignment : assignments) {
      KeyValue one = KeyValue.parse(assignment, problem(transformer));
      if (!transformer.hasParam(one.key())) {
        throw new UserException(problem(transformer).formatted(assignment));
      }
      set(transformer, transformer.getParam(one.key()), one.value());
    }
    return transformer;
  }

  private static String problem(BertTransformer transformer) {
    return Arrays.stream(transformer.params())
        .map(Param::name)
        .collect(
            Collectors.joining(
                ", ", "'%s' sets no parameter; write PARAMETER=VALUE with one of ", ""));
  }

  @SuppressWarnings("unchecked") // what is no other kind of parameter is a text
  private static void set(BertTransformer transformer, Param<?> param, String value) {
    try {
      if (param instanceof IntParam integer) {
        transformer.set(integer, Integer.valueOf(value));
      } else if (param instanceof LongParam integer) {
        transformer.set(integer, Long.valueOf(value));
      } else if (param instanceof BooleanParam yes) {
        transformer.set(yes, truth(value));
      } else if (param instanceof StringArrayParam list) {
        transformer.set(list, value.split(","));
      } else {
        transformer.set((Param<String>) param, value);
      }
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "'%s' is no value of parameter %s: %s".formatted(value, param.name(), param.doc()), e);
    }
  }

  private static Boolean truth(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(value);
    }
    return Boolean.valueOf(value);
  }
}
