// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shows what the model would see of an example: tokens, ids, segments, targets, and what was cut.
 */
public final class FeatureView {

  private final Vocabulary vocabulary;
  private final Head head;

  /**
   * @param vocabulary names the ids
   * @param head names the targets
   */
  public FeatureView(Vocabulary vocabulary, Head head) {
    this.vocabulary = vocabulary;
    this.head = head;
  }

  /**
   * As plain values for JSON: {@code location} and {@code features}, each with its {@code
   * sequences} ({@code tokens}, {@code ids}, {@code segments}, {@code cut} per text), its {@code
   * positions} if the head reads some only and, if known, its {@code target} (a number, or a list
   * of numbers) and {@code label} (its name); of a head with several, {@code targets} by name.
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
    if (feature.positions().length > 0) {
      fields.put("positions", boxed(feature.positions()));
    }
    Map<String, Object> targets = new LinkedHashMap<>();
    for (TargetSpec spec : head.targets()) {
      List<Object> values = values(feature.target(spec.name()));
      if (!values.isEmpty()) {
        targets.put(spec.name(), values.size() == 1 ? values.get(0) : values);
      }
    }
    if (head.targets().size() == 1) {
      targets.values().forEach(only -> fields.put("target", only));
    } else if (!targets.isEmpty()) {
      fields.put("targets", targets);
    }
    for (TargetSpec spec : head.targets()) {
      label(spec, feature.target(spec.name())).ifPresent(label -> fields.put("label", label));
    }
    return fields;
  }

  private Map<String, Object> fields(Sequence sequence) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tokens", tokens(sequence.ids()));
    fields.put("ids", boxed(sequence.ids()));
    fields.put("segments", boxed(sequence.segments()));
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
      targets(feature).forEach(line -> text.append("  ").append(line).append('\n'));
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
    rows.put("tokens", tokens(sequence.ids()));
    rows.put("ids", Arrays.stream(sequence.ids()).mapToObj(Integer::toString).toList());
    rows.put("segments", Arrays.stream(sequence.segments()).mapToObj(Integer::toString).toList());
    for (TargetSpec spec : head.targets()) {
      if (isPerToken(spec) && feature.target(spec.name()) instanceof Target.Ints ints) {
        rows.put(
            head.targets().size() == 1 ? "labels" : spec.name(),
            Arrays.stream(ints.values()).mapToObj(target -> tokenLabel(spec, target)).toList());
      }
    }
    return new WrappedTable(rows, "    ", width).toString();
  }

  private static boolean isPerToken(TargetSpec spec) {
    return spec.form() == TargetSpec.Form.LABEL_PER_TOKEN
        || spec.form() == TargetSpec.Form.TOKEN_PER_TOKEN;
  }

  private String tokenLabel(TargetSpec spec, int target) {
    if (target == Target.IGNORED) {
      return "-";
    }
    return spec.form() == TargetSpec.Form.TOKEN_PER_TOKEN
        ? vocabulary.token(target)
        : head.labels().get(target);
  }

  /** A line for each target; the names are told where there are several. */
  private List<String> targets(Feature feature) {
    return head.targets().stream()
        .map(
            spec ->
                (head.targets().size() == 1 ? "" : spec.name() + ": ")
                    + target(spec, feature, feature.target(spec.name())))
        .toList();
  }

  private String target(TargetSpec spec, Feature feature, Target target) {
    List<Object> values = values(target);
    if (values.isEmpty()) {
      return "no gold label";
    }
    return switch (spec.form()) {
      case LABEL, CHOICE ->
          label(spec, target)
              .map(label -> "label %s (%s)".formatted(label, values.get(0)))
              .orElse("label " + values.get(0));
      case LABEL_PER_TOKEN, TOKEN_PER_TOKEN -> "labels as above; - is left out of the loss";
      case SPAN -> "span from token %s to token %s".formatted(values.get(0), values.get(1));
      case NUMBER -> "number " + values.get(0);
      case NUMBERS -> "numbers " + perLabel(values);
      case TOKEN_PER_POSITION -> "tokens " + perPosition(feature, (Target.Ints) target);
    };
  }

  /** Such as {@code joy 1.0, anger 0.0}. */
  private String perLabel(List<Object> values) {
    return IntStream.range(0, values.size())
        .mapToObj(label -> head.labels().get(label) + " " + values.get(label))
        .collect(Collectors.joining(", "));
  }

  /** Such as {@code dog at 3, bone at 7}. */
  private String perPosition(Feature feature, Target.Ints target) {
    return IntStream.range(0, target.values().length)
        .filter(i -> target.values()[i] != Target.IGNORED)
        .mapToObj(i -> vocabulary.token(target.values()[i]) + " at " + feature.positions()[i])
        .collect(Collectors.joining(", "));
  }

  private Optional<String> label(TargetSpec spec, Target target) {
    return spec.form() == TargetSpec.Form.LABEL
            && target instanceof Target.Ints ints
            && ints.values()[0] >= 0
            && ints.values()[0] < head.labels().size()
        ? Optional.of(head.labels().get(ints.values()[0]))
        : Optional.empty();
  }

  private List<String> tokens(int... ids) {
    return Arrays.stream(ids).mapToObj(vocabulary::token).toList();
  }

  private static List<Object> values(Target target) {
    List<Object> values = new ArrayList<>();
    if (target instanceof Target.Ints ints) {
      values.addAll(boxed(ints.values()));
    } else if (target instanceof Target.Floats floats) {
      for (float value : floats.values()) {
        values.add(value);
      }
    }
    return values;
  }

  private static List<Integer> boxed(int... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
