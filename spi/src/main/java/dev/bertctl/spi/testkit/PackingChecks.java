// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static dev.bertctl.spi.testkit.BrokenPromise.unless;

import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.TaskTrial.Packed;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** What a plugin's packing gives and draws, at an ample maximum length and at a tiny one. */
final class PackingChecks {

  private PackingChecks() {}

  static void lengths(Contract<?> contract) {
    for (int maxLength : lengthsTried(contract)) {
      TaskTrial<?, ?> trial = contract.labelled(maxLength);
      boolean nothing = trial.packed().stream().allMatch(packed -> packed.sequences().isEmpty());
      for (Packed packed : trial.packed()) {
        unless(
            !nothing, "%s: packing gives nothing; every example needs a feature", packed.place());
        for (Feature feature : packed.features()) {
          lengths("packing", packed, feature, packed.packer().maxLength());
        }
      }
      int most = trial.packed().stream().mapToInt(p -> p.packer().maxLength()).max().orElse(0);
      everySeen(
          trial,
          (packed, feature) -> {
            lengths("drawing", packed, feature, most);
            unless(
                packed.features().stream()
                    .anyMatch(own -> own.sequences().size() == feature.sequences().size()),
                "%s: drawing gives a feature of %d sequences, another number than packing; draw as"
                    + " many as were packed",
                packed.place(),
                feature.sequences().size());
          });
    }
  }

  private static void lengths(String step, Packed packed, Feature feature, int allowed) {
    for (Sequence sequence : feature.sequences()) {
      unless(
          sequence.length() <= allowed,
          "%s: %s gives a sequence of %d tokens where %d are allowed; let Packer.single or"
              + " Packer.pair cut it, or split long texts with Window.over",
          packed.place(),
          step,
          sequence.length(),
          allowed);
      unless(
          sequence.segments().length == sequence.length(),
          "%s: %s gives a sequence of %d tokens with %d segments; give one for each",
          packed.place(),
          step,
          sequence.length(),
          sequence.segments().length);
    }
  }

  /** Looks at the features as the model sees them, in several epochs. */
  private static void everySeen(TaskTrial<?, ?> trial, BiConsumer<Packed, Feature> look) {
    for (int epoch = 0; epoch < TaskTrial.EPOCHS; epoch++) {
      for (int example = 0; example < trial.packed().size(); example++) {
        for (Feature feature : trial.seen(example, epoch)) {
          look.accept(trial.packed().get(example), feature);
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
    List<TargetSpec> specs = trial.task().head().targets();
    everySeen(trial, (packed, feature) -> targets(packed, specs, feature));
  }

  private static void targets(Packed packed, List<TargetSpec> specs, Feature feature) {
    for (int position : feature.positions()) {
      unless(
          feature.sequences().size() == 1
              && position >= 0
              && position < feature.sequence().length(),
          "%s: a position is %d, and the feature has %d sequence(s) of %d tokens; give places in"
              + " the only sequence, from 0",
          packed.place(),
          position,
          feature.sequences().size(),
          feature.sequences().get(0).length());
    }
    List<String> names = specs.stream().map(TargetSpec::name).toList();
    for (String name : feature.targets().keySet()) {
      unless(
          names.contains(name),
          "%s: a target is called '%s', and the head's are %s; give it one of their names, or leave"
              + " it out",
          packed.place(),
          name,
          names);
    }
    specs.forEach(spec -> target(packed, spec, feature));
  }

  private static void target(Packed packed, TargetSpec spec, Feature feature) {
    int tokens = feature.sequences().get(0).length();
    int words = packed.packer().vocabulary().size();
    switch (spec.form()) {
      case LABEL -> ints(packed, spec, feature, 1, spec.size());
      case CHOICE -> ints(packed, spec, feature, 1, feature.sequences().size());
      case LABEL_PER_TOKEN -> ints(packed, spec, feature, tokens, spec.size());
      case SPAN -> ints(packed, spec, feature, 2, tokens);
      case NUMBER -> floats(packed, spec, feature, 1);
      case NUMBERS -> floats(packed, spec, feature, spec.size());
      case TOKEN_PER_POSITION -> ints(packed, spec, feature, feature.positions().length, words);
      case TOKEN_PER_TOKEN -> ints(packed, spec, feature, tokens, words);
    }
  }

  private static void floats(Packed packed, TargetSpec spec, Feature feature, int count) {
    Target target = feature.target(spec.name());
    unless(
        target instanceof Target.Floats floats && fits(floats.values(), count),
        "%s: the target%s is %s, and the head trains towards %d number(s); give Target.of with as"
            + " many floats, neither infinite nor NaN",
        packed.place(),
        name(spec),
        FeatureText.of(target),
        count);
  }

  private static boolean fits(float[] values, int count) {
    boolean finite = true;
    for (float value : values) {
      finite &= Float.isFinite(value);
    }
    return finite && values.length == count;
  }

  private static void ints(Packed packed, TargetSpec spec, Feature feature, int count, int limit) {
    Target target = feature.target(spec.name());
    unless(
        target instanceof Target.Ints ints && ints.values().length == count,
        "%s: the target%s is %s, and the head trains towards %d integer(s); give Target.of with as"
            + " many integers",
        packed.place(),
        name(spec),
        FeatureText.of(target),
        count);
    for (int value : ((Target.Ints) target).values()) {
      unless(
          value == Target.IGNORED || value >= 0 && value < limit,
          "%s: a target%s is %d; give 0 to %d, or Target.IGNORED",
          packed.place(),
          name(spec),
          value,
          limit - 1);
    }
  }

  /** What a target is called, unless it is the only one of most heads. */
  private static String name(TargetSpec spec) {
    return spec.name().equals(Target.MAIN) ? "" : " '" + spec.name() + "'";
  }

  static void draws(Contract<?> contract) {
    TaskTrial<?, ?> trial = contract.labelled(Contract.AMPLE);
    if (!trial.purpose().labelled()) {
      return;
    }
    List<String> before = texts(trial);
    for (int example = 0; example < trial.packed().size(); example++) {
      Packed packed = trial.packed().get(example);
      for (int index = 0; index < packed.features().size(); index++) {
        // The texts that it tokenises are in the vocabulary from now on.
        trial.drawn(example, index, 0);
        unless(
            texts(trial).equals(before),
            "%s: drawing changes what was packed; change a copy of the ids, and give it with"
                + " Sequence.withIds",
            packed.place());
        String first = FeatureText.of(trial.drawn(example, index, 0));
        String second = FeatureText.of(trial.drawn(example, index, 0));
        unless(
            first.equals(second),
            "%s: of a generator in the same state, drawing gives now %s and now %s; let it depend"
                + " on Draw.random() alone",
            packed.place(),
            first,
            second);
      }
    }
  }

  private static List<String> texts(TaskTrial<?, ?> trial) {
    return trial.packed().stream()
        .flatMap(packed -> packed.features().stream())
        .map(FeatureText::of)
        .toList();
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
                text.startsWith(
                        packed.packer().vocabulary().token(pieces.ids()[i]), pieces.starts()[i])
                    && packed.packer().vocabulary().token(pieces.ids()[i]).length()
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
