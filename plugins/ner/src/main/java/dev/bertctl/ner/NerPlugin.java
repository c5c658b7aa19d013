// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.head.TaggerHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named-entity recognition: which words of a sentence name a person, a place, and so on? Reads
 * CoNLL-2003, WNUT-17 and other files of columns as they are distributed, and jsonl.
 */
public final class NerPlugin implements TaskPlugin<NerOptions> {

  @Override
  public String name() {
    return "ner";
  }

  @Override
  public String summary() {
    return "Named-entity recognition: which words name a person, a place, an organisation?";
  }

  @Override
  public Class<NerOptions> optionsType() {
    return NerOptions.class;
  }

  @Override
  public Optional<DataFile.Format> usualFormat() {
    return Optional.of(DataFile.Format.CONLL);
  }

  @Override
  public Map<String, Object> findOptions(NerOptions options, DataFile training) {
    return options.labels().isPresent()
        ? Map.of()
        : Map.of("labels", FoundTags.in(training, reader(options, Optional.empty())));
  }

  @Override
  public List<InputColumn> columns(NerOptions options) {
    return List.of(InputColumn.text(JsonlReader.TEXT));
  }

  @Override
  public Task<Sentence, Tagging> create(NerOptions options) {
    if (options.overlap() < 0) {
      throw new OptionException(
          "overlap", "is %d; it cannot be less than 0".formatted(options.overlap()));
    }
    Optional<Labels> known = options.labels().map(NerPlugin::checked);
    List<String> labels = known.map(Labels::names).orElse(List.of());
    return Task.of(
            reader(options, known),
            new WordPacking(labels, options.overlap(), options.labelAllPieces()),
            new TaggerHead(labels),
            new TagDecoder(labels, options.aggregation()))
        .scoredBy(new EntityMetric(), new TaggingReader(known, options.scheme()))
        .writing(
            OutputFile.text("predictions.conll", (sentence, tagging, place) -> tagging.conll()))
        .markedBy((sentence, tagging) -> tagging.in(sentence.text()))
        .viewedBy(EntityView::of)
        .predicting(Tagging.FIELDS);
  }

  private static SentenceReader reader(NerOptions options, Optional<Labels> labels) {
    return new SentenceReader(
        new ConllReader(options.wordColumn(), options.tagColumn()),
        labels,
        labels,
        options.scheme(),
        options.documentContext());
  }

  private static Labels checked(List<String> names) {
    Labels labels = new Labels(names);
    if (!names.contains(Tag.OUTSIDE)) {
      throw new OptionException("labels", "needs the tag O for words in no entity, has " + names);
    }
    names.stream()
        .filter(name -> !Tag.isTag(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new OptionException(
                  "labels", "has '%s', which is no tag; %s".formatted(name, Tag.form()));
            });
    return labels;
  }
}
