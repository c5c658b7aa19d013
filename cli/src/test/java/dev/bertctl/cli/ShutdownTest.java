// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.application.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A process that ends while a command is under way, as after Ctrl-C. */
class ShutdownTest {

  /** A command that fails because the process has begun to end. */
  static final class Interrupted {

    private Interrupted() {}

    public static void main(String... args) throws InterruptedException {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch reported = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> beginAndWait(begun, reported)));
      new Thread(() -> System.exit(ExitCode.INTERRUPTED)).start();
      begun.await();
      try {
        Runtime.getRuntime().addShutdownHook(new Thread());
      } catch (IllegalStateException failure) {
        CommandFailures.messages().report(failure, new CommandLine(CommandSpec.create()));
      }
      reported.countDown();
    }

    private static void beginAndWait(CountDownLatch begun, CountDownLatch reported) {
      begun.countDown();
      try {
        reported.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void whatFailsBecauseTheProcessEndsIsNotReported() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", printed);
    assertEquals(ExitCode.INTERRUPTED, process.waitFor());
  }
}
