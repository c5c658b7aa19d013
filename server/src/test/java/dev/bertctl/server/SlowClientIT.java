// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
    app =
        ServedApp.start(
            folder, Map.of(), run.toString(), "--header-timeout", "2", "--timeout", "15");
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

  private static String header(String... more) {
    return "POST /v1/models/%s/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
        .formatted(MODEL, BODY.length(), String.join("", more));
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

  @Test
  void bodiesThatStopHoldNoThreadThatOthersNeed() throws Exception {
    List<Socket> stopped = new ArrayList<>();
    try {
      // More than the threads there are.
      for (int i = 0; i < 250; i++) {
        Socket socket = connect();
        stopped.add(socket);
        send(socket, header() + BODY.substring(0, 5));
      }
      assertEquals(200, app.send(app.predict(MODEL, BODY)).statusCode());
      for (Socket socket : stopped) {
        send(socket, BODY.substring(5));
        assertAnswered(reader(socket));
      }
    } finally {
      for (Socket socket : stopped) {
        socket.close();
      }
    }
  }

  @Test
  void aBodyThatDoesNotComeIsGivenUp() throws Exception {
    try (Socket socket = connect()) {
      send(socket, header() + BODY.substring(0, 5));
      String response = reader(socket).lines().collect(Collectors.joining("\n"));
      assertTrue(response.startsWith("HTTP/1.1 504 "), response);
      assertTrue(response.contains("the request's body did not come whole within 15 s"), response);
    }
  }

  @Test
  void aBodyThatDoesNotComeInHttp2IsGivenUp() {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClientOptions prior =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      HttpClientResponse response =
          vertx
              .createHttpClient(prior)
              .request(
                  HttpMethod.POST,
                  app.port(),
                  "localhost",
                  "/v1/models/%s/predict".formatted(MODEL))
              .compose(
                  request -> {
                    request.setChunked(true).putHeader("Content-Type", "application/json");
                    return request.write("{").compose(half -> request.response());
                  })
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      assertEquals(HttpVersion.HTTP_2, response.version());
      assertEquals(504, response.statusCode());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void aBodyIsAskedForByWhomThatIsAwaited() throws Exception {
    try (Socket socket = connect()) {
      BufferedReader in = reader(socket);
      send(socket, header("Expect: 100-continue\r\n"));
      assertEquals("HTTP/1.1 100 Continue", in.readLine());
      assertEquals("", in.readLine());
      send(socket, BODY);
      assertAnswered(in);
    }
  }

  @Test
  void clientsThatAreGoneAreNoNews() throws Exception {
    String whole = header() + BODY;
    for (int length = 1; length <= whole.length(); length += 7) {
      try (Socket socket = connect()) {
        send(socket, whole.substring(0, length));
        TimeUnit.MILLISECONDS.sleep(20);
        // Abrupt, as when a client's process dies.
        socket.setSoLinger(true, 0);
      }
    }
    outlastTheTimeout();
    assertFalse(app.log().contains("Exception"), app::log);
    assertEquals(200, app.send(app.predict(MODEL, BODY)).statusCode());
  }
}
