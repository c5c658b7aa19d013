// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.Locale;

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
    String mask = vocabulary.token(vocabulary.id(SpecialToken.MASK));
    if (written == 0) {
      throw new DataException(
          text.location(),
          "no %s in the text; write %s%s in place of each token to be filled in"
              .formatted(
                  mask, mask, mask.equals(mask.toLowerCase(Locale.ROOT)) ? "" : ", in capitals,"));
    }
    Sequence sequence =
        pieces.size() == 1
            ? packer.single(pieces.get(0))
            : packer.pair(pieces.get(0), pieces.get(1), Truncation.LONGEST_FIRST);
    int[] positions = MaskPositions.in(sequence, vocabulary);
    if (positions.length < written) {
      throw new DataException(
          text.location(),
          "%d of %d %s would be cut off: the text has %d tokens, and max-length is %d; raise max-length, or shorten the text"
              .formatted(
                  written - positions.length,
                  written,
                  mask,
                  pieces.stream().mapToInt(Pieces::size).sum() + pieces.size() + 1,
                  packer.maxLength()));
    }
    return List.of(Feature.of(sequence).at(positions));
  }
}
