// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Packs a sentence as {@code [CLS] pieces [SEP]}, in overlapping windows if it is too long, with
 * neighbouring sentences on both sides if it is shown with its document. The first piece of each
 * word carries its tag (BERT paper, section 5.3), in the window where {@link WordPlace} finds it.
 *
 * @param labels the tags in the order of the logits
 * @param overlap most pieces that neighbouring windows share
 * @param allPieces whether the other pieces of a word carry its tag too: the very same, B for B,
 *     since {@link Aggregation} makes one tag of what is predicted for all of them
 */
record WordPacking(List<String> labels, int overlap, boolean allPieces)
    implements InputPacking<Sentence> {

  @Override
  public List<Feature> pack(Sentence sentence, Packer packer) {
    List<Sequence> sequences = sequences(sentence, packer);
    if (sentence.gold().isEmpty()) {
      return sequences.stream().map(sequence -> Feature.of(sequence, Target.NONE)).toList();
    }
    List<int[]> targets = targets(sentence, sentence.gold().get(), sequences);
    return IntStream.range(0, sequences.size())
        .mapToObj(w -> Feature.of(sequences.get(w), Target.of(targets.get(w))))
        .toList();
  }

  private List<Sequence> sequences(Sentence sentence, Packer packer) {
    int room = packer.maxLength() - 2;
    Pieces pieces = piecesAround(sentence, packer, room);
    int from = firstAt(pieces, sentence.start());
    int to = firstAt(pieces, sentence.start() + sentence.text().length());
    return Window.over(to - from, room, Math.min(overlap, room / 2)).stream()
        .map(window -> new Window(from + window.from(), from + window.to()))
        .map(window -> widen(window, room, pieces.size()))
        .map(window -> packer.single(pieces.slice(window.from(), window.to())))
        .toList();
  }

  /** The sentence's pieces, and on both sides enough of its document's to fill a sequence. */
  private static Pieces piecesAround(Sentence sentence, Packer packer, int room) {
    String document = sentence.document();
    int from = sentence.start();
    for (int words = 0; from > 0 && words <= room; from--) {
      words += document.charAt(from - 1) == ' ' ? 1 : 0;
    }
    int to = sentence.start() + sentence.text().length();
    for (int words = 0; to < document.length() && words <= room; to++) {
      words += document.charAt(to) == ' ' ? 1 : 0;
    }
    int shift = from;
    Pieces pieces = packer.tokenize(document.substring(from, to));
    return new Pieces(
        pieces.ids(),
        Arrays.stream(pieces.starts()).map(start -> start + shift).toArray(),
        Arrays.stream(pieces.ends()).map(end -> end + shift).toArray());
  }

  private static int firstAt(Pieces pieces, int character) {
    int first = 0;
    while (first < pieces.size() && pieces.starts()[first] < character) {
      first++;
    }
    return first;
  }

  /** Adds pieces on both sides, as evenly as there are some, until the sequence is full. */
  private static Window widen(Window window, int room, int size) {
    int spare = room - (window.to() - window.from());
    int after = size - window.to();
    int left = Math.min(window.from(), Math.max(spare / 2, spare - after));
    return new Window(window.from() - left, window.to() + Math.min(after, spare - left));
  }

  private List<int[]> targets(Sentence sentence, Annotation gold, List<Sequence> sequences) {
    List<int[]> targets = new ArrayList<>(sequences.size());
    for (Sequence sequence : sequences) {
      int[] target = new int[sequence.length()];
      Arrays.fill(target, Target.IGNORED);
      targets.add(target);
    }
    List<Optional<WordPlace>> places =
        WordPlace.of(
            sentence.documentWords(),
            sequences.stream().map(sequence -> sequence.texts().get(0)).toList());
    // What tag is right for a word that an entity covers in part cannot be said.
    BitSet unclear = gold.looseWords(sentence.words());
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).isPresent() && !unclear.get(i)) {
        WordPlace place = places.get(i).get();
        int to = allPieces ? place.to() : place.from() + 1;
        int tag = labels.indexOf(gold.tags().get(i));
        Arrays.fill(targets.get(place.window()), place.from(), to, tag);
      }
    }
    return targets;
  }
}
