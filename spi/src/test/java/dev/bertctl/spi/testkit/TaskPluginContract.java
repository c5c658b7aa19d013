// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.TaskTrial.Packed;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every task plugin promises. A plugin's test extends this and supplies the plugin and a few
 * rows of data.
 *
 * @param <O> the plugin's options
 */
public abstract class TaskPluginContract<O> {

  private static final int AMPLE = 512;

  /** The plugin, as {@link ServiceLoader} would make it. */
  protected abstract TaskPlugin<O> plugin();

  /** At least three examples with gold labels, not all of the same label, none left out. */
  protected abstract DataFile labelled();

  /** The same examples without their gold labels. */
  protected abstract DataFile unlabelled();

  /** Options that have no default; empty if all have one. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** A maximum length so small that examples must be cut or split. */
  protected int tinyLength() {
    return 8;
  }

  /**
   * The logits of the task's own head, for a model that scores the labels so. A task whose head
   * gives its logits another form than a stock head overrides this; the others need not.
   *
   * @param feature what the model sees
   * @param scores what a stock head for the same targets would give, such as [T,L] for a tagger
   */
  protected Logits logits(Feature feature, Logits scores) {
    return scores;
  }

  /** The primary value of perfect predictions. */
  protected double bestScore() {
    return 1;
  }

  @Test
  void nameAndSummaryAreFitForLists() {
    assertTrue(plugin().name().matches("[a-z][a-z0-9-]*"), plugin().name());
    assertFalse(plugin().summary().isBlank());
    assertEquals(1, plugin().summary().lines().count(), "a summary is one line");
  }

  @Test
  void servicesFileListsThePlugin() {
    assertTrue(
        ServiceLoader.load((Class<?>) TaskPlugin.class).stream()
            .anyMatch(provider -> provider.type() == plugin().getClass()),
        "META-INF/services/%s does not name %s"
            .formatted(TaskPlugin.class.getName(), plugin().getClass().getName()));
  }

  @Test
  void optionsAreDescribed() {
    for (Method option : plugin().optionsType().getMethods()) {
      assertTrue(option.isAnnotationPresent(Doc.class), option + " has no @Doc");
    }
  }

  @Test
  void optionsBindToTheirDefaults() {
    Task<?, ?> task = task();
    assertFalse(task.head().architecture().isBlank());
    assertEquals(task.head().labels().stream().distinct().toList(), task.head().labels());
  }

  @Test
  void sequencesFitTheMaximum() {
    for (int maxLength : List.of(AMPLE, tinyLength())) {
      for (Packed packed : labelled(maxLength).packed()) {
        assertFalse(packed.features().isEmpty(), "an example gives one feature or more");
        packed.sequences().forEach(sequence -> assertTrue(sequence.length() <= maxLength));
      }
    }
  }

  @Test
  void targetsLieInRange() {
    Head head = task().head();
    for (int maxLength : List.of(AMPLE, tinyLength())) {
      for (Feature feature : labelled(maxLength).features()) {
        assertTargetFits(head, feature);
      }
    }
  }

  private static void assertTargetFits(Head head, Feature feature) {
    int tokens = feature.sequences().get(0).length();
    int labels = head.labels().size();
    switch (head.target()) {
      case LABEL -> assertInts(feature, 1, labels == 0 ? feature.sequences().size() : labels);
      case LABEL_PER_TOKEN -> assertInts(feature, tokens, labels);
      case SPAN -> assertInts(feature, 2, tokens);
      case NUMBER -> {
        float[] values = assertInstanceOf(Target.Floats.class, feature.target()).values();
        assertEquals(1, values.length);
        assertTrue(Float.isFinite(values[0]));
      }
    }
  }

  private static void assertInts(Feature feature, int count, int limit) {
    int[] values = assertInstanceOf(Target.Ints.class, feature.target()).values();
    assertEquals(count, values.length);
    for (int value : values) {
      assertTrue(value == Target.IGNORED || value >= 0 && value < limit, "target " + value);
    }
  }

  @Test
  void offsetsMapBackToTheSourceText() {
    for (int maxLength : List.of(AMPLE, tinyLength())) {
      for (Packed packed : labelled(maxLength).packed()) {
        for (Sequence sequence : packed.sequences()) {
          for (Pieces pieces : sequence.texts()) {
            assertTrue(
                packed.sources().stream().anyMatch(text -> isCutFrom(text, pieces, packed)),
                "offsets fit none of the texts " + packed.sources());
          }
        }
      }
    }
  }

