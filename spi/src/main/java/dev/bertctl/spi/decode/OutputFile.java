// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Example;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A file of predictions in a form of the task's own, such as the one that an official scorer reads;
 * the host writes it beside its own predictions file, example by example.
 *
 * <p>{@code OutputFile.text("tags.txt", (sentence, tagging, place) -> String.join(" ",
 * tagging.tags()) + "\\n")} has a line of tags for each sentence.
 *
 * @param name the file's name, such as {@code nbest_predictions.json}; no folders, and none of the
 *     host's own ({@code metrics.json}, {@code predictions.jsonl}, {@code history.jsonl}, {@code
 *     resolved.yaml})
 * @param content what it holds
 * @param <X> an example
 * @param <P> a prediction
 */
public record OutputFile<X extends Example, P extends Prediction>(
    String name, Content<X, P> content) {

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
   * {@return a file of one JSON object with an entry for each example}
   *
   * @param name the file's name
   * @param entry makes an example's key and plain value (see {@link Prediction#fields()})
   * @param <X> an example
   * @param <P> a prediction
   */
  public static <X extends Example, P extends Prediction> OutputFile<X, P> json(
      String name, BiFunction<X, P, Map.Entry<String, Object>> entry) {
    return new OutputFile<>(name, new Content.Json<>(entry));
  }

  /**
   * {@return a file of text, a part for each example}
   *
   * @param name the file's name
   * @param part makes an example's part, with the ends of its lines
   * @param <X> an example
   * @param <P> a prediction
   */
  public static <X extends Example, P extends Prediction> OutputFile<X, P> text(
      String name, Part<X, P> part) {
    return text(name, "", part);
  }

  /**
   * {@return a file of text with a header}
   *
   * @param name the file's name
   * @param header what it begins with, with the ends of its lines
   * @param part makes an example's part, with the ends of its lines
   * @param <X> an example
   * @param <P> a prediction
   */
  public static <X extends Example, P extends Prediction> OutputFile<X, P> text(
      String name, String header, Part<X, P> part) {
    return new OutputFile<>(name, new Content.Text<>(header, part));
  }

  /**
   * An example's part of a text.
   *
   * @param <X> an example
   * @param <P> a prediction
   */
  @FunctionalInterface
  public interface Part<X extends Example, P extends Prediction> {
    /**
     * {@return the part, with the ends of its lines}
     *
     * @param example the example
     * @param prediction the prediction for it
     * @param place its place among the examples, from 0
     */
    String of(X example, P prediction, long place);
  }

  /**
   * What a file holds.
   *
   * @param <X> an example
   * @param <P> a prediction
   */
  public sealed interface Content<X extends Example, P extends Prediction> {
    /**
     * One JSON object.
     *
     * @param entry makes an example's key and plain value
     * @param <X> an example
     * @param <P> a prediction
     */
    record Json<X extends Example, P extends Prediction>(
        BiFunction<X, P, Map.Entry<String, Object>> entry) implements Content<X, P> {}

    /**
     * Text, written in UTF-8.
     *
     * @param header what it begins with
     * @param part makes an example's part
     * @param <X> an example
     * @param <P> a prediction
     */
    record Text<X extends Example, P extends Prediction>(String header, Part<X, P> part)
        implements Content<X, P> {}
  }
}
