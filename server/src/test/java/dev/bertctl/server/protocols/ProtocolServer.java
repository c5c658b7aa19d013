// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.protocols;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packaged server with a tiny model of each kind, one for all tests of this JVM. */
final class ProtocolServer {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TaskRegistry TASKS =
      TaskRegistry.load(ProtocolServer.class.getClassLoader());

  /** Most inputs at once. */
  static final int MAX_QUEUE = 16;

  private static final long START_SECONDS = 60;
  private static ProtocolServer running;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final Process process;
  private final int port;

  private ProtocolServer(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(System.getProperty("bertctl.app"), "quarkus-run.jar").toString(),
                "--port",
                Integer.toString(port),
                "--device",
                "cpu",
                "--max-queue",
                Integer.toString(MAX_QUEUE),
                saved("reviews", "text-classification", Map.of("labels", "bad,good")),
                saved(
                    "topics",
                    "text-classification",
                    Map.of("labels", "animal,house,river", "multi-label", "true")),
                saved("nli", "nli", Map.of()),
                saved("pairs", "regression", Map.of("text-pair", "true")),
                "vectors=" + folder.resolve("encoder") + "@embeddings,max-length=32",
                "plain=" + folder.resolve("encoder") + "@embeddings,normalize=false,max-length=32",
                "tokens=" + folder.resolve("encoder") + "@embeddings,pooling=token,max-length=32",
                "first="
                    + sentenceTransformers("first", "null", true)
                    + "@embeddings,max-length=32",
                "mean=" + folder.resolve("first") + "@embeddings,pooling=mean,max-length=32",
                "usual="
                    + sentenceTransformers("usual", "\"query\"", true)
                    + "@embeddings,max-length=32",
                "apart="
                    + sentenceTransformers("apart", "null", false)
                    + "@embeddings,max-length=32")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  private String saved(String name, String task, Map<String, String> options) {
    TaskPlugin<?> plugin = TASKS.get(task).plugin();
    return TinyModel.write(folder.resolve(name), plugin, options, 11).toString();
  }

  /** A copy of the encoder, of which sentence-transformers knows its pooling, cls, and prompts. */
  private Path sentenceTransformers(String name, String usual, boolean includePrompt)
      throws IOException {
    Path copy = folder.resolve(name);
    Files.createDirectories(copy.resolve("1_Pooling"));
    try (Stream<Path> files = Files.list(folder.resolve("encoder"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        copy.resolve("1_Pooling/config.json"),
        "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false, \"include_prompt\": %s}"
            .formatted(includePrompt));
    Files.writeString(
        copy.resolve("config_sentence_transformers.json"),
        "{\"prompts\": {\"query\": \"the old \", \"document\": \"\"}, \"default_prompt_name\": %s}"
            .formatted(usual));
    return copy;
  }

  /** Starts it, unless it runs already. */
  static synchronized ProtocolServer get() {
    if (running == null) {
      try {
        Path folder = Files.createTempDirectory("bertctl-protocols");
        running = new ProtocolServer(folder, freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(running::end));
        running.awaitReady();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return running;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void end() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
    FileTree.delete(folder);
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + START_SECONDS * 1_000_000_000L;
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (get("/ping").statusCode() == 200) {
          return;
        }
        Thread.sleep(50);
      } catch (UncheckedIOException e) {
        // The port is not open yet.
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("not ready: " + Files.readString(folder.resolve("log")));
  }

  /** Its address, without a slash at its end. */
  String url() {
    return "http://localhost:" + port;
  }

  /** The folder of a model that was saved, or of the encoder. */
  Path model(String name) {
    return folder.resolve(name);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url() + path)).GET().build());
  }

  HttpResponse<String> post(String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The body of a response that must be a success. */
  JsonNode json(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return parsed(response);
  }

  /** The body of a response. */
  static JsonNode parsed(HttpResponse<String> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  /** Numbers of a list. */
  static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).doubleValue();
    }
    return numbers;
  }

  /** Names of a list's objects. */
  static List<String> names(JsonNode list, String field) {
    return list.findValuesAsText(field);
  }
}
