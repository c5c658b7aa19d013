// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.problem;

import dev.bertctl.host.plugins.PluginFailure;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.predict.QueueFullException;
import dev.bertctl.spi.data.DataException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Finds out what a failure means to the client. */
public final class Problems {

  /** What others call a request whose client has gone. */
  static final int CLIENT_CLOSED = 499;

  private static final Logger LOG = Logger.getLogger("dev.bertctl.server");

  private Problems() {}

  /** A failure as a problem; one that nobody expected is logged, too. */
  public static ProblemException of(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    if (failure instanceof ProblemException problem) {
      return problem;
    }
    if (failure instanceof DataException data) {
      return new ProblemException(ProblemType.VALIDATION, inRow(data), data);
    }
    if (failure instanceof QueueFullException full) {
      return new ProblemException(ProblemType.OVERLOADED, full.getMessage(), full);
    }
    if (failure instanceof CancellationException) {
      return new ProblemException(ProblemType.UNAVAILABLE, "the request was given up", failure);
    }
    return internal(failure);
  }

  private static ProblemException internal(Throwable failure) {
    String message =
        failure instanceof UserException
            ? failure.getMessage()
            : PluginFailure.explain(failure)
                .orElse("unexpected failure; the server's log has where it happened");
    LOG.error("a request failed", failure);
    return new ProblemException(ProblemType.INTERNAL, message, failure);
  }

  /** Rows are counted from 1, as the lines of a file are. */
  private static String inRow(DataException data) {
    return data.location().line() == 0
        ? data.problem()
        : "row %d: %s".formatted(data.location().line(), data.problem());
  }

  /** Status of the response to a failure. */
  public static int statusOf(Throwable failure) {
    return failure instanceof CancellationException ? CLIENT_CLOSED : of(failure).type().status();
  }
}
