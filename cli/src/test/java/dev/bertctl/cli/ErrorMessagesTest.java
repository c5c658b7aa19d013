// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.host.plugins.RemovePlugin;
import dev.bertctl.runtime.Remedy;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.options.ConfigException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorMessagesTest {

  @Command(name = "bertctl")
  private static final class Nothing {}

  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new Nothing()).setErr(new PrintWriter(err, true));

  @Test
  void aFailureOfTheRunIsItsMessageAndNothingElse() {
    int exitCode = report(new UserException("dev.jsonl:3: no label\nadd one"));

    assertEquals("bertctl: dev.jsonl:3: no label\nadd one\n", err.toString());
    assertEquals(1, exitCode);
  }

  @Test
  void whatToTypeFollowsTheProblemInItsFirstLine() {
    report(new UserException("the plugin is not there\nanother is refused", new RemovePlugin("a")));
    report(new UserException("a problem", new Remedy() {}));

    assertEquals(
        """
        bertctl: the plugin is not there; rename what you install, or remove that one first with\
         `bertctl plugins remove a`
        another is refused
        bertctl: a problem
        """,
        err.toString());
  }

  @Test
  void aWrongConfigurationIsWrongUsage() {
    assertEquals(2, report(new ConfigException("app.yaml:1: unknown key 'modle'")));
    assertEquals("bertctl: app.yaml:1: unknown key 'modle'\n", err.toString());
  }

  @Test
  void aDefectSaysThatItIsOne() {
    int exitCode = report(new IllegalStateException("7 is not 8"));

    assertEquals(
        """
        bertctl: unexpected failure: java.lang.IllegalStateException: 7 is not 8
        this is a defect of bertctl or of a plugin; --stacktrace shows where it happened
        """,
        err.toString());
    assertEquals(1, exitCode);
  }

  @Test
  void tooLittleMemorySaysWhatToDo() {
    report(new OutOfMemoryError("Java heap space"));

    long heap = Runtime.getRuntime().maxMemory() >> 20;
    assertEquals(
        """
        bertctl: not enough memory: Java's heap may have %d MB, and all of it is in use (Java heap space)
        give it more, as by BERTCTL_JAVA_OPTS=-Xmx%dm, or make train.batch-size,\
         train.evaluation-batch-size or max-length smaller
        """
            .formatted(heap, 2 * heap),
        err.toString());
  }

  @Test
  void tooLittleMemorySaysWhatItWasFor() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    error.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.util.Arrays", "copyOf", "Arrays.java", 1),
          new StackTraceElement(
              "dev.bertctl.runtime.packing.FeatureStore", "add", "FeatureStore.java", 1)
        });
    report(error);
    assertTrue(
        err.toString().startsWith("bertctl: not enough memory for packing examples: Java's heap"),
        err::toString);
  }

  @Test
  void theStackTraceIsShownOnRequest() {
    report(new UserException("no label"), "run", "--stacktrace");

    assertTrue(
        err.toString()
            .startsWith(
                "bertctl: no label\ndev.bertctl.runtime.UserException: no label\n\tat dev.bertctl."),
        err.toString());
  }

  private int report(Throwable failure, String... arguments) {
    return CommandFailures.messages().report(failure, command, arguments);
  }
}
