// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** For tests: an example that is a text, and features of given lengths. */
record Sample(Location location, Map<String, Object> columns, String text) implements Example {

  static Sample of(int line, String text) {
    return new Sample(new Location("train.csv", line), Map.of("text", text), text);
  }

  static List<Sample> samples(String... texts) {
    return IntStream.range(0, texts.length).mapToObj(i -> of(i + 2, texts[i])).toList();
  }

  /** A feature whose sequences have the given lengths; ids are 10, 11, ... */
  static Feature feature(Target target, int... lengths) {
    List<Sequence> sequences = new ArrayList<>();
    for (int length : lengths) {
      int[] ids = IntStream.range(10, 10 + length).toArray();
      int[] segments = new int[length];
      segments[length - 1] = 1;
      Pieces pieces = new Pieces(new int[0], new int[0], new int[0]);
      sequences.add(new Sequence(ids, segments, List.of(pieces), List.of(0)));
    }
    return Feature.of(sequences, target);
  }

  /** One feature an example. */
  static FeatureList list(List<Feature> features) {
    List<Sample> samples = IntStream.range(0, features.size()).mapToObj(i -> of(i, "")).toList();
    return PackedExamples.of(samples, features.stream().map(List::of).toList());
  }

  /** Features of one sequence each, with lengths like those of sentence pairs. */
  static List<Feature> features(int count) {
    Random random = new Random(3);
    return IntStream.range(0, count)
        .mapToObj(i -> feature(Target.NONE, 8 + (int) Math.abs(12 * random.nextGaussian())))
        .toList();
  }
}
