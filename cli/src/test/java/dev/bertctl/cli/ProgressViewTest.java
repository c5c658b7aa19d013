// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.application.PrintedStream;
import dev.bertctl.cli.Progress.Unit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressViewTest {

  /** Carriage return, and the ANSI sequence that clears the line. */
  private static final String START_OF_LINE = "\r\033[K";

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final PrintStream err =
      new PrintStream(
          new PrintedStream(text, StandardCharsets.UTF_8), true, StandardCharsets.UTF_8);
  private final StoppedClock clock = new StoppedClock();
  private final ProgressView lines = new ProgressView(err, 0, clock);
  private final ProgressView bar = new ProgressView(err, 80, clock);

  @Test
  void aTenthIsALine() {
    lines.start("epoch 1/3", 1000, Unit.EXAMPLES);
    for (int done = 32; done <= 224; done += 32) {
      clock.pass(Duration.ofSeconds(2));
      lines.update(done, "loss 0.%d".formatted(done));
    }

    assertEquals(
        List.of(
            "epoch 1/3: 128/1000 examples, 16.0/s, 0:55 left, loss 0.128",
            "epoch 1/3: 224/1000 examples, 16.0/s, 0:49 left, loss 0.224"),
        lines());
  }

  @Test
  void ofWorkOfUnknownLengthThereIsNoShare() {
    lines.start("unpacking bert.jar", 0, Unit.BYTES);
    for (int done = 0; done <= 100_000_000; done += 2_500_000) {
      clock.pass(Duration.ofSeconds(1));
      lines.update(done, "");
    }
    lines.finish();

    assertEquals(
        List.of("unpacking bert.jar: 72 MB, 2.4 MB/s", "unpacking bert.jar: 100 MB, 2.4 MB/s"),
        lines());
    text.reset();
    bar.start("unpacking bert.jar", 0, Unit.BYTES);
    clock.pass(Duration.ofSeconds(1));
    bar.update(5_000_000, "");
    assertEquals(
        START_OF_LINE
            + "\033[?7lunpacking bert.jar  0 MB\033[?7h"
            + START_OF_LINE
            + "\033[?7lunpacking bert.jar  5 MB  5.0 MB/s\033[?7h",
        text.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatElseIsSaidDoesNotEndTheWork() {
    lines.start("epoch 1/3", 10, Unit.EXAMPLES);
    lines.say("stopping");
    lines.update(5, "");

    assertEquals(List.of("stopping", "epoch 1/3: 5/10 examples"), lines());
    bar.start("epoch 1/3", 10, Unit.EXAMPLES);
    text.reset();
    bar.say("stopping");
    String said = text.toString(StandardCharsets.UTF_8);
    String redrawn = START_OF_LINE + "stopping\n" + START_OF_LINE;
    assertTrue(said.startsWith(redrawn), said);
    assertTrue(said.substring(redrawn.length()).contains("epoch 1/3"), said);
  }

  @Test
  void halfAMinuteIsALine() {
    lines.start("epoch 1/3", 100_000, Unit.EXAMPLES);
    clock.pass(Duration.ofSeconds(29));
    lines.update(290, "");
    clock.pass(Duration.ofSeconds(1));
    lines.update(300, "");

    assertEquals(List.of("epoch 1/3: 300/100000 examples, 10.0/s, 2:46:10 left"), lines());
  }

  @Test
  void theEndIsALineUnlessItWasShown() {
    lines.start("fetching minilm-l6", 83_000_000, Unit.BYTES);
    clock.pass(Duration.ofSeconds(10));
    lines.update(83_000_000, "");
    lines.start("fetching bge-small-en", 78_000_000, Unit.BYTES);
    clock.pass(Duration.ofSeconds(1));
    lines.update(2_000_000, "");
    lines.close();
    lines.close();

    assertEquals(
        List.of(
            "fetching minilm-l6: 83/83 MB, 8.3 MB/s, took 0:10",
            "fetching bge-small-en: 2/78 MB, 2.0 MB/s, 0:38 left"),
        lines());
  }

  @Test
  void aBarFillsTheTerminalButForOneColumn() {
    bar.start("epoch 1/3", 8000, Unit.EXAMPLES);
    clock.pass(Duration.ofSeconds(180));
    bar.update(3600, "loss 0.693");
    bar.finish();

    List<String> drawn = drawings();
    assertEquals("epoch 1/3   0% " + " ".repeat(47) + "  0/8000 examples", drawn.get(0));
    assertEquals(
        "epoch 1/3  45% "
            + "━".repeat(5)
            + " ".repeat(8)
            + "  3600/8000 examples  20.0/s  3:40 left  loss 0.693",
        drawn.get(1));
    assertEquals(79, drawn.get(1).length());
    assertEquals(2, drawn.size());
  }

  @Test
  void aBarIsNotDrawnForEachOfManySmallSteps() {
    bar.start("epoch 1/3", 1000, Unit.EXAMPLES);
    for (int done = 1; done <= 1000; done++) {
      clock.pass(Duration.ofMillis(1));
      bar.update(done, "");
    }
    bar.finish();

    assertEquals(11, drawings().size());
  }

  @Test
  void aBarIsCutWhereTheTerminalIsNarrow() {
    ProgressView narrow = new ProgressView(err, 20, clock);
    narrow.start("epoch 1/3", 8000, Unit.EXAMPLES);
    narrow.finish();

    assertEquals(List.of("epoch 1/3   0%   0/"), drawings());
  }

  private List<String> drawings() {
    String all =
        text.toString(StandardCharsets.UTF_8)
            .replace("\033[?7l", "")
            .replace("\033[?7h", "")
            .stripTrailing();
    assertTrue(all.startsWith(START_OF_LINE));
    return List.of(all.substring(START_OF_LINE.length()).split(Pattern.quote(START_OF_LINE)));
  }

  private List<String> lines() {
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static final class StoppedClock extends Clock {

    private Instant now = Instant.EPOCH;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
