// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The application as users get it: a process of its own, started from the packaged jar. For tests
 * that run after packaging, whose names end in {@code IT}.
 *
 * @param command what to start, before the arguments
 * @param folder the folder it is started in
 * @param environment variables added to those of this process
 */
record PackagedApp(List<String> command, Path folder, Map<String, String> environment) {

  private static final long LONGEST_MINUTES = 10;

  /**
   * Builds started in the background have SIGINT ignored, or SIGHUP, which their children inherit
   * and no JVM can undo. A terminal's programs have it at its default, and so have those started
   * here.
   */
  private static final List<String> HEARING_INTERRUPTS =
      System.getProperty("os.name").equals("Linux")
          ? List.of("env", "--default-signal=HUP,INT")
          : List.of();

  /**
   * How a command ended.
   *
   * @param exitCode what the process answered
   * @param out its standard output
   * @param err its standard error
   */
  record Result(int exitCode, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same, which must have gone well. */
    Result success() {
      assertEquals(0, exitCode, err);
      return this;
    }

    /** Its standard output as JSON; it must have gone well. */
    JsonNode json() throws IOException {
      return JSON.readTree(success().out);
    }
  }

  /** The application that this build has packaged, in the current folder. */
  static PackagedApp built() {
    return at(builtFolder());
  }

  /** The application packaged in a folder. */
  static PackagedApp at(Path app) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new PackagedApp(
        List.of(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            app.resolve("quarkus-run.jar").toString()),
        Path.of(""),
        // Without a terminal's language, so that messages are the same everywhere.
        // And without the plugins of whoever runs the tests.
        Map.of(
            "LC_ALL",
            "C.UTF-8",
            "TF_CPP_MIN_LOG_LEVEL",
            "2",
            "BERTCTL_PLUGINS",
            app.resolve("no-plugins").toString()));
  }

  /** Where this build has packaged the application. */
  static Path builtFolder() {
    return Path.of(System.getProperty("bertctl.app"));
  }

  /** The same application, started in another folder. */
  PackagedApp in(Path otherFolder) {
    return new PackagedApp(command, otherFolder, environment);
  }

  /** The same application with one more environment variable. */
  PackagedApp with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new PackagedApp(command, folder, more);
  }

  /** The same application with one more system property. */
  PackagedApp withProperty(String name, String value) {
    List<String> line = new ArrayList<>(command);
    line.add(1, "-D%s=%s".formatted(name, value));
    return new PackagedApp(line, folder, environment);
  }

  /** Runs a command to its end, with nothing on its standard input. */
  Result run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    process.getOutputStream().close();
    return await(process);
  }

  /** Runs a command to its end, with a few lines on its standard input. */
  Result reading(String input, String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading, which its exit code explains.
    }
    return await(process);
  }

  /** Starts a command. */
  Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>(HEARING_INTERRUPTS);
    line.addAll(command);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toAbsolutePath().toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Does what Ctrl-C does. */
  static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for a command that was started. */
  static Result await(Process process) throws InterruptedException {
    // A thread each: a process stops when a pipe is full.
    Executor threads = task -> new Thread(task).start();
    CompletableFuture<String> out =
        CompletableFuture.supplyAsync(() -> text(process.getInputStream()), threads);
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), threads);
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("still running after %d minutes".formatted(LONGEST_MINUTES));
    }
    return new Result(process.exitValue(), out.join(), err.join());
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
