// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How entities are written as tags. */
public enum TagScheme {
  /** As the data has them, whatever the scheme; character spans as IOB2. */
  AS_READ,
  /** An entity's first word gets B, the others I. */
  IOB2,
  /** As IOB2, but an entity's last word gets E, and an entity of one word S. */
  BIOES;

  /** Rewrites a sentence's tags: its entities stay the same. */
  List<String> rewrite(List<String> tags) {
    return this == AS_READ ? tags : tags(Chunk.of(tags), tags.size());
  }

  /** The tags of a sentence with the given entities. */
  List<String> tags(List<Chunk> chunks, int words) {
    String[] tags = new String[words];
    Arrays.fill(tags, Tag.OUTSIDE);
    for (Chunk chunk : chunks) {
      for (int i = chunk.from(); i < chunk.to(); i++) {
        tags[i] = position(i == chunk.from(), i == chunk.to() - 1) + "-" + chunk.type();
      }
    }
    return Collections.unmodifiableList(Arrays.asList(tags));
  }

  private String position(boolean first, boolean last) {
    if (this == BIOES && last) {
      return first ? "S" : "E";
    }
    return first ? "B" : "I";
  }
}
