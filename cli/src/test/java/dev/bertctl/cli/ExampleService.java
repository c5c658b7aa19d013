// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A service with a model, in a process of its own. */
final class ExampleService implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_MINUTES = 2;

  /** What a JVM answers that was ended by SIGTERM. */
  private static final int TERMINATED = 143;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final URI address;

  /**
   * Starts a service, and waits until it listens.
   *
   * @param folder where its output goes
   * @param portProperty the system property by which it is told its port
   * @param arguments behind {@code java}
   */
  ExampleService(Path folder, String portProperty, String... arguments) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-D%s=%d".formatted(portProperty, port)));
    line.addAll(List.of(arguments));
    log = folder.resolve("service.log");
    process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    address = URI.create("http://localhost:%d/reviews".formatted(port));
    awaitStart();
  }

  private void awaitStart() throws Exception {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    while (true) {
      try {
        client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
        return;
      } catch (ConnectException notYet) {
        assertTrue(process.isAlive() && System.nanoTime() < until, () -> text(log));
        Thread.sleep(100);
      }
    }
  }

  /** Posts rows, all at once. */
  List<HttpResponse<String>> post(List<? extends Map<String, ?>> rows) throws IOException {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (Map<String, ?> row : rows) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(row)))
              .build();
      answers.add(client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  /** The names of its system properties. */
  List<String> systemProperties() throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process listing =
        new ProcessBuilder(jcmd.toString(), "" + process.pid(), "VM.system_properties").start();
    return PackagedApp.await(listing)
        .success()
        .out()
        .lines()
        .filter(line -> line.contains("="))
        .map(line -> line.substring(0, line.indexOf('=')))
        .toList();
  }

  /** Ends it as an operator does; it has to end by itself. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      assertEquals(TERMINATED, process.waitFor(), () -> text(log));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError("interrupted while a service ends", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
