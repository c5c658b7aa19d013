// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import java.util.Random;

/** A way to damage a file. */
@FunctionalInterface
interface Mutation {

  /** The damaged content; what it is given stays as it is. */
  byte[] apply(byte[] content, Random random);

  /** Several in a row, most often one. */
  static Mutation several(Mutation mutation) {
    return (content, random) -> {
      byte[] mutant = mutation.apply(content, random);
      while (random.nextInt(3) == 0) {
        mutant = mutation.apply(mutant, random);
      }
      return mutant;
    };
  }

  /** One of them, chosen anew each time. */
  static Mutation oneOf(Mutation... mutations) {
    return (content, random) -> mutations[random.nextInt(mutations.length)].apply(content, random);
  }
}
