// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Named entities, with a conditional random field instead of a label for each word by itself. */
public final class NerCrfPlugin implements TaskPlugin<NerCrfOptions> {

  @Override
  public String name() {
    return "ner-crf";
  }

  @Override
  public String summary() {
    return "Named entities, labelled by a conditional random field";
  }

  @Override
  public Class<NerCrfOptions> optionsType() {
    return NerCrfOptions.class;
  }

  /** Data are YAML, which has no format of its own in bertctl. */
  @Override
  public Optional<DataFile.Format> usualFormat() {
    return Optional.of(DataFile.Format.TEXT);
  }

  @Override
  public Map<String, Object> findOptions(NerCrfOptions options, DataFile training) {
    return options.types().isPresent() ? Map.of() : Map.of("types", SentenceReader.types(training));
  }

  @Override
  public Task<Sentence, FoundEntities> create(NerCrfOptions options) {
    if (options.types().map(List::isEmpty).orElse(false)) {
      throw new OptionException("types", "is empty; name a type, or leave it out");
    }
    TagSet tags = new TagSet(options.types().orElse(List.of()));
    return Task.of(
            new SentenceReader(options.types()),
            (sentence, packer) -> pack(sentence, packer, tags),
            new CrfHead(tags.names()),
            (sentence, output) -> decode(sentence, output.feature(), tags))
        .scoredBy(new EntityMetric(), PredictionReader.ofRows(FoundEntitiesReader::read));
  }

  private static List<Feature> pack(Sentence sentence, Packer packer, TagSet tags) {
    Sequence sequence = packer.single(packer.tokenize(sentence.text()));
    Target target =
        sentence
            .entities()
            .map(gold -> target(Word.of(sentence.text(), sequence), gold, sequence, tags))
            .orElse(Target.NONE);
    return List.of(Feature.of(sequence, target));
  }

  private static Target target(
      List<Word> words, List<Entity> gold, Sequence sequence, TagSet tags) {
    int[] perWord = tags.tags(words, gold);
    int[] perToken = new int[sequence.length()];
    Arrays.fill(perToken, Target.IGNORED);
    for (int i = 0; i < perWord.length; i++) {
      perToken[words.get(i).token()] = perWord[i];
    }
    return Target.of(perToken);
  }

  private static FoundEntities decode(Sentence sentence, FeatureOutput output, TagSet tags) {
    List<Word> words = Word.of(sentence.text(), output.feature().sequence());
    int[] tokens = words.stream().mapToInt(Word::token).toArray();
    int[] best = Viterbi.best(output.logits(), tokens, tags.names().size());
    return new FoundEntities(sentence.text(), tags.entities(words, best));
  }
}
