// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Features in words, by which they are shown and compared: arrays are by their values. */
final class FeatureText {

  private FeatureText() {}

  /** A target as it would be written in Java. */
  static String of(Target target) {
    if (target instanceof Target.Ints ints) {
      return "Target.of" + list(Arrays.toString(ints.values()));
    }
    return target instanceof Target.Floats floats
        ? "Target.of" + list(Arrays.toString(floats.values()))
        : "Target.NONE";
  }

  /** A feature's ids, positions and targets. */
  static String of(Feature feature) {
    List<String> ids =
        feature.sequences().stream().map(Sequence::ids).map(Arrays::toString).toList();
    Map<String, String> targets = new TreeMap<>();
    feature.targets().forEach((name, target) -> targets.put(name, of(target)));
    return "ids %s, positions %s, targets %s"
        .formatted(String.join(" ", ids), Arrays.toString(feature.positions()), targets);
  }

  private static String list(String array) {
    return "(" + array.substring(1, array.length() - 1) + ")";
  }
}
