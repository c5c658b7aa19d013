// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Example;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file of predictions in a form of the task's own, such as the one that an official scorer reads;
 * the host writes it beside its own predictions file.
 *
 * <p>{@code OutputFile.text("tags.txt", (sentence, tagging) -> String.join(" ", tagging.tags()) +
 * "\\n")} has a line of tags for each sentence.
 *
 * @param name the file's name, such as {@code nbest_predictions.json}; no folders, and none of the
 *     host's own ({@code metrics.json}, {@code predictions.jsonl}, {@code history.jsonl}, {@code
 *     resolved.yaml})
 * @param content what it holds
 * @param <X> an example
 * @param <P> a prediction
 */
public record OutputFile<X extends Example, P extends Prediction>(
    String name, BiFunction<List<X>, List<P>, Content> content) {

  /** What every run writes. */
  private static final Set<String> OF_THE_HOST =
      Set.of("metrics.json", "predictions.jsonl", "history.jsonl", "resolved.yaml");

  /**
   * Checks the name.
   *
   * @param name the file's name
   * @param content what it holds
   */
  public OutputFile {
    if (!name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9]+)+")) {
      throw new IllegalArgumentException("not a plain file name: " + name);
    }
    if (OF_THE_HOST.contains(name)) {
      throw new IllegalArgumentException(
          "a file is called %s, as one of the host's is; rename it".formatted(name));
    }
  }

  /**
   * One JSON document.
   *
   * @param <X> an example
   * @param <P> a prediction
   * @param name the file's name
   * @param document makes its plain values (see {@link Prediction#fields()}) of all examples and
   *     their predictions
   * @return the file
   */
  public static <X extends Example, P extends Prediction> OutputFile<X, P> json(
      String name, BiFunction<List<X>, List<P>, Object> document) {
    return new OutputFile<>(
        name, (examples, predictions) -> new Content.Json(document.apply(examples, predictions)));
  }

  /**
   * Text, a part for each example.
   *
   * @param <X> an example
   * @param <P> a prediction
   * @param name the file's name
   * @param part makes an example's part, with the ends of its lines
   * @return the file
   */
  public static <X extends Example, P extends Prediction> OutputFile<X, P> text(
      String name, BiFunction<X, P, String> part) {
    return new OutputFile<>(
        name,
        (examples, predictions) ->
            new Content.Text(
                IntStream.range(0, examples.size())
                    .mapToObj(i -> part.apply(examples.get(i), predictions.get(i)))));
  }

  /** What a file holds. */
  public sealed interface Content {

    /**
     * A JSON document.
     *
     * @param document plain values
     */
    record Json(Object document) implements Content {}

    /**
     * Text, written in UTF-8.
     *
     * @param parts one after the other
     */
    record Text(Stream<String> parts) implements Content {}
  }
}
