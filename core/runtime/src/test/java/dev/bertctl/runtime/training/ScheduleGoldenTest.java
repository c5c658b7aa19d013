// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.training.ScheduleSpec.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every rate of every step as Hugging Face transformers gives it, made by
 * src/test/python/make_schedules_golden.py.
 */
class ScheduleGoldenTest {

  /** Both compute in double. */
  private static final double RELATIVE = 1e-12;

  /** Of the peak: where a cosine is almost 0, what its rounding to a double leaves of it. */
  private static final double OF_PEAK = 1e-16;

  private static final List<JsonNode> LINES = lines();

  @Test
  void everyStepOfEverySchedule() {
    Set<Kind> seen = EnumSet.noneOf(Kind.class);
    for (JsonNode line : LINES) {
      if (line.has("kind")) {
        seen.add(kind(line));
        assertRates(line);
      }
    }
    assertEquals(EnumSet.allOf(Kind.class), seen);
  }

  @Test
  void sharesOfTheWarmUp() {
    List<JsonNode> shares = LINES.stream().filter(line -> line.has("share")).toList();
    assertEquals(42, shares.size());
    for (JsonNode line : shares) {
      Warmup warmup = new Warmup.Share(line.get("share").asDouble());
      assertEquals(
          line.get("warmup").asLong(), warmup.stepsOf(line.get("total").asLong()), line.toString());
    }
  }

  private static void assertRates(JsonNode line) {
    double peak = line.get("peak").asDouble();
    long total = line.get("total").asLong();
    LearningRate rate = new LearningRate(schedule(line), peak, total);
    assertEquals(total, line.get("rates").size());
    for (int done = 0; done < total; done++) {
      assertRate(line.get("rates").get(done).asDouble(), rate, done, line);
    }
    if (line.has("behind")) {
      assertRate(line.get("behind").asDouble(), rate, total, line);
    }
  }

  private static void assertRate(double expected, LearningRate rate, long done, JsonNode line) {
    assertEquals(
        expected,
        rate.at(done),
        Math.max(RELATIVE * expected, OF_PEAK * rate.peak()),
        () -> "%d steps done of %s".formatted(done, line));
  }

  private static ScheduleSpec schedule(JsonNode line) {
    return new ScheduleSpec(
        kind(line),
        new Warmup.Steps(line.get("warmup").asLong()),
        line.path("cycles").asDouble(kind(line).defaultCycles()),
        line.path("power").asDouble(ScheduleSpec.DEFAULT_POWER),
        line.path("end").asDouble(ScheduleSpec.DEFAULT_END));
  }

  private static Kind kind(JsonNode line) {
    return Kind.valueOf(line.get("kind").asText().replace('-', '_').toUpperCase(Locale.ROOT));
  }

  private static List<JsonNode> lines() {
    try (InputStream file =
        ScheduleGoldenTest.class.getResourceAsStream("/golden/schedules/schedules.jsonl")) {
      List<JsonNode> lines = new ArrayList<>();
      new ObjectMapper()
          .readerFor(JsonNode.class)
          .<JsonNode>readValues(file)
          .forEachRemaining(lines::add);
      return lines;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
