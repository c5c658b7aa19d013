// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.JsonLog;
import dev.bertctl.core.runs.Opening;
import dev.bertctl.core.runs.RunText;
import dev.bertctl.core.runs.SplitSummary;
import dev.bertctl.spi.TaskPlugin;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Writes a line of JSON for each event of a job, and for its progress whenever another tenth is
 * done or half a minute has passed.
 *
 * <p>Transfers report from threads of their own, and an interruption comes from another.
 */
final class JsonListener implements JobListener {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final PrintStream err;
  private final Clock clock;
  private String title = "";
  private String counted = "";
  private long total;
  private long tenths;
  private Instant shownAt;
  private String transferred = "";
  private boolean silent;

  JsonListener(PrintStream err, Clock clock) {
    this.err = err;
    this.clock = clock;
    this.shownAt = clock.instant();
  }

  @Override
  public void begun(TaskPlugin<?> task) {
    write("begun", RunText.line(task), Map.of("task", task.name()));
  }

  @Override
  public void opened(Opening opening) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("device", opening.device().toString());
    opening.engine().ifPresent(choice -> fields.put("engine", choice.engine().toString()));
    fields.put("model", opening.model());
    fields.put("layers", opening.architecture().layers());
    fields.put("hidden_size", opening.architecture().hiddenSize());
    fields.put("encoder_parameters", opening.encoderParameters());
    fields.put("head_parameters", opening.headParameters());
    opening.training().ifPresent(training -> fields.put("steps", training.steps()));
    write("opened", String.join("\n", RunText.lines(opening)), fields);
  }

  @Override
  public void read(SplitSummary split) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("split", split.name());
    fields.put("file", split.file().toString());
    fields.putAll(split.counts().fields());
    write("read", String.join("\n", RunText.lines(split)), fields);
  }

  @Override
  public void evaluated(Evaluated evaluated) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("split", evaluated.split());
    fields.put("step", evaluated.step());
    fields.put("epoch", evaluated.epochs());
    fields.put("best", evaluated.best());
    fields.put("loss", evaluated.result().loss());
    fields.put("metrics", evaluated.result().metrics());
    write("evaluated", RunText.line(evaluated), fields);
  }

  @Override
  public void notice(String line) {
    write("notice", line, Map.of());
  }

  @Override
  public synchronized void lastWords(String line) {
    notice(line);
    silent = true;
  }

  @Override
  public synchronized void begin(String what, Counted units, long howMany) {
    title = what;
    counted = units.name().toLowerCase(Locale.ROOT);
    total = howMany;
    tenths = 0;
    progress(0, "");
  }

  @Override
  public synchronized void advance(long done, String detail) {
    long now = total == 0 ? 0 : 10 * done / total;
    if (now > tenths
        || Duration.between(shownAt, clock.instant()).compareTo(LONGEST_SILENCE) >= 0) {
      tenths = now;
      progress(done, detail);
    }
  }

  @Override
  public void end() {}

  @Override
  public synchronized void progress(String what, long bytes, OptionalLong size) {
    if (size.orElse(bytes) < WORTH_SHOWING) {
      return;
    }
    if (!what.equals(transferred)) {
      transferred = what;
      title = what;
      counted = "bytes";
      total = size.orElse(0);
      tenths = 0;
    }
    advance(bytes, "");
  }

  private void progress(long done, String detail) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("title", title);
    fields.put("done", done);
    if (total > 0) {
      fields.put("total", total);
    }
    fields.put("counted", counted);
    shownAt = clock.instant();
    String of = total > 0 ? done + "/" + total : Long.toString(done);
    write(
        "progress",
        "%s: %s %s%s".formatted(title, of, counted, detail.isEmpty() ? "" : ", " + detail),
        fields);
  }

  private synchronized void write(String event, String message, Map<String, ?> fields) {
    if (!silent) {
      err.println(JsonLog.line("INFO", event, message, fields));
    }
  }

  @Override
  public void close() {}
}
