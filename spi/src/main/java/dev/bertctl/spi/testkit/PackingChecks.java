// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static dev.bertctl.spi.testkit.BrokenPromise.unless;

import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.TaskTrial.Packed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What a plugin's packing gives, at an ample maximum length and at a tiny one. */
final class PackingChecks {

  private PackingChecks() {}

  static void lengths(Contract<?> contract) {
    for (int maxLength : lengthsTried(contract)) {
      for (Packed packed : contract.labelled(maxLength).packed()) {
        unless(
            !packed.sequences().isEmpty(),
            "%s: packing gives nothing; every example needs a feature",
            packed.place());
        int allowed = packed.packer().maxLength();
        for (Sequence sequence : packed.sequences()) {
          unless(
              sequence.length() <= allowed,
              "%s: packing gives a sequence of %d tokens where %d are allowed; let Packer.single or"
                  + " Packer.pair cut it, or split long texts with Window.over",
              packed.place(),
              sequence.length(),
              allowed);
        }
      }
    }
  }

  static void targets(Contract<?> contract) {
    for (int maxLength : lengthsTried(contract)) {
      targets(contract.labelled(maxLength));
    }
  }

  static void targets(TaskTrial<?, ?> trial) {
    for (Packed packed : trial.packed()) {
      packed.features().forEach(feature -> target(packed, trial.task().head(), feature));
    }
  }

  private static void target(Packed packed, Head head, Feature feature) {
    int tokens = feature.sequences().get(0).length();
    int labels = head.labels().size();
    switch (head.target()) {
      case LABEL -> ints(packed, feature, 1, labels == 0 ? feature.sequences().size() : labels);
      case LABEL_PER_TOKEN -> ints(packed, feature, tokens, labels);
      case SPAN -> ints(packed, feature, 2, tokens);
      case NUMBER -> floats(packed, feature, 1);
      case NUMBER_PER_LABEL -> floats(packed, feature, labels);
    }
  }

  private static void floats(Packed packed, Feature feature, int count) {
    boolean fits = feature.target() instanceof Target.Floats target && fits(target.values(), count);
    unless(
        fits,
        "%s: the target is %s, and the head trains towards %d number(s); give Target.of with as"
            + " many floats, neither infinite nor NaN",
        packed.place(),
        text(feature.target()),
        count);
  }

  private static boolean fits(float[] values, int count) {
    boolean finite = true;
    for (float value : values) {
      finite &= Float.isFinite(value);
    }
    return finite && values.length == count;
  }

  private static void ints(Packed packed, Feature feature, int count, int limit) {
    unless(
        feature.target() instanceof Target.Ints ints && ints.values().length == count,
        "%s: the target is %s, and the head trains towards %d whole number(s); give Target.of with"
            + " as many whole numbers",
        packed.place(),
        text(feature.target()),
        count);
    for (int value : ((Target.Ints) feature.target()).values()) {
      unless(
          value == Target.IGNORED || value >= 0 && value < limit,
          "%s: a target is %d; give 0 to %d, or Target.IGNORED",
          packed.place(),
          value,
          limit - 1);
    }
  }

  /** A target as it would be written in Java. */
  static String text(Target target) {
    if (target instanceof Target.Ints ints) {
      return "Target.of" + list(Arrays.toString(ints.values()));
    }
    return target instanceof Target.Floats floats
        ? "Target.of" + list(Arrays.toString(floats.values()))
        : "Target.NONE";
  }

  private static String list(String array) {
    return "(" + array.substring(1, array.length() - 1) + ")";
  }

  static void offsets(Contract<?> contract) {
    for (int maxLength : lengthsTried(contract)) {
      for (Packed packed : contract.labelled(maxLength).packed()) {
        for (Sequence sequence : packed.sequences()) {
          for (Pieces pieces : sequence.texts()) {
            unless(
                packed.sources().stream().anyMatch(text -> isCutFrom(text, pieces, packed)),
                "%s: word pieces do not stand where their offsets say, in none of the texts %s;"
                    + " take them as Packer.tokenize gives them, a part of them with Pieces.slice",
                packed.place(),
                packed.sources());
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

  static void cuts(Contract<?> contract) {
    for (Packed packed : contract.labelled(contract.samples().tinyLength()).packed()) {
      List<Sequence> sequences = packed.sequences();
      long lost = packed.packer().lost(sequences);
      long counted =
          sequences.stream().flatMap(sequence -> sequence.cut().stream()).mapToInt(i -> i).sum();
      unless(
          sequences.size() == 1 && !isOfEqualTexts(sequences.get(0))
              ? counted == lost
              : counted >= lost,
          "%s: the model does not see %d word pieces, and %d are counted as cut; let Packer.single"
              + " or Packer.pair cut, or count with Sequence.cutBefore what was cut before",
          packed.place(),
          lost,
          counted);
    }
  }

  /** The toy packer gives equal texts the same ids: what is cut from one is seen in the other. */
  private static boolean isOfEqualTexts(Sequence sequence) {
    return sequence.texts().stream().flatMapToInt(text -> Arrays.stream(text.ids())).count()
        != sequence.texts().stream()
            .flatMapToInt(text -> Arrays.stream(text.ids()))
            .distinct()
            .count();
  }

  private static List<Integer> lengthsTried(Contract<?> contract) {
    return List.of(Contract.AMPLE, contract.samples().tinyLength());
  }
}
