// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shows what the model would see of an example: tokens, ids, segments, target, and what was cut.
 *
 * @param tokenizer names the ids
 * @param head names the targets
 */
public record FeatureView(Tokenizer tokenizer, Head head) {

  /**
   * As plain values for JSON: {@code location} and {@code features}, each with its {@code
   * sequences} ({@code tokens}, {@code ids}, {@code segments}, {@code cut} per text) and, if known,
   * its {@code target} (a number, or a list of numbers) and {@code label} (its name).
   */
  public Map<String, Object> fields(Example example, List<Feature> features) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("location", example.location().toString());
    fields.put("features", features.stream().map(this::fields).toList());
    return fields;
  }

  private Map<String, Object> fields(Feature feature) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sequences", feature.sequences().stream().map(this::fields).toList());
    List<Object> values = values(feature.target());
    if (!values.isEmpty()) {
      fields.put("target", values.size() == 1 ? values.get(0) : values);
    }
    if (isNamed(feature.target())) {
      fields.put("label", head.labels().get((Integer) values.get(0)));
    }
    return fields;
  }

  private Map<String, Object> fields(Sequence sequence) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tokens", tokens(sequence));
    fields.put("ids", Arrays.stream(sequence.ids()).boxed().toList());
    fields.put("segments", Arrays.stream(sequence.segments()).boxed().toList());
    fields.put("cut", sequence.cut());
    return fields;
  }

  /**
   * As text for a terminal: a line that says where the example stands, then for each sequence its
   * tokens with their ids, segments and, where each token has one, targets below them.
   *
   * @param width columns after which lines are broken
   */
  public String text(Example example, List<Feature> features, int width) {
    StringBuilder text = new StringBuilder(example.location().toString()).append('\n');
    for (int f = 0; f < features.size(); f++) {
      Feature feature = features.get(f);
      for (int c = 0; c < feature.sequences().size(); c++) {
        Sequence sequence = feature.sequences().get(c);
        text.append("  ").append(part("window", f, features.size()));
        text.append(part("choice", c, feature.sequences().size()));
        text.append(sequence.length()).append(" tokens, ").append(cut(sequence)).append('\n');
        text.append(table(feature, sequence, width));
      }
      text.append("  ").append(target(feature.target())).append('\n');
    }
    return text.toString();
  }

  private static String part(String name, int index, int count) {
    return count == 1 ? "" : "%s %d of %d: ".formatted(name, index + 1, count);
  }

  private static String cut(Sequence sequence) {
    List<Integer> cut = sequence.cut();
    if (cut.stream().allMatch(lost -> lost == 0)) {
      return "nothing cut";
    }
    return cut.size() == 1
        ? "%d cut".formatted(cut.get(0))
        : "%d cut from the first text, %d from the second".formatted(cut.get(0), cut.get(1));
  }

  private String table(Feature feature, Sequence sequence, int width) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put("tokens", tokens(sequence));
    rows.put("ids", Arrays.stream(sequence.ids()).mapToObj(Integer::toString).toList());
    rows.put("segments", Arrays.stream(sequence.segments()).mapToObj(Integer::toString).toList());
    if (head.target() == TargetSpec.LABEL_PER_TOKEN
        && feature.target() instanceof Target.Ints ints) {
      rows.put("labels", Arrays.stream(ints.values()).mapToObj(this::tokenLabel).toList());
    }
    return new WrappedTable(rows, "    ", width).toString();
  }

  private String tokenLabel(int target) {
    return target == Target.IGNORED ? "-" : head.labels().get(target);
  }

  private String target(Target target) {
    List<Object> values = values(target);
    if (values.isEmpty()) {
      return "no gold label";
    }
    return switch (head.target()) {
      case LABEL ->
          isNamed(target)
              ? "label %s (%s)".formatted(head.labels().get((Integer) values.get(0)), values.get(0))
              : "label " + values.get(0);
      case LABEL_PER_TOKEN -> "labels as above; - is left out of the loss";
      case SPAN -> "span from token %s to token %s".formatted(values.get(0), values.get(1));
      case NUMBER -> "number " + values.get(0);
      case NUMBER_PER_LABEL -> "numbers " + perLabel(values);
    };
  }

  /** Such as {@code joy 1.0, anger 0.0}. */
  private String perLabel(List<Object> values) {
    return IntStream.range(0, values.size())
        .mapToObj(label -> head.labels().get(label) + " " + values.get(label))
        .collect(Collectors.joining(", "));
  }

  private boolean isNamed(Target target) {
    return head.target() == TargetSpec.LABEL
        && target instanceof Target.Ints ints
        && ints.values()[0] >= 0
        && ints.values()[0] < head.labels().size();
  }

  private List<String> tokens(Sequence sequence) {
    return Arrays.stream(sequence.ids()).mapToObj(tokenizer::token).toList();
  }

  private static List<Object> values(Target target) {
    List<Object> values = new ArrayList<>();
    if (target instanceof Target.Ints ints) {
      for (int value : ints.values()) {
        values.add(value);
      }
    } else if (target instanceof Target.Floats floats) {
      for (float value : floats.values()) {
        values.add(value);
      }
    }
    return values;
  }
}
