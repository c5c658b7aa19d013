// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Requests at once that stop in the middle of their bodies. Opened, waited for and closed by one
 * thread, again and again; another may end that.
 */
final class StoppedBodies implements AutoCloseable {

  private final Queue<RawConnection> connections = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  /**
   * Begins some.
   *
   * @param bodies what half of each is written of
   */
  void open(Target target, int number, Supplier<String> bodies) throws IOException {
    for (int i = 0; i < number && !ended; i++) {
      String body = bodies.get();
      String request = RawConnection.post(target.uri(), body);
      RawConnection connection = new RawConnection(target, false);
      connections.add(connection);
      if (ended) {
        close();
        return;
      }
      connection.write(request.substring(0, request.length() - body.length() / 2));
    }
  }

  /** Waits for the status of the response to the first that is left; 0 if none is. */
  int status() throws IOException {
    RawConnection connection = connections.peek();
    if (connection == null) {
      return 0;
    }
    int status = connection.status();
    connection.close();
    connections.remove(connection);
    return status;
  }

  /** Opens no more, and waits for none. */
  void end() {
    ended = true;
    close();
  }

  @Override
  public void close() {
    for (RawConnection each = connections.poll(); each != null; each = connections.poll()) {
      try {
        each.close();
      } catch (IOException e) {
        // It is given up in any case.
        continue;
      }
    }
  }
}
