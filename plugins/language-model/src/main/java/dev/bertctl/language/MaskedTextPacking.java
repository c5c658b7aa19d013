// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;

/**
 * Packs a text in which {@code [MASK]} is written, or a pair of texts, with the positions of the
 * masks: {@code Paris is [MASK].} becomes {@code [CLS] paris is [MASK] . [SEP]} with the position
 * 3.
 */
final class MaskedTextPacking implements InputPacking<Text> {

  @Override
  public List<Feature> pack(Text text, Packer packer) {
    List<Pieces> pieces = text.texts().stream().map(packer::tokenize).toList();
    Vocabulary vocabulary = packer.vocabulary();
    int written =
        pieces.stream().mapToInt(one -> MaskPositions.in(one.ids(), vocabulary).length).sum();
    if (written == 0) {
      throw new DataException(
          text.location(),
          "no [MASK] in the text; write [MASK], in capitals, in place of each token to be filled"
              + " in");
    }
    Sequence sequence =
        pieces.size() == 1
            ? packer.single(pieces.get(0))
            : packer.pair(pieces.get(0), pieces.get(1), Truncation.LONGEST_FIRST);
    int[] positions = MaskPositions.in(sequence, vocabulary);
    if (positions.length < written) {
      throw new DataException(
          text.location(),
          "%d of %d [MASK] would be cut off: the text has %d tokens, and max-length is %d; raise max-length, or shorten the text"
              .formatted(
                  written - positions.length,
                  written,
                  pieces.stream().mapToInt(Pieces::size).sum() + pieces.size() + 1,
                  packer.maxLength()));
    }
    return List.of(Feature.of(sequence).at(positions));
  }
}
