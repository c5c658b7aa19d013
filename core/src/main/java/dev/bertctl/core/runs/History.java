// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonLines;
import dev.bertctl.runtime.training.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** history.jsonl, and the progress of an epoch: mean loss and speed since the last line. */
final class History implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonLines lines;
  private final int every;
  private final RunListener listener;
  private final Map<String, Double> lossSums = new LinkedHashMap<>();
  private double lossSum;
  private long steps;
  private long features;
  private long epochFeatures;
  private long since = System.nanoTime();
  private StepReport last;

  History(Path file, int every, RunListener listener) {
    this.lines = new JsonLines(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.every = every;
    this.listener = listener;
  }

  /**
   * Forgets the steps of the epoch in which a run was interrupted: they are made again. A line that
   * cannot be read, as a power failure leaves it, is the last: nothing but this log is lost.
   *
   * @param steps how many are done
   * @param listener is told of lines that are lost
   */
  static void cutBack(Path file, long steps, RunListener listener) {
    try {
      List<String> kept = new ArrayList<>();
      for (String line : new String(Files.readAllBytes(file), UTF_8).lines().toList()) {
        long step = step(line);
        if (step > steps) {
          break;
        }
        if (step < 0) {
          listener.notice(
              "%s:%d: damaged; the log is without the lines from there to the last complete epoch"
                  .formatted(file, kept.size() + 1));
          break;
        }
        kept.add(line);
      }
      Files.write(file, kept);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be continued: " + e, e);
    }
  }

  /** The step of a line; -1 if it cannot be read. */
  private static long step(String line) {
    try {
      return MAPPER.readTree(line).path("step").asLong(-1);
    } catch (JsonProcessingException e) {
      return -1;
    }
  }

  void add(StepReport report) {
    if (epochFeatures == 0) {
      listener.begin(
          "epoch %d of %d".formatted(report.epoch(), report.epochs()), report.epochFeatures());
      since = System.nanoTime();
    }
    last = report;
    lossSum += report.trained().loss();
    report.trained().losses().forEach((name, loss) -> lossSums.merge(name, loss, Double::sum));
    steps++;
    features += report.features();
    epochFeatures += report.features();
    listener.advance(epochFeatures, String.format(Locale.ROOT, "loss %.4f", lossSum / steps));
    if (report.step() % every == 0) {
      write();
    }
  }

  void epochEnded() {
    if (steps > 0) {
      write();
    }
    epochFeatures = 0;
    listener.end();
  }

  private void write() {
    double seconds = (System.nanoTime() - since) / 1e9;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", last.step());
    fields.put("epoch", last.epoch());
    fields.put("loss", lossSum / steps);
    if (lossSums.size() > 1) {
      Map<String, Object> means = new LinkedHashMap<>();
      lossSums.forEach((name, sum) -> means.put(name, sum / steps));
      fields.put("losses", means);
    }
    fields.put("learning_rate", last.learningRate());
    fields.put("gradient_norm", last.trained().gradientNorm());
    fields.put("examples_per_second", features / seconds);
    lines.write(fields);
    lossSum = 0;
    lossSums.clear();
    steps = 0;
    features = 0;
    since = System.nanoTime();
  }

  @Override
  public void close() {
    lines.close();
  }
}
