// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Draws with a seed, and always the same other feature. */
record TestDraw(RandomGenerator random, Feature another, Packer packer) implements Draw {

  TestDraw(long seed, Feature another, Packer packer) {
    this(new SplittableRandom(seed), another, packer);
  }
}
