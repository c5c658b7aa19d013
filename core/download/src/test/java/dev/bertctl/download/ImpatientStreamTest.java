// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ImpatientStreamTest {

  @Test
  void whatComesIsPassedOn() throws IOException {
    byte[] content = {1, (byte) 200, 3};
    try (InputStream stream = impatient(new ByteArrayInputStream(content), 60_000)) {
      assertEquals(1, stream.read());
      assertEquals(200, stream.read());
      assertArrayEquals(new byte[] {3}, stream.readAllBytes());
      assertEquals(-1, stream.read());
    }
  }

  @Test
  void aReadThatBringsNothingFails() {
    IOException failure =
        assertThrows(IOException.class, () -> impatient(new Silence(), 1000).read());

    assertEquals("the server has sent nothing for 1 seconds", failure.getMessage());
  }

  @Test
  void anotherFailureStaysWhatItIs() {
    IOException reset = new IOException("connection reset");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw reset;
          }
        };

    assertEquals(reset, assertThrows(IOException.class, () -> impatient(broken, 60_000).read()));
  }

  private static InputStream impatient(InputStream body, long milliseconds) {
    return new ImpatientStream(body, Duration.ofMillis(milliseconds));
  }

  /** Waits until it is closed, as an HTTP answer's body does. */
  private static final class Silence extends InputStream {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
