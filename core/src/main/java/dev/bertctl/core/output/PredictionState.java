// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.packing.TruncationSummary;
import java.util.Map;

/**
 * How far a prediction is.
 *
 * @param read examples that were read, with those that turned out not to fit the model
 * @param checksum CRC-32C of what was read of them
 * @param badRows rows of which no example could be made
 * @param truncation what was cut of the examples that were predicted for
 */
public record PredictionState(
    long read, long checksum, long badRows, TruncationSummary truncation) {

  /** Of a prediction that begins. */
  public static final PredictionState START = new PredictionState(0, 0, 0, TruncationSummary.EMPTY);

  /**
   * What an unfinished prediction leaves beside its files.
   *
   * @param of what is predicted with what; it goes on only with the same
   * @param state how far it is
   * @param marks the files, by their keys
   * @param predicted whether all predictions are made and only the files are to be completed
   */
  record Saved(
      Map<String, String> of, PredictionState state, Map<String, Mark> marks, boolean predicted) {}
}
