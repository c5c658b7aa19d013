// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import dev.bertctl.runtime.files.Sha256;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * 128 bits that stand for an input or a target: among a thousand million examples, the chance that
 * two different ones share them is below 10 to the power of -20.
 */
record Fingerprint(long high, long low) {

  /** That of what the model sees of an example: the same tokens are the same input. */
  static Fingerprint ofInputs(List<Feature> features) {
    MessageDigest digest = Sha256.digest();
    for (Feature feature : features) {
      for (Sequence sequence : feature.sequences()) {
        update(digest, sequence.ids());
        update(digest, sequence.segments());
        update(digest, sequence.cut().stream().mapToInt(Integer::intValue).toArray());
      }
      update(digest, feature.positions());
    }
    return of(digest);
  }

  /** That of what an example is to be trained towards. */
  static Fingerprint ofTargets(List<Feature> features) {
    MessageDigest digest = Sha256.digest();
    for (Feature feature : features) {
      for (Map.Entry<String, Target> target : new TreeMap<>(feature.targets()).entrySet()) {
        update(digest, target.getKey().chars().toArray());
        if (target.getValue() instanceof Target.Ints ints) {
          update(digest, ints.values());
        } else if (target.getValue() instanceof Target.Floats floats) {
          int[] bits = new int[floats.values().length];
          for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(floats.values()[i]);
          }
          update(digest, bits);
        }
      }
    }
    return of(digest);
  }

  /** The length first, so that two arrays are not taken for one. */
  private static void update(MessageDigest digest, int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (values.length + 1));
    bytes.putInt(values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    digest.update(bytes.array());
  }

  private static Fingerprint of(MessageDigest digest) {
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(bytes.getLong(), bytes.getLong());
  }
}
