// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.map;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.report.ShownText;
import dev.bertctl.core.runs.EncodedExample;
import dev.bertctl.pages.Page;
import dev.bertctl.pages.PageKind;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.decode.MarkedText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The facts of a map: where the examples are by one model, and by another beside it. */
public final class EmbeddingMap {

  /** Errors that are listed; all are marked. */
  static final int MOST_ERRORS = 50;

  /** Characters of an example's text. */
  private static final int LONGEST = 300;

  private final TaskConfig<?> config;
  private final MapPlan plan;
  private final List<EncodedExample> examples;
  private final List<String> labels;
  private final List<OptionalInt> ofExamples;
  private final List<Plane> planes = new ArrayList<>();

  /**
   * @param config the task's configuration
   * @param examples what the model makes of them
   * @throws UserException if there are too few
   */
  public EmbeddingMap(TaskConfig<?> config, MapPlan plan, List<EncodedExample> examples) {
    if (examples.size() < Projection.FEWEST) {
      throw new UserException(
          "%d examples: too few for a map; give %d at least"
              .formatted(examples.size(), Projection.FEWEST));
    }
    this.config = config;
    this.plan = plan;
    this.examples = List.copyOf(examples);
    this.labels = config.createTask().head().labels();
    this.ofExamples = examples.stream().map(this::label).toList();
  }

  /**
   * Adds a model's map.
   *
   * @param name the model as the user named it
   * @param vectors one for each example, [H]
   */
  public EmbeddingMap with(String name, List<float[]> vectors) {
    float[][] own = vectors.toArray(float[][]::new);
    planes.add(
        new Plane(
            name,
            isLabelled()
                ? OptionalDouble.of(Neighbors.agreement(own, ofExamples, neighbors()))
                : OptionalDouble.empty(),
            plan.projection().of(own, neighbors(), plan.seed())));
    return this;
  }

  /**
   * The examples by a model.
   *
   * @param name the model as the user named it
   * @param agreement the share of nearest neighbours that have an example's own label, see {@link
   *     Neighbors}; empty where there are no labels
   * @param points [N,2], each column from 0 to 1
   */
  public record Plane(String name, OptionalDouble agreement, double[][] points) {

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", name);
      agreement.ifPresent(share -> fields.put("agreement", share));
      fields.put(
          "points",
          Arrays.stream(points).map(at -> List.of(rounded(at[0]), rounded(at[1]))).toList());
      return fields;
    }

    private static double rounded(double value) {
      return Math.round(value * 1e4) / 1e4;
    }
  }

  /** The maps, in the order in which they were added. */
  public List<Plane> planes() {
    return List.copyOf(planes);
  }

  /** How many examples there are. */
  public int size() {
    return examples.size();
  }

  /** How many of the nearest neighbours are looked at. */
  public int neighbors() {
    return Math.min(plan.neighbors(), examples.size() - 1);
  }

  /** How many examples are wrong, where the task's metric can tell. */
  public OptionalInt wrong() {
    return isJudged() ? OptionalInt.of(wrongOnes().length) : OptionalInt.empty();
  }

  private boolean isJudged() {
    return examples.get(0).right().isPresent();
  }

  private boolean isLabelled() {
    return ofExamples.stream().anyMatch(OptionalInt::isPresent);
  }

  private int[] wrongOnes() {
    return IntStream.range(0, examples.size())
        .filter(i -> !examples.get(i).right().orElseThrow())
        .toArray();
  }

  /** Of several labels none is the one to show. */
  private OptionalInt label(EncodedExample example) {
    return example.labels().size() == 1
        ? OptionalInt.of(labels.indexOf(example.labels().get(0)))
        : OptionalInt.empty();
  }

  /**
   * Writes the page.
   *
   * @param title its heading
   */
  public void writePage(String title, Path file) {
    new Page(PageKind.MAP, title, fields()).write(file);
  }

  /** As plain values. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", config.plugin().name());
    fields.put("data", examples.get(0).place().file());
    fields.put("examples", examples.size());
    fields.put("projection", plan.projection().toString());
    fields.put("seed", plan.seed());
    fields.put("neighbors", neighbors());
    fields.put("labels", isLabelled() ? labels : List.of());
    if (!isLabelled()) {
      fields.put("unlabelled", true);
    }
    fields.put("dimensions", examples.get(0).vector().length);
    fields.put("judged", isJudged());
    fields.put("maps", planes.stream().map(Plane::fields).toList());
    fields.put("points", IntStream.range(0, examples.size()).mapToObj(this::point).toList());
    if (isJudged()) {
      int[] wrong = wrongOnes();
      fields.put("wrong", wrong.length);
      fields.put("errors", IntStream.of(wrong).limit(MOST_ERRORS).mapToObj(this::error).toList());
    }
    return fields;
  }

  private Map<String, Object> point(int place) {
    EncodedExample example = examples.get(place);
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("text", text(example));
    ofExamples.get(place).ifPresent(label -> point.put("label", label));
    point.put("predicted", ShownText.cut(example.view().predicted(), LONGEST));
    example.right().ifPresent(right -> point.put("right", right));
    point.put("place", example.place().toString());
    return point;
  }

  private Map<String, Object> error(int place) {
    EncodedExample example = examples.get(place);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("point", place);
    error.put("text", text(example));
    error.put("label", ShownText.cut(example.view().gold().orElse(""), LONGEST));
    error.put("predicted", ShownText.cut(example.view().predicted(), LONGEST));
    error.put("place", example.place().toString());
    return error;
  }

  private static String text(EncodedExample example) {
    return ShownText.cut(
        example.view().passages().stream()
            .map(Passage::text)
            .map(MarkedText::text)
            .collect(Collectors.joining("\n")),
        LONGEST);
  }
}
