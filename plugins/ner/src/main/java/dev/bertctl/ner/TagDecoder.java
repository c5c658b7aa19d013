// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Softmax;
import dev.bertctl.spi.packing.Pieces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gives each word its most probable tag, and makes entities of the tags. A word without word pieces
 * is tagged O.
 *
 * @param labels the tags in the order of the logits
 * @param aggregation makes a word's probabilities of its pieces'
 */
record TagDecoder(List<String> labels, Aggregation aggregation)
    implements Decoder<Sentence, Tagging> {

  @Override
  public Tagging decode(Sentence sentence, ModelOutput output) {
    List<FeatureOutput> outputs = output.features();
    List<Pieces> windows =
        outputs.stream().map(window -> window.feature().sequence().texts().get(0)).toList();
    List<String> tags = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    for (Optional<WordPlace> place : WordPlace.of(sentence.documentWords(), windows)) {
      if (place.isEmpty()) {
        tags.add(Tag.OUTSIDE);
        scores.add(1.0);
        continue;
      }
      Matrix logits = outputs.get(place.get().window()).logits();
      List<Double> probabilities =
          aggregation.of(
              IntStream.range(place.get().from(), place.get().to())
                  .mapToObj(token -> Softmax.of(logits.row(token)))
                  .toList());
      double best = Collections.max(probabilities);
      tags.add(labels.get(probabilities.indexOf(best)));
      scores.add(best);
    }
    CharacterPlaces characters = new CharacterPlaces(sentence.text());
    List<Entity> entities =
        Chunk.of(tags).stream()
            .map(chunk -> Entity.of(sentence, characters, chunk, scores))
            .toList();
    return new Tagging(sentence.wordTexts(), Annotation.of(tags), entities);
  }
}
