// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.UserException;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** A batch does not fit into the memory of the device that computes it; a smaller one may. */
public final class OutOfDeviceMemoryException extends UserException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  OutOfDeviceMemoryException(TFResourceExhaustedException cause) {
    this("TensorFlow", cause.getMessage().lines().findFirst().orElse(""), cause);
  }

  /**
   * @param engine what computes
   * @param reason as it gives it
   */
  public OutOfDeviceMemoryException(String engine, String reason, Exception cause) {
    super(
        "%s has not enough memory for a batch (%s); make train.batch-size, train.evaluation-batch-size or max-length smaller"
            .formatted(engine, reason),
        cause);
    this.reason = reason;
  }

  private OutOfDeviceMemoryException(OutOfDeviceMemoryException ofBatch) {
    super(
        "TensorFlow has not enough memory for a batch of one (%s); make max-length smaller, take a smaller model, or set train.gradient-checkpointing: true"
            .formatted(ofBatch.reason),
        ofBatch);
    this.reason = ofBatch.reason;
  }

  /** The same of a training batch of one, which cannot be made smaller. */
  public OutOfDeviceMemoryException ofOne() {
    return new OutOfDeviceMemoryException(this);
  }
}