  private static boolean isCutFrom(String text, Pieces pieces, Packed packed) {
    return IntStream.range(0, pieces.size())
        .allMatch(
            i ->
                text.startsWith(packed.packer().piece(pieces.ids()[i]), pieces.starts()[i])
                    && packed.packer().piece(pieces.ids()[i]).length()
                        == pieces.ends()[i] - pieces.starts()[i]);
  }

  @Test
  void perfectLogitsScoreTheBestValue() {
    TaskTrial<?, ?> trial = labelled(AMPLE);
    assertEquals(bestScore(), primary(trial.scores(this::right)), 1e-9);
  }

  @Test
  void wrongLogitsScoreLess() {
    TaskTrial<?, ?> trial = labelled(AMPLE);
    double score = primary(trial.scores(this::wrong));
    boolean worse =
        trial.task().metric().higherIsBetter() ? score < bestScore() : score > bestScore();
    assertTrue(worse, "wrong predictions score " + score);
  }

  @Test
  void predictionsReadBackScoreTheSame() {
    TaskTrial<?, ?> trial = labelled(AMPLE);
    for (BiFunction<Head, Feature, Logits> model :
        List.<BiFunction<Head, Feature, Logits>>of(this::right, this::wrong)) {
      assertEquals(trial.scores(model).values(), trial.scoresOfFile(model).values());
    }
  }

  private double primary(Scores scores) {
    String primary = task().metric().primary();
    assertTrue(scores.values().containsKey(primary), primary + " is none of " + scores.values());
    return scores.values().get(primary);
  }

  @Test
  void labelsMayBeMissingForPrediction() {
    TaskTrial<?, ?> trial = unlabelledTrial();
    assertEquals(labelled(AMPLE).examples().size(), trial.examples().size());
    for (Feature feature : trial.features()) {
      assertEquals(Target.NONE, feature.target());
    }
    for (Prediction prediction : trial.predictions(this::right)) {
      assertFalse(prediction.fields().isEmpty());
    }
  }

  @Test
  void whatIsCutIsCounted() {
    for (Packed packed : labelled(tinyLength()).packed()) {
      List<Sequence> sequences = packed.sequences();
      long lost = packed.packer().lost(sequences);
      long cut =
          sequences.stream().flatMap(sequence -> sequence.cut().stream()).mapToInt(i -> i).sum();
      assertTrue(cut >= lost, "%d pieces lost, %d counted".formatted(lost, cut));
      if (sequences.size() == 1) {
        assertEquals(lost, cut);
      }
    }
  }

  @Test
  void tunedOptionsBindAndDoNoHarm() {
    Map<String, Object> tuned = labelled(AMPLE).tuned(this::right);
    TaskTrial<?, ?> trial = trial(task(tuned), labelled(), Purpose.EVALUATION, AMPLE);
    assertEquals(bestScore(), primary(trial.scores(this::right)), 1e-9);
  }

  @Test
  void filesHaveNamesOfTheirOwn() {
    List<String> names = task().files().stream().map(OutputFile::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
    assertFalse(names.contains("metrics.json"), "metrics.json is the host's");
  }

  private Logits right(Head head, Feature feature) {
    return logits(feature, PerfectLogits.right(head, feature));
  }

  private Logits wrong(Head head, Feature feature) {
    return logits(feature, PerfectLogits.wrong(head, feature));
  }

  private Task<?, ?> task() {
    return task(Map.of());
  }

  /** The task as the host makes it: options found in the training data are added. */
  private Task<?, ?> task(Map<String, Object> more) {
    Map<String, String> values = new LinkedHashMap<>(options());
    plugin().findOptions(bind(values), labelled()).forEach((k, v) -> values.put(k, text(v)));
    more.forEach((key, value) -> values.put(key, text(value)));
    return plugin().create(bind(values));
  }

  private O bind(Map<String, String> values) {
    Class<O> type = plugin().optionsType();
    return new SmallRyeConfigBuilder()
        .withMapping(type, "")
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(type, "");
  }

  /** A value as SmallRye Config reads it: lists with commas between. */
  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream()
            .map(item -> item.toString().replace("\\", "\\\\").replace(",", "\\,"))
            .collect(Collectors.joining(","))
        : value.toString();
  }

  private TaskTrial<?, ?> labelled(int maxLength) {
    return trial(task(), labelled(), Purpose.EVALUATION, maxLength);
  }

  private TaskTrial<?, ?> unlabelledTrial() {
    return trial(task(), unlabelled(), Purpose.PREDICTION, AMPLE);
  }

  private static TaskTrial<?, ?> trial(
      Task<?, ?> task, DataFile file, Purpose purpose, int maxLength) {
    return TaskTrial.of(task, file, purpose, maxLength);
  }
}
