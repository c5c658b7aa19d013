// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.predict.Deadline;
import java.util.List;
import java.util.Map;

/**
 * What a call needs computed.
 *
 * @param model the model
 * @param rows values by column
 * @param batch whether it came as a batch, if only of one
 * @param truncation what becomes of texts that are too long
 * @param characters of all texts
 * @param deadline when to give it up
 */
public record TeiRequest(
    ServedModel model,
    List<Map<String, Object>> rows,
    boolean batch,
    Truncation truncation,
    long characters,
    Deadline deadline) {

  /** Copies the list. */
  public TeiRequest {
    rows = List.copyOf(rows);
  }

  /** How text-embeddings-inference calls it in its metrics. */
  String method() {
    return batch ? "batch" : "single";
  }
}
