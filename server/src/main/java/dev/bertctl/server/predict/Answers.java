// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.predict;

import dev.bertctl.runtime.predict.Answer;
import dev.bertctl.runtime.predict.Prepared;
import dev.bertctl.spi.decode.Prediction;
import java.time.Duration;
import java.util.List;

/**
 * The predictions for a request's rows.
 *
 * @param rows one for each row, in their order
 * @param tokenized what reading and tokenising them took
 * @param total what all of it took
 */
public record Answers(List<Row> rows, Duration tokenized, Duration total) {

  /** Copies the list. */
  public Answers {
    rows = List.copyOf(rows);
  }

  /**
   * The prediction for a row.
   *
   * @param prepared the row as it was read, checked and tokenised
   * @param answer its prediction
   */
  public record Row(Prepared prepared, Answer<Prediction> answer) {}

  /** Tokens of all rows, special tokens included, without padding. */
  public long tokens() {
    return rows.stream().mapToLong(row -> row.prepared.tokens()).sum();
  }

  /** How long the rows waited at most. */
  public Duration queued() {
    return longest(rows.stream().map(row -> row.answer.queued()).toList());
  }

  /** How long a batch with one of the rows took at most. */
  public Duration computed() {
    return longest(rows.stream().map(row -> row.answer.computed()).toList());
  }

  private static Duration longest(List<Duration> durations) {
    return durations.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
