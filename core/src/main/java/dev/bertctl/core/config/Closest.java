// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that a user most likely meant. */
public final class Closest {

  private Closest() {}

  /**
   * The known name closest to a mistyped one.
   *
   * @return empty if none is close: more than two letters (one in a short name) and more than a
   *     third of them would have to change
   */
  public static Optional<String> to(String unknown, Collection<String> known) {
    int limit = unknown.length() < 5 ? 1 : Math.max(2, unknown.length() / 3);
    return known.stream()
        .filter(name -> distance(unknown, name) <= limit)
        .min(Comparator.comparingInt(name -> distance(unknown, name)));
  }

  private static int distance(String unknown, String name) {
    return LevenshteinDistance.getDefaultInstance()
        .apply(unknown.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
  }
}
