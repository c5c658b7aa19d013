// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Copies variables of the model that an executor trains, whichever it is: all have the same.
 *
 * @param generation of the training
 */
record CollectTask(int generation)
    implements FlatMapFunction<Iterator<List<String>>, CollectTask.Values> {

  /**
   * A variable.
   *
   * @param values row-major
   */
  record Values(String name, float[] values) implements Serializable {}

  @Override
  public Iterator<Values> call(Iterator<List<String>> parts) {
    List<Values> values = new ArrayList<>();
    HeldProcess.ofExecutor()
        .use(
            generation,
            process -> {
              while (parts.hasNext()) {
                List<String> names = parts.next();
                process.variables().stream()
                    .filter(variable -> names.contains(variable.name()))
                    .forEach(
                        variable -> {
                          FloatBuffer buffer = variable.values();
                          float[] copy = new float[buffer.remaining()];
                          buffer.get(copy);
                          values.add(new Values(variable.name(), copy));
                        });
              }
              return null;
            });
    return values.iterator();
  }
}
