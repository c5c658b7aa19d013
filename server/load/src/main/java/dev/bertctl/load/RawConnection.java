// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection to which anything can be written. */
final class RawConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 120_000;

  private final Socket socket = new Socket();

  /**
   * @param reset whether closing it is abrupt, as when a client's process dies
   */
  RawConnection(Target target, boolean reset) throws IOException {
    socket.connect(new InetSocketAddress(target.uri().getHost(), target.port()), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    if (reset) {
      socket.setSoLinger(true, 0);
    }
  }

  /** A whole request, after which the connection is closed. */
  static String post(URI uri, String body) {
    String key = System.getenv("BERTCTL_API_KEY");
    return """
        POST %s HTTP/1.1
        Host: localhost
        %sContent-Type: application/json
        Content-Length: %d
        Connection: close

        """
            .formatted(
                uri.getPath(),
                key == null ? "" : "Authorization: Bearer " + key + "\n",
                body.getBytes(StandardCharsets.UTF_8).length)
            .replace("\n", "\r\n")
        + body;
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** The status of the response. */
  int status() throws IOException {
    String line =
        new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
            .readLine();
    if (line == null || !line.startsWith("HTTP/1.1 ")) {
      throw new IOException("no response: " + line);
    }
    return Integer.parseInt(line.split(" ")[1]);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
