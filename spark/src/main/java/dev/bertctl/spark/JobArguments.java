// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link PredictJob} is told, as {@code KEY=VALUE}: one word each, which all of Spark's
 * launchers pass on as they are.
 *
 * @param model the model's folder
 * @param task the task that is applied; empty for that of the model
 * @param taskSettings settings of a task that is applied, KEY=VALUE
 * @param input where the rows are
 * @param inputFormat how they are stored
 * @param output where predictions go
 * @param outputFormat how they are stored
 * @param read options of Spark's reader
 * @param write options of Spark's writer
 * @param partitionBy columns that the output has folders for
 * @param overwrite whether an output that is there is replaced
 * @param parameters of the transformer, PARAMETER=VALUE
 */
record JobArguments(
    String model,
    Optional<String> task,
    List<String> taskSettings,
    List<String> input,
    String inputFormat,
    String output,
    String outputFormat,
    Map<String, String> read,
    Map<String, String> write,
    List<String> partitionBy,
    boolean overwrite,
    List<String> parameters) {

  private static final List<String> KEYS =
      List.of(
          "model",
          "task",
          "set",
          "input",
          "format",
          "output",
          "output-format",
          "read",
          "write",
          "partition-by",
          "overwrite",
          "param");

  private static final List<String> FORMATS = List.of("parquet", "csv", "json", "text");

  /** Names of files with compression, which Spark undoes by itself. */
  private static final String COMPRESSED = "\\.(gz|bz2|zst|lz4|snappy|deflate)$";

  private static final Map<String, String> ENDINGS =
      Map.of("parquet", "parquet", "csv", "csv", "json", "json", "jsonl", "json", "txt", "text");

  /**
   * Reads arguments.
   *
   * @throws UserException naming the one that is wrong or missing
   */
  static JobArguments parse(String... arguments) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String argument : arguments) {
      KeyValue one = KeyValue.parse(argument, "'%s' is no argument; write KEY=VALUE");
      values.computeIfAbsent(one.key(), key -> new ArrayList<>()).add(one.value());
    }
    List<String> input = values.getOrDefault("input", List.of());
    String output = needed(values, "output");
    JobArguments parsed =
        new JobArguments(
            needed(values, "model"),
            last(values, "task"),
            values.getOrDefault("set", List.of()),
            input,
            last(values, "format").orElseGet(() -> format(input.isEmpty() ? "" : input.get(0))),
            output,
            last(values, "output-format").orElseGet(() -> format(output)),
            options(values, "read"),
            options(values, "write"),
            values.getOrDefault("partition-by", List.of()),
            last(values, "overwrite").map(JobArguments::truth).orElse(false),
            values.getOrDefault("param", List.of()));
    parsed.requireKnown(values);
    return parsed;
  }

  private static boolean truth(String overwrite) {
    if (!overwrite.equals("true") && !overwrite.equals("false")) {
      throw new UserException("overwrite=%s: write true or false".formatted(overwrite));
    }
    return Boolean.parseBoolean(overwrite);
  }

  private void requireKnown(Map<String, List<String>> values) {
    for (String key : values.keySet()) {
      if (!KEYS.contains(key)) {
        throw new UserException(
            "'%s' is no argument; there are %s".formatted(key, String.join(", ", KEYS)));
      }
    }
    if (input.isEmpty()) {
      throw new UserException("there is no input; write input=PATH");
    }
    requireFormat(inputFormat);
    requireFormat(outputFormat);
  }

  private static void requireFormat(String format) {
    if (!FORMATS.contains(format)) {
      throw new UserException(
          "'%s' is no format; take one of %s".formatted(format, String.join(", ", FORMATS)));
    }
  }

  /** A format by a path's ending; Parquet where that tells none, such as of a folder. */
  private static String format(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceFirst(COMPRESSED, "");
    return ENDINGS.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "parquet");
  }

  private static String needed(Map<String, List<String>> values, String key) {
    return last(values, key)
        .orElseThrow(() -> new UserException("%s is not given; write %s=...".formatted(key, key)));
  }

  private static Optional<String> last(Map<String, List<String>> values, String key) {
    List<String> all = values.getOrDefault(key, List.of());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  private static Map<String, String> options(Map<String, List<String>> values, String key) {
    return KeyValue.map(
        values.getOrDefault(key, List.of()),
        key + "=%s sets no option; write " + key + "=OPTION=VALUE");
  }
}
