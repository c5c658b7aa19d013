// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a server sends, as long as it sends: the JDK's HTTP client waits for a connection and for an
 * answer's headers no longer than it is told, but for the rest of the answer for ever.
 */
public final class ImpatientStream extends FilterInputStream {

  /** How long to wait for a server that sends nothing. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "download-clock");
            thread.setDaemon(true);
            return thread;
          });

  private final Duration patience;
  private volatile boolean stalled;

  /**
   * @param body the answer, whose reads end when it is closed
   * @param patience after which a read that brings nothing fails
   */
  public ImpatientStream(InputStream body, Duration patience) {
    super(body);
    this.patience = patience;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Future<?> alarm = CLOCK.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return super.read(into, offset, length);
    } catch (IOException e) {
      if (stalled) {
        throw new IOException(
            "the server has sent nothing for %d seconds".formatted(patience.toSeconds()), e);
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  private void giveUp() {
    stalled = true;
    try {
      close();
    } catch (IOException e) {
      // The read that waits fails for the same reason, and says so.
      return;
    }
  }
}
