// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws from a few features. */
final class ToyDraw implements Draw {

  private final RandomGenerator random;
  private final List<Feature> others;
  private final Packer packer;

  /**
   * @param random the generator
   * @param others what another feature is chosen from, at least one
   * @param packer what the feature was packed with
   */
  ToyDraw(RandomGenerator random, List<Feature> others, Packer packer) {
    this.random = random;
    this.others = others;
    this.packer = packer;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Packer packer() {
    return packer;
  }

  @Override
  public Feature another() {
    return others.get(random.nextInt(others.size()));
  }
}
