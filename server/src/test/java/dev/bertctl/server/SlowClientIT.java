// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time. What is not to be cut is shown to outlast what is. */
@Timeout(120)
class SlowClientIT {

  private static final String MODEL = "text-classification";
  private static final String BODY = "{\"text\": \"the red cat\"}";

  @TempDir static Path folder;

  private static ServedApp app;

  @BeforeAll
  static void start() throws Exception {
    Path run = TinyModels.run(folder, MODEL, Map.of("labels", "bad,good", "text-pair", "false"), 1);
    app = ServedApp.start(folder, Map.of(), run.toString(), "--header-timeout", "2");
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket("localhost", app.port());
    // Far beyond all that is waited for: a connection that is not closed fails the test.
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String header() {
    return "POST /v1/models/%s/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        .formatted(MODEL, BODY.length());
  }

  /** Waits until the server closes a connection. */
  private static void awaitEnd(Socket socket) throws IOException {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (SocketException e) {
      // The server did not read all that was sent.
      assertEquals("Connection reset", e.getMessage());
    }
  }

  /** Until a connection is closed that was opened after all that has been done before. */
  private static void outlastTheTimeout() throws IOException {
    try (Socket other = connect()) {
      awaitEnd(other);
    }
  }

  private static void assertAnswered(BufferedReader in) throws IOException {
    assertEquals("HTTP/1.1 200 OK", in.readLine());
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    char[] body = new char[length];
    for (int at = 0; at < length; at += in.read(body, at, length - at)) {}
    assertTrue(new String(body).contains("predictions"), () -> new String(body));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  @Test
  void aHeaderThatDoesNotEndEndsTheConnection() throws Exception {
    try (Socket silent = connect();
        Socket half = connect()) {
      send(half, "POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
      awaitEnd(half);
      awaitEnd(silent);
    }
  }

  @Test
  void nothingIsWonByLettingAHeaderTrickle() throws Exception {
    try (Socket socket = connect()) {
      trickle(socket);
      awaitEnd(socket);
    }
  }

  /** Sends a header that does not end, byte by byte. */
  private static void trickle(Socket socket) throws IOException {
    send(socket, "POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    Thread more =
        new Thread(
            () -> {
              try {
                while (true) {
                  send(socket, "a");
                  TimeUnit.MILLISECONDS.sleep(50);
                }
              } catch (IOException | InterruptedException e) {
                // The connection is closed.
              }
            });
    more.setDaemon(true);
    more.start();
  }

  @Test
  void connectionsThatAreUpgradedServeOn() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response =
          client.send(app.predict(MODEL, BODY), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode(), response::body);
      assertEquals(HttpClient.Version.HTTP_2, response.version());
      outlastTheTimeout();
    }
    assertFalse(app.log().contains("ERROR"), app::log);
  }

  @Test
  void requestsAndPausesBetweenThemAreNotCut() throws Exception {
    try (Socket socket = connect()) {
      BufferedReader in = reader(socket);
      send(socket, header());
      outlastTheTimeout();
      send(socket, BODY);
      assertAnswered(in);
      outlastTheTimeout();
      send(socket, header() + BODY);
      assertAnswered(in);
      // A later header has no more time than the first.
      trickle(socket);
      awaitEnd(socket);
    }
  }
}
