// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.training.DivergedException;
import java.nio.file.Path;

/** The training of a run diverged. */
public final class DivergedRunException extends UserException {

  private static final long serialVersionUID = 1L;

  /**
   * @param batch the file with what went into the step
   */
  DivergedRunException(DivergedException cause, Path batch) {
    super("%s; what went into the step is in %s".formatted(cause.getMessage(), batch), cause);
  }
}
