// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which words a value of a head's output comes from.
 *
 * @param kind what the head's values are
 * @param explained the value
 * @param feature what the model saw
 * @param words those of the explained sequence, in its order
 * @param score the value itself: a logit, or a number of a regression
 * @param baselineScore the value if all words are masked
 * @param probability what the logit stands for: the softmax over classes, choices or tokens, the
 *     sigmoid where labels do not exclude each other; NaN of a number
 * @param attributions what each method says
 */
public record Explanation(
    ExplainableOutput.Kind kind,
    Explained explained,
    Feature feature,
    List<Word> words,
    double score,
    double baselineScore,
    double probability,
    List<Attribution> attributions) {

  /** Copies the lists. */
  public Explanation {
    words = List.copyOf(words);
    attributions = List.copyOf(attributions);
  }

  /** The sequence that the words are in. */
  public Sequence sequence() {
    return feature.sequences().get(explained.sequence());
  }

  /** Positions of the special tokens in the sequence. */
  public List<Integer> special() {
    BitSet ofWords = new BitSet();
    words.forEach(word -> ofWords.set(word.position(), word.end()));
    List<Integer> special = new ArrayList<>();
    for (int i = ofWords.nextClearBit(0); i < sequence().length(); ) {
      special.add(i);
      i = ofWords.nextClearBit(i + 1);
    }
    return special;
  }
}
