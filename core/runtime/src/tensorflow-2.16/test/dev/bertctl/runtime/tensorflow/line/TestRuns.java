// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow.line;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFunction;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/** Runs whose results tests look at more closely; this line is 2.16. */
public final class TestRuns {

  /** Ops that have a gradient in this line, but not in the other. */
  public static final Set<String> HAVE_A_GRADIENT =
      Set.of("BatchMatMulV2", "Einsum", "SelectV2", "UnsortedSegmentSum");

  private TestRuns() {}

  /**
   * A run of which TensorFlow keeps the steps.
   *
   * @param outputs what was fetched; who asked closes it
   * @param metadata the steps
   */
  public record Traced(List<Tensor> outputs, RunMetadata metadata) {}

  /** Runs with options. */
  public static Traced traced(Session.Runner runner, RunOptions options) {
    Result result = runner.setOptions(options).runAndFetchMetadata();
    return new Traced(TensorFlowLine.fetched(result), result.getMetadata().orElseThrow());
  }

  /** Calls a function of a SavedModel. */
  public static Map<String, Tensor> call(TensorFunction function, Map<String, Tensor> given) {
    Map<String, Tensor> results = new LinkedHashMap<>();
    function.call(new HashMap<>(given)).forEach(result -> results.put(result.getKey(), result.getValue()));
    return results;
  }
}
