// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server in a process of its own, at a free port. For tests that run after packaging,
 * whose names end in {@code IT}.
 */
final class ServedApp implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final long LONGEST_MINUTES = 2;

  private final Process process;
  private final int port;
  private final Path log;
  private final String scheme;
  private final HttpClient client;

  private ServedApp(Process process, int port, Path log, String scheme, HttpClient client) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.scheme = scheme;
    this.client = client;
  }

  /** Starts it, and waits until it is ready. */
  static ServedApp start(Path folder, Map<String, String> environment, String... arguments)
      throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return start("http", client, folder, environment, arguments);
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @param scheme http or https
   * @param client asks it
   */
  static ServedApp start(
      String scheme,
      HttpClient client,
      Path folder,
      Map<String, String> environment,
      String... arguments)
      throws Exception {
    int port = freePort();
    Path log = folder.resolve("server-%d.log".formatted(port));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--port", Integer.toString(port), "--device", "cpu"));
    ServedApp app = new ServedApp(process(log, environment, all), port, log, scheme, client);
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    while (!app.isReady()) {
      assertTrue(app.process.isAlive(), app::log);
      assertTrue(System.nanoTime() < until, app::log);
      Thread.sleep(50);
    }
    return app;
  }

  /** Starts it, to its end; what it says is in the log. */
  static Process process(Path log, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of(System.getProperty("bertctl.app"), "quarkus-run.jar").toString()));
    line.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().put("BERTCTL_PLUGINS", log.resolveSibling("no-plugins").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException e) {
      // The port is not open yet.
      return false;
    }
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("%s://localhost:%d%s".formatted(scheme, port, path)))
        .timeout(Duration.ofMinutes(LONGEST_MINUTES));
  }

  /** A request for predictions. */
  HttpRequest predict(String model, Object body) {
    return request("/v1/models/%s/predict".formatted(model))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(text(body)))
        .build();
  }

  static String text(Object body) {
    try {
      return body instanceof String text ? text : JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path) throws InterruptedException {
    return send(request(path).build());
  }

  HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpClient client() {
    return client;
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a metric, by its name and labels as Prometheus has them; 0 if there is none. */
  double metric(String name, String labels) throws InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(labels))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES).join();
  }
}
