// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.runtime.explain.ExplainableOutput;
import dev.bertctl.runtime.explain.ExplanationMethod;
import dev.bertctl.runtime.explain.ExplanationOptions;
import dev.bertctl.runtime.explain.Faithfulness;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Explanations of some rows.
 *
 * @param model the model as the user named it
 * @param task the task's name
 * @param kind what is explained
 * @param options what was asked for
 * @param rows the rows
 * @param faithfulness how faithful each method is on them; empty if that was not asked for
 * @param seed of the random order that methods are compared with
 */
public record ExplanationReport(
    String model,
    String task,
    ExplainableOutput.Kind kind,
    ExplanationOptions options,
    List<ExplainedRow> rows,
    List<Faithfulness.Means> faithfulness,
    long seed) {

  /** Copies the lists. */
  public ExplanationReport {
    rows = List.copyOf(rows);
    faithfulness = List.copyOf(faithfulness);
  }

  /** The methods that are shown. */
  public Set<ExplanationMethod> methods() {
    return options.methods();
  }

  /** As plain values: the same for JSON and for the page. */
  public Map<String, Object> fields() {
    return new ExplanationFields(this).fields();
  }
}
