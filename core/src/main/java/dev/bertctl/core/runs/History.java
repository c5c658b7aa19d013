// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.events.EventFile;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.graph.LossScale;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.runtime.json.JsonLines;
import dev.bertctl.runtime.training.StepReport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * history.jsonl, and the progress of an epoch. A line of the training has the mean loss and the
 * speed since the line before, for every so many steps and for the last ones; a line of an
 * evaluation has what was found, each name with {@code eval_} or {@code test_} before it. The same
 * goes into an event file for TensorBoard.
 */
final class History implements AutoCloseable {

  private static final String LENGTH = "length";
  private static final String SUM = "sum";
  private static final String EVENTS = "events";
  private static final String FILE = "file";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final JsonLines lines;
  private final int every;
  private final long epochExamples;
  private final RunListener listener;
  private final EventFile eventFile;
  private final RunEvents events;
  private final HistoryWindow window;
  private long epochFeatures;
  private StepReport last;
  private Runnable progress = () -> {};

  private History(
      Path file,
      EventFile eventFile,
      int every,
      long epochExamples,
      RunListener listener,
      HistoryWindow window) {
    this.file = file;
    this.lines = new JsonLines(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.eventFile = eventFile;
    this.events = new RunEvents(eventFile);
    this.every = every;
    this.epochExamples = epochExamples;
    this.listener = listener;
    this.window = window;
  }

  /**
   * Of a run that begins: forgets what it wrote if it has begun before.
   *
   * @param run where the files go
   * @param every steps from one line to the next
   * @param epochExamples examples of the training split
   */
  static History begin(UnfinishedRun run, int every, long epochExamples, RunListener listener) {
    FileTree.delete(run.history());
    FileTree.clear(run.events());
    EventFile events = EventFile.begin(run.events(), Clock.systemUTC());
    return new History(run.history(), events, every, epochExamples, listener, new HistoryWindow());
  }

  /**
   * Of a run that goes on: forgets the steps after its checkpoint, which are made again.
   *
   * @param state what {@link #state} gave for that checkpoint
   */
  static History resume(
      UnfinishedRun run, int every, long epochExamples, RunListener listener, JsonFields state) {
    try (FileChannel channel = FileChannel.open(run.history(), StandardOpenOption.WRITE)) {
      channel.truncate(state.count(LENGTH));
    } catch (IOException e) {
      throw FileException.writing(run.history(), e);
    }
    JsonFields events = state.object(EVENTS);
    return new History(
        run.history(),
        EventFile.resume(eventFile(run, events), events.count(LENGTH), Clock.systemUTC()),
        every,
        epochExamples,
        listener,
        HistoryWindow.read(state));
  }

  /** The name stands in a file: it must not lead anywhere else. */
  private static Path eventFile(UnfinishedRun run, JsonFields state) {
    String name = state.text(FILE);
    if (!name.startsWith(EventFile.PREFIX) || !Path.of(name).equals(Path.of(name).getFileName())) {
      throw FileException.damaged(run.events(), "'%s' is no name of an event file".formatted(name));
    }
    return run.events().resolve(name);
  }

  /**
   * Makes sure that what was written before a checkpoint is what it was.
   *
   * @param state what {@link #state} gave for that checkpoint
   * @throws UserException if it is not
   */
  static void require(UnfinishedRun run, JsonFields state) {
    requireSame(run.history(), state);
    requireSame(eventFile(run, state.object(EVENTS)), state.object(EVENTS));
  }

  private static void requireSame(Path file, JsonFields state) {
    Checkpoint.requireSame(state.text(SUM), FileSums.of(file, state.count(LENGTH)), file);
  }

  /** What is needed to go on from here. */
  ObjectNode state() {
    window.stopClock();
    try {
      long length = Files.size(file);
      ObjectNode state = MAPPER.createObjectNode();
      state.put(LENGTH, length);
      state.put(SUM, FileSums.of(file, length));
      state
          .putObject(EVENTS)
          .put(FILE, eventFile.file().getFileName().toString())
          .put(LENGTH, eventFile.length())
          .put(SUM, FileSums.of(eventFile.file(), eventFile.length()));
      window.addTo(state);
      return state;
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /**
   * The first step of an epoch, or of what is left of it, is made next.
   *
   * @param features of the epoch
   * @param done those of them that were trained on before
   */
  void epochBegan(int epoch, int epochs, long features, long done) {
    epochFeatures = done;
    progress =
        () -> {
          listener.begin(
              "epoch %d of %d".formatted(epoch, epochs),
              features == epochExamples
                  ? RunListener.Counted.EXAMPLES
                  : RunListener.Counted.WINDOWS,
              features);
          window.startClock();
        };
    progress.run();
  }

  void add(StepReport report) {
    last = report;
    window.add(report);
    epochFeatures += report.features();
    listener.advance(
        epochFeatures,
        window.isEmpty() ? "" : String.format(Locale.ROOT, "loss %.4f", window.loss()));
    if (report.step() % every == 0) {
      write();
    }
  }

  /** Something else is done next, which is no part of the training's speed. */
  void pause() {
    window.stopClock();
    listener.end();
  }

  /** After a pause the epoch goes on. */
  void goOn() {
    progress.run();
    listener.advance(epochFeatures, "");
  }

  /** No step is made any more. */
  void finish() {
    write();
  }

  /**
   * A split was evaluated.
   *
   * @param prefix {@code eval} or {@code test}
   * @param step steps done
   * @param epochs epochs done
   */
  void evaluated(String prefix, long step, double epochs, EvaluationResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", step);
    fields.put("epoch", EvaluatedStep.number(epochs));
    fields.put(prefix + "_loss", result.loss());
    if (result.losses().size() > 1) {
      fields.put(prefix + "_losses", result.losses());
    }
    result.metrics().forEach((name, value) -> fields.put(prefix + "_" + name, value));
    lines.write(fields);
    events.evaluated(prefix, step, result);
  }

  /** Writes a line, if there is a step that was made and is not yet in one. */
  private void write() {
    if (window.isEmpty()) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", last.step());
    fields.put("epoch", last.epoch());
    window.addTo(fields);
    Map<String, Double> numbers = numbers();
    fields.putAll(numbers);
    lines.write(fields);
    events.trained(last.step(), window.loss(), numbers);
    window.clear();
  }

  /** A skipped step has no gradient norm. */
  private Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("learning_rate", last.learningRate());
    if (!last.trained().skipped()) {
      numbers.put("gradient_norm", last.trained().gradientNorm());
    }
    if (!last.scale().equals(LossScale.NONE)) {
      numbers.put("loss_scale", last.scale().value());
      numbers.put("skipped_steps", (double) last.scale().skipped());
    }
    numbers.put("examples_per_second", window.speed() * epochExamples / last.epochFeatures());
    return numbers;
  }

  @Override
  public void close() {
    lines.close();
    eventFile.close();
  }
}
