// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

/** There are as many inputs waiting as may be: try again later, or somewhere else. */
public final class QueueFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param wanted inputs that were to be added
   * @param limit the most that may wait or be computed at once
   */
  public QueueFullException(int wanted, int limit) {
    super(
        wanted > limit
            ? "%,d inputs at once are more than the queue's limit of %,d; send fewer"
                .formatted(wanted, limit)
            : "the queue is full (%,d inputs); try again later".formatted(limit));
  }
}
