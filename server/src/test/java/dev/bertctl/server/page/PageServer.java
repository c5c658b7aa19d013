// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged server, which wants a key, with a tiny model of each of some tasks. */
final class PageServer {

  /** The key that it wants. */
  static final String KEY = "a key";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TaskRegistry TASKS = TaskRegistry.load(PageServer.class.getClassLoader());
  private static final long LONGEST_MINUTES = 3;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final Path log;

  /**
   * @param folder for the models
   * @param tasks each task's options; a model is called by its task
   */
  PageServer(Path folder, Map<String, Map<String, String>> tasks)
      throws IOException, InterruptedException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    log = folder.resolve("log");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(System.getProperty("bertctl.app"), "quarkus-run.jar").toString(),
                "--port",
                Integer.toString(port)));
    tasks.forEach(
        (task, options) ->
            line.add(
                TinyModel.write(folder.resolve(task), TASKS.get(task).plugin(), options, 3)
                    .toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("BERTCTL_API_KEY", KEY);
    process = builder.start();
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    while (!isReady()) {
      assertTrue(process.isAlive() && System.nanoTime() < until, Files.readString(log));
      Thread.sleep(50);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (IOException e) {
      // The port is not open yet.
      return false;
    }
  }

  /** An address on it. */
  String url(String path) {
    return "http://localhost:%d%s".formatted(port, path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url(path))).build(), BodyHandlers.ofString());
  }

  /** What it predicts for a row, without a browser. */
  JsonNode predict(String model, JsonNode row) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url("/v1/models/%s/predict".formatted(model))))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + KEY)
            .POST(BodyPublishers.ofString(row.toString()))
            .build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body())
        .path("predictions")
        .path(0);
  }

  /** Ends it. */
  void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
  }
}
