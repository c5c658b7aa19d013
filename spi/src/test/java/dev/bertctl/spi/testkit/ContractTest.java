// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.decode.FieldType.Plain;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.decode.Viewer;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import io.smallrye.config.WithDefault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise, with a plugin that breaks exactly it. */
class ContractTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));

  /** Options of the plugin that is tried. */
  interface Options {
    @Doc("The labels, in the order of the logits.")
    @WithDefault("no,yes")
    List<String> labels();

    @Doc("From 2 on, nothing is predicted to be so.")
    @WithDefault("1")
    int threshold();
  }

  interface Undescribed {
    @WithDefault("1")
    int depth();
  }

  interface Required {
    @Doc("How deep.")
    int depth();
  }

  /** A classifier of stock parts, of which a test replaces one. */
  private record Tried<O>(String name, String summary, Class<O> optionsType, Parts parts)
      implements TaskPlugin<O> {

    @Override
    public Task<?, ?> create(O options) {
      Decoder<LabelledText, Classification> never =
          (example, output) -> new Classification(LABELS, 0, List.of());
      Task<LabelledText, Classification> task =
          Task.of(
              parts.reader,
              parts.packing,
              parts.head,
              options instanceof Options own && own.threshold() > 1 ? never : parts.decoder);
      if (parts.metric != null) {
        task = task.scoredBy(parts.metric, parts.predictions);
      }
      if (parts.tuned != null) {
        task = task.tunedBy((examples, predictions) -> parts.tuned);
      }
      for (OutputFile<LabelledText, Classification> file : parts.files) {
        task = task.writing(file);
      }
      task = task.predicting(parts.fields);
      return parts.viewer == null ? task : task.viewedBy(parts.viewer);
    }
  }

  private static final class Parts {
    ExampleReader<LabelledText> reader =
        LabelledTextReader.single(Column.named("text"), Column.named("label"), LABELS);
    InputPacking<LabelledText> packing = new TextPacking(Truncation.LONGEST_FIRST);
    Head head = new ClassifierHead(LABELS.names());
    Decoder<LabelledText, Classification> decoder =
        (example, output) -> Classification.of(LABELS, output.logits());
    PredictionReader<LabelledText, Classification> predictions = new ClassificationReader(LABELS);
    Metric<LabelledText, Classification> metric = new ClassificationMetric(LABELS);
    Map<String, Object> tuned;
    List<OutputFile<LabelledText, Classification>> files = List.of();
    Viewer<LabelledText, Classification> viewer;
    List<PredictionField> fields = List.of();
  }

  private final Parts parts = new Parts();

  @Test
  void aPluginOfStockPartsKeepsAll() {
    assertEquals(Map.of(), broken());
  }

  @Test
  void name() {
    assertBroken(
        Promise.NAME_AND_SUMMARY_ARE_FIT_FOR_LISTS,
        "name gives 'My Task'; make it of lower-case letters, digits and dashes, beginning with a"
            + " letter",
        broken(new Tried<>("My Task", "Tries.", Options.class, parts)));
  }

  @Test
  void summary() {
    assertBroken(
        Promise.NAME_AND_SUMMARY_ARE_FIT_FOR_LISTS,
        "summary is empty; say what the task does",
        broken(new Tried<>("tried", " ", Options.class, parts)));
    assertBroken(
        Promise.NAME_AND_SUMMARY_ARE_FIT_FOR_LISTS,
        "summary has several lines; say it in one",
        broken(new Tried<>("tried", "Tries\nagain.", Options.class, parts)));
    assertBroken(
        Promise.NAME_AND_SUMMARY_ARE_FIT_FOR_LISTS,
        "summary gives null; nothing in the SPI is ever null: give a value",
        broken(new Tried<>("tried", null, Options.class, parts)));
  }

  @Test
  void servicesFile() {
    assertEquals(
        "META-INF/services/dev.bertctl.spi.TaskPlugin does not name"
            + " dev.bertctl.spi.testkit.ContractTest$Tried; add that line to the file in"
            + " src/main/resources",
        message(tried(), Promise.SERVICES_FILE_LISTS_THE_PLUGIN));
  }

  @Test
  void descriptions() {
    assertBroken(
        Promise.OPTIONS_ARE_DESCRIBED,
        "the option depth() of dev.bertctl.spi.testkit.ContractTest$Undescribed has no description;"
            + " annotate it with @Doc(\"...\")",
        broken(new Tried<>("tried", "Tries.", Undescribed.class, parts)));
  }

  @Test
  void options() {
    assertEquals(
        "the options {} do not bind to dev.bertctl.spi.testkit.ContractTest$Required: Configuration"
            + " validation failed:\n\tjava.util.NoSuchElementException: SRCFG00014: The config"
            + " property depth is required but it could not be found in any config source. Give an"
            + " option a @WithDefault, or the samples its value",
        message(
            new Tried<>("tried", "Tries.", Required.class, parts),
            Promise.OPTIONS_BIND_TO_THEIR_DEFAULTS));
  }

  @Test
  void labelsOfTheHead() {
    parts.head = new ClassifierHead(List.of("yes", "yes"));
    assertBroken(
        Promise.OPTIONS_BIND_TO_THEIR_DEFAULTS,
        "the head names a label twice: [yes, yes]; give every column of the logits its own",
        broken());
  }

  @Test
  void lengths() {
    packing(
        (example, packer) -> {
          Pieces text = packer.tokenize(example.first());
          int[] ids =
              Stream.of(new int[] {1}, text.ids(), new int[] {2})
                  .flatMapToInt(Arrays::stream)
                  .toArray();
          return new Sequence(ids, new int[ids.length], List.of(text), List.of(0));
        });
    assertBroken(
        Promise.SEQUENCES_FIT_THE_MAXIMUM,
        "memory:2: packing gives a sequence of 12 tokens where 8 are allowed; let Packer.single or"
            + " Packer.pair cut it, or split long texts with Window.over",
        broken());
  }

  @Test
  void noFeature() {
    parts.packing = (example, packer) -> List.of();
    assertEquals(
        "memory:1: packing gives nothing; every example needs a feature",
        message(tried(), Promise.SEQUENCES_FIT_THE_MAXIMUM));
  }

  @Test
  void targets() {
    labelTargets(label -> Target.of(label + 1));
    assertEquals(
        "memory:1: a target is 2; give 0 to 1, or Target.IGNORED",
        message(tried(), Promise.TARGETS_LIE_IN_RANGE));
  }

  @Test
  void formOfTheTargets() {
    labelTargets(label -> Target.of(1f));
    assertEquals(
        "memory:1: the target is Target.of(1.0), and the head trains towards 1 integer(s); give"
            + " Target.of with as many integers",
        message(tried(), Promise.TARGETS_LIE_IN_RANGE));
  }

  @Test
  void namesOfTheTargets() {
    parts.packing =
        (example, packer) ->
            List.of(
                Feature.of(packer.single(packer.tokenize(example.first())))
                    .with("label", target(example.label())));
    assertEquals(
        "memory:1: a target is called 'label', and the head's are [target]; give it one of their"
            + " names, or leave it out",
        message(tried(), Promise.TARGETS_LIE_IN_RANGE));
  }

  @Test
  void missingTarget() {
    parts.head = new TwoTargets("first", "second");
    parts.packing =
        (example, packer) ->
            List.of(
                Feature.of(packer.single(packer.tokenize(example.first())))
                    .with("first", target(example.label())));
    assertEquals(
        "memory:1: the target 'second' is Target.NONE, and the head trains towards 1 integer(s);"
            + " give Target.of with as many integers",
        message(tried(), Promise.TARGETS_LIE_IN_RANGE));
  }

  @Test
  void targetsOfTheSameName() {
    parts.head = new TwoTargets("first", "first");
    assertEquals(
        "two of the head's targets have the same name: [first, first]; give each its own with"
            + " TargetSpec.named",
        message(tried(), Promise.OPTIONS_BIND_TO_THEIR_DEFAULTS));
  }

  private record TwoTargets(String first, String second) implements Head {

    @Override
    public String architecture() {
      return "BertModel";
    }

    @Override
    public List<TargetSpec> targets() {
      return List.of(TargetSpec.label(2).named(first), TargetSpec.label(2).named(second));
    }

    @Override
    public HeadOutput build(HeadGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void positions() {
    parts.packing =
        (example, packer) ->
            List.of(
                Feature.of(packer.single(packer.tokenize(example.first())), target(example.label()))
                    .at(0, 3));
    assertBroken(
        Promise.TARGETS_LIE_IN_RANGE,
        "memory:1: a position is 3, and the feature has 1 sequence(s) of 3 tokens; give places in"
            + " the only sequence, from 0",
        broken(Promise.TARGETS_LIE_IN_RANGE));
  }

  @Test
  void drawsOfAGeneratorOfTheirOwn() {
    AtomicInteger id = new AtomicInteger();
    draws((feature, draw) -> feature.at(id.getAndIncrement() % 3));
    assertBroken(
        Promise.DRAWS_DEPEND_ON_THE_GENERATOR_ALONE,
        "memory:1: of a generator in the same state, drawing gives now ids [1, 11, 2], positions"
            + " [1], targets {target=Target.of(1)} and now ids [1, 11, 2], positions [2], targets"
            + " {target=Target.of(1)}; let it depend on Draw.random() alone",
        broken());
  }

  @Test
  void drawsThatChangeWhatWasPacked() {
    draws(
        (feature, draw) -> {
          feature.sequence().ids()[1] = draw.packer().vocabulary().id(SpecialToken.MASK);
          return feature;
        });
    assertBroken(
        Promise.DRAWS_DEPEND_ON_THE_GENERATOR_ALONE,
        "memory:1: drawing changes what was packed; change a copy of the ids, and give it with"
            + " Sequence.withIds",
        broken(Promise.DRAWS_DEPEND_ON_THE_GENERATOR_ALONE));
  }

  @Test
  void drawsThatAreTooLong() {
    draws((feature, draw) -> longer(feature, draw.packer().maxLength() + 1));
    assertEquals(
        "memory:1: drawing gives a sequence of 513 tokens where 512 are allowed; let Packer.single"
            + " or Packer.pair cut it, or split long texts with Window.over",
        message(tried(), Promise.SEQUENCES_FIT_THE_MAXIMUM));
  }

  private static Feature longer(Feature feature, int length) {
    Sequence sequence =
        new Sequence(
            new int[length], new int[length], feature.sequence().texts(), feature.sequence().cut());
    return new Feature(List.of(sequence), feature.positions(), feature.targets());
  }

  @Test
  void drawsOfMoreSequences() {
    draws(
        (feature, draw) ->
            Feature.of(List.of(feature.sequence(), feature.sequence()), feature.target()));
    assertBroken(
        Promise.SEQUENCES_FIT_THE_MAXIMUM,
        "memory:1: drawing gives a feature of 2 sequences, another number than packing; draw as"
            + " many as were packed",
        broken());
  }

  @Test
  void segments() {
    packing(
        (example, packer) -> {
          Sequence sequence = packer.single(packer.tokenize(example.first()));
          return new Sequence(sequence.ids(), new int[2], sequence.texts(), sequence.cut());
        });
    assertBroken(
        Promise.SEQUENCES_FIT_THE_MAXIMUM,
        "memory:1: packing gives a sequence of 3 tokens with 2 segments; give one for each",
        broken());
  }

  private void draws(BiFunction<Feature, Draw, Feature> drawing) {
    InputPacking<LabelledText> stock = parts.packing;
    parts.packing =
        new InputPacking<>() {

          @Override
          public List<Feature> pack(LabelledText example, Packer packer) {
            return stock.pack(example, packer);
          }

          @Override
          public Feature draw(Feature packed, Draw draw) {
            return drawing.apply(packed, draw);
          }
        };
  }

  @Test
  void trainedAndNotJudged() {
    parts.metric = null;
    assertBroken(
        Promise.OPTIONS_BIND_TO_THEIR_DEFAULTS,
        "the head is trained towards targets, and nothing judges the predictions; add scoredBy to"
            + " Task.of, or let Head.targets be empty",
        broken());
  }

  @Test
  void judgedAndNotTrained() {
    parts.head = new Untrained();
    assertEquals(
        "predictions are judged, and the head is not trained; name what it trains towards in"
            + " Head.targets, or leave scoredBy out",
        message(tried(), Promise.OPTIONS_BIND_TO_THEIR_DEFAULTS));
  }

  private record Untrained() implements Head {

    @Override
    public String architecture() {
      return "BertModel";
    }

    @Override
    public List<TargetSpec> targets() {
      return List.of();
    }

    @Override
    public HeadOutput build(HeadGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void outputsThatTheHeadDoesNotGive() {
    parts.decoder = (example, output) -> Classification.of(LABELS, output.feature().get("scores"));
    String message = message(tried(), Promise.PERFECT_LOGITS_SCORE_THE_BEST_VALUE);
    assertTrue(
        message.startsWith(
            "memory:1: the decoder, given logits of the form [1,2], fails with"
                + " java.lang.IllegalArgumentException: the head gives no output 'scores'; it gives"
                + " [logits] at "),
        message);
  }

  @Test
  void offsets() {
    packing((example, packer) -> packer.single(shifted(packer.tokenize(example.first()))));
    assertBroken(
        Promise.OFFSETS_MAP_BACK_TO_THE_SOURCE_TEXT,
        "memory:1: word pieces do not stand where their offsets say, in none of the texts [Ada,"
            + " Ada, yes]; take them as Packer.tokenize gives them, a part of them with"
            + " Pieces.slice",
        broken());
  }

  private static Pieces shifted(Pieces pieces) {
    return new Pieces(
        pieces.ids(),
        Arrays.stream(pieces.starts()).map(start -> start + 1).toArray(),
        Arrays.stream(pieces.ends()).map(end -> end + 1).toArray());
  }

  @Test
  void cuts() {
    packing(
        (example, packer) -> {
          Pieces text = packer.tokenize(example.first());
          return packer.single(text.slice(0, Math.min(text.size(), packer.maxLength() - 2)));
        });
    assertBroken(
        Promise.WHAT_IS_CUT_IS_COUNTED,
        "memory:2: the model does not see 4 word pieces, and 0 are counted as cut; let"
            + " Packer.single or Packer.pair cut, or count with Sequence.cutBefore what was cut"
            + " before",
        broken());
  }

  /** As in a paraphrase that changes nothing. */
  @Test
  void cutsOfEqualTexts() {
    packing(
        (example, packer) -> {
          Pieces text = packer.tokenize(example.first());
          return packer.pair(text, text, Truncation.LONGEST_FIRST);
        });
    assertEquals(Map.of(), broken());
  }

  @Test
  void perfectLogits() {
    parts.decoder =
        (example, output) ->
            new Classification(
                LABELS, example.first().equals("Ada") ? 0 : wins(output.logits()), List.of());
    assertEquals(
        "a model that knows the gold labels gets accuracy 0.6666666666666666, and not the best"
            + " value 1.0; let packing, decoder and metric agree on what is right, or name the"
            + " metric's best value with bestScore",
        message(tried(), Promise.PERFECT_LOGITS_SCORE_THE_BEST_VALUE));
  }

  private static int wins(Matrix logits) {
    return logits.at(0, 1) > logits.at(0, 0) ? 1 : 0;
  }

  @Test
  void wrongLogits() {
    parts.decoder =
        (example, output) -> new Classification(LABELS, example.label().orElse(0), List.of());
    assertBroken(
        Promise.WRONG_LOGITS_SCORE_LESS,
        "a model that avoids the gold labels gets accuracy 1.0, no worse than the best value 1.0;"
            + " let the decoder look at the logits and the metric at the predictions, and say with"
            + " higherIsBetter which way is up",
        broken());
  }

  @Test
  void readBack() {
    parts.predictions =
        (file, gold, skipped) ->
            gold.stream().map(example -> new Classification(LABELS, 1, List.of())).toList();
    assertBroken(
        Promise.PREDICTIONS_READ_BACK_SCORE_THE_SAME,
        "predictions score {accuracy=1.0, f1=1.0, precision=1.0, recall=1.0,"
            + " matthews_correlation=1.0, macro_f1=1.0, weighted_f1=1.0}, and"
            + " {accuracy=0.6666666666666666, f1=0.8, precision=0.6666666666666666, recall=1.0,"
            + " matthews_correlation=0.0, macro_f1=0.4, weighted_f1=0.5333333333333333} when they"
            + " are written and read back; let the prediction reader read what Prediction.fields"
            + " writes",
        broken());
  }

  @Test
  void readerOfPredictionsThatRefuses() {
    parts.predictions =
        (file, gold, skipped) ->
            file.rows()
                .map(
                    row ->
                        new Classification(LABELS, row.get(Column.named("x")).length(), List.of()))
                .toList();
    assertBroken(
        Promise.PREDICTIONS_READ_BACK_SCORE_THE_SAME,
        "the prediction reader, for a file of Prediction.fields, refuses: memory:1: no column 'x'"
            + " (there are: text, label, predicted, probabilities); correct the samples or options,"
            + " or what refuses them",
        broken());
  }

  @Test
  void missingLabels() {
    ExampleReader<LabelledText> stock = parts.reader;
    parts.reader = (file, purpose, skipped) -> stock.read(file, Purpose.EVALUATION, skipped);
    assertBroken(
        Promise.LABELS_MAY_BE_MISSING_FOR_PREDICTION,
        "the reader refuses: memory:1: no column 'label' (there are: text); correct the samples or"
            + " options, or what refuses them",
        broken());
  }

  @Test
  void targetsOfMissingLabels() {
    parts.packing =
        (example, packer) ->
            List.of(
                Feature.of(
                    packer.single(packer.tokenize(example.first())),
                    Target.of(example.label().orElse(0))));
    assertBroken(
        Promise.LABELS_MAY_BE_MISSING_FOR_PREDICTION,
        "memory:1: packing gives a target for an example without gold label; give Target.NONE",
        broken());
  }

  @Test
  void rowsLeftOutOfPrediction() {
    ExampleReader<LabelledText> stock = parts.reader;
    parts.reader =
        (file, purpose, skipped) ->
            stock.read(file, purpose, skipped).skip(purpose == Purpose.PREDICTION ? 1 : 0);
    assertBroken(
        Promise.LABELS_MAY_BE_MISSING_FOR_PREDICTION,
        "3 samples with gold labels give 2 examples when read for prediction; let every row give"
            + " one",
        broken());
  }

  @Test
  void tunedOptions() {
    parts.tuned = Map.of("threshold", 1);
    assertEquals(Map.of(), broken());
    parts.tuned = Map.of("threshold", 2);
    assertBroken(
        Promise.TUNED_OPTIONS_BIND_AND_DO_NO_HARM,
        "with the options {threshold=2}, which the tuner chose, a model that knows the gold labels"
            + " gets accuracy 0.3333333333333333; choose the options by the predictions that they"
            + " give",
        broken());
  }

  @Test
  void files() {
    parts.files = List.of(file("own.txt"), file("own.txt"));
    assertBroken(
        Promise.FILES_HAVE_NAMES_OF_THEIR_OWN,
        "two files have the same name: [own.txt, own.txt]; rename one",
        broken());
    assertEquals(
        "a file is called predictions.jsonl, as one of the host's is; rename it",
        assertThrows(IllegalArgumentException.class, () -> file("predictions.jsonl")).getMessage());
  }

  private static OutputFile<LabelledText, Classification> file(String name) {
    return OutputFile.text(name, (example, prediction, place) -> "\n");
  }

  @Test
  void tooFewSamples() {
    Samples two = () -> MemoryFile.rows(LABELLED.subList(0, 2));
    assertEquals(
        "the samples give 2 examples; give at least 3 with gold labels, not all the same",
        message(tried(), two, Promise.TARGETS_LIE_IN_RANGE));
  }

  @Test
  void samplesThatAreAllTheSame() {
    Samples same =
        () -> MemoryFile.rows(LABELLED.stream().map(row -> with(row, "label", "yes")).toList());
    assertEquals(
        "all samples have the same gold value; add one with another, or nothing is shown by them",
        message(tried(), same, Promise.PERFECT_LOGITS_SCORE_THE_BEST_VALUE));
  }

  private static Map<String, Object> with(Map<String, Object> row, String column, String value) {
    Map<String, Object> changed = new LinkedHashMap<>(row);
    changed.put(column, value);
    return changed;
  }

  /** The stock reader leaves rows without a gold label out, and counts them. */
  @Test
  void samplesMayHaveRowsThatAreLeftOut() {
    List<Map<String, Object>> rows = new ArrayList<>(LABELLED);
    rows.add(with(LABELLED.get(0), "label", ""));
    Samples more = () -> MemoryFile.rows(rows);
    new Contract<>(tried(), more).check(Promise.LABELS_MAY_BE_MISSING_FOR_PREDICTION);
  }

  @Test
  void aTruncationThatSparesWhatIsTooLongHasMoreRoom() {
    packing(
        (example, packer) ->
            packer.pair(
                packer.tokenize(example.first()), packer.tokenize("?"), Truncation.ONLY_SECOND));
    assertEquals(Map.of(), broken());
  }

  @Test
  void aFailureSaysWhere() {
    parts.decoder =
        (example, output) -> {
          throw new IllegalStateException("no idea");
        };
    String message = message(tried(), Promise.WRONG_LOGITS_SCORE_LESS);
    assertTrue(
        message.startsWith(
            "memory:1: the decoder, given logits of the form [1,2], fails with java.lang.IllegalStateException: no idea at"
                + " dev.bertctl.spi.testkit.ContractTest."),
        message);
  }

  @Test
  void everyPromiseHasItsTest() {
    assertEquals(
        Arrays.stream(Promise.values()).map(Promise::name).sorted().toList(),
        Arrays.stream(TaskPluginContract.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
            .sorted()
            .toList());
  }

  @Test
  void promisesAreShownInWords() {
    assertEquals("targets lie in range", Promise.TARGETS_LIE_IN_RANGE.toString());
  }

  private void packing(BiFunction<LabelledText, Packer, Sequence> sequence) {
    parts.packing =
        (example, packer) ->
            List.of(Feature.of(sequence.apply(example, packer), target(example.label())));
  }

  private static Target target(OptionalInt label) {
    return label.isPresent() ? Target.of(label.getAsInt()) : Target.NONE;
  }

  /** Packs as usual, with another target where there is a gold label. */
  private void labelTargets(IntFunction<Target> target) {
    parts.packing =
        (example, packer) ->
            List.of(
                Feature.of(
                    packer.single(packer.tokenize(example.first())),
                    example.label().isPresent()
                        ? target.apply(example.label().getAsInt())
                        : Target.NONE));
  }

  @Test
  void views() {
    parts.viewer =
        (example, prediction) ->
            ExampleView.of(
                    List.of(Passage.of("text", example.first())),
                    example.label().stream().mapToObj(LABELS::name).findFirst(),
                    LABELS.name(prediction.label()))
                .sure(prediction.probabilities().get(prediction.label()));
    assertEquals(Map.of(), broken());

    parts.viewer = (example, prediction) -> ExampleView.of(List.of(), Optional.empty(), "yes");
    assertBroken(
        Promise.VIEWS_SHOW_EVERY_EXAMPLE, "a view shows no text; give it the example's", broken());
    parts.viewer =
        (example, prediction) ->
            ExampleView.of(List.of(Passage.of(" ", "Go.")), Optional.empty(), "yes");
    assertBroken(
        Promise.VIEWS_SHOW_EVERY_EXAMPLE, "a text of a view has no name; say what it is", broken());
    parts.viewer =
        (example, prediction) ->
            ExampleView.of(List.of(Passage.of("text", "Go.")), Optional.empty(), "yes").sure(75);
    assertBroken(
        Promise.VIEWS_SHOW_EVERY_EXAMPLE,
        "a view has a probability that is not between 0 and 1: ExampleView[passages=[Passage"
            + "[name=text, text=MarkedText[text=Go., marks=[]]]], gold=Optional.empty,"
            + " predicted=yes, confidence=OptionalDouble[75.0], decisions=[]]",
        broken());
  }

  /** A gold label may be missing: the viewer is called for examples to predict for too. */
  @Test
  void viewsOfExamplesWithoutGold() {
    parts.viewer =
        (example, prediction) ->
            ExampleView.of(
                List.of(Passage.of("text", example.first())),
                Optional.of(LABELS.name(example.label().orElseThrow())),
                LABELS.name(prediction.label()));
    String broken = broken(Promise.VIEWS_SHOW_EVERY_EXAMPLE).get(Promise.VIEWS_SHOW_EVERY_EXAMPLE);
    assertTrue(
        broken.contains(
            ": the viewer fails with java.util.NoSuchElementException: No value present"),
        broken);
  }

  @Test
  void declaredFields() {
    parts.fields = PredictionField.OF_CLASSIFICATION;
    assertEquals(Map.of(), broken());

    parts.fields = List.of(PredictionField.text("predicted"));
    assertBroken(
        Promise.PREDICTIONS_HAVE_THE_DECLARED_FIELDS,
        "a prediction has the field 'probabilities', which the task does not declare; name it in"
            + " Task.predicting",
        broken());
    parts.fields =
        List.of(
            PredictionField.integer("predicted"),
            PredictionField.map("probabilities", Plain.NUMBER));
    assertBroken(
        Promise.PREDICTIONS_HAVE_THE_DECLARED_FIELDS,
        "the field 'predicted' of a prediction is yes, which is not of the declared type INTEGER;"
            + " declare another in Task.predicting",
        broken());
    parts.fields = List.of(PredictionField.text("predicted"), PredictionField.text("predicted"));
    assertBroken(
        Promise.PREDICTIONS_HAVE_THE_DECLARED_FIELDS,
        "two of the fields that the task declares have the same name; rename one",
        broken());
  }

  private TaskPlugin<?> tried() {
    return new Tried<>("tried", "Tries.", Options.class, parts);
  }

  private Map<Promise, String> broken() {
    return broken(tried());
  }

  /** What a plugin breaks of one promise, where others break with it. */
  private Map<Promise, String> broken(Promise promise) {
    Map<Promise, String> messages = broken();
    messages.keySet().retainAll(EnumSet.of(promise));
    return messages;
  }

  /** What a plugin breaks. No services file names the plugin here. */
  private static Map<Promise, String> broken(TaskPlugin<?> plugin) {
    Map<Promise, String> messages = new EnumMap<>(Promise.class);
    for (Promise promise :
        EnumSet.complementOf(EnumSet.of(Promise.SERVICES_FILE_LISTS_THE_PLUGIN))) {
      try {
        new Contract<>(plugin, new Both()).check(promise);
      } catch (BrokenPromise e) {
        messages.put(promise, e.getMessage());
      }
    }
    return messages;
  }

  private static void assertBroken(Promise promise, String message, Map<Promise, String> broken) {
    assertEquals(Map.of(promise, message), broken);
  }

  private static String message(TaskPlugin<?> plugin, Promise promise) {
    return message(plugin, new Both(), promise);
  }

  private static String message(TaskPlugin<?> plugin, Samples samples, Promise promise) {
    Contract<?> contract = new Contract<>(plugin, samples);
    return assertThrows(BrokenPromise.class, () -> contract.check(promise)).getMessage();
  }

  private static final List<Map<String, Object>> LABELLED =
      List.of(
          row("Ada", "yes"),
          row("one two six ten who was her cat red sky", "no"),
          row("Go.", "yes"));

  private static Map<String, Object> row(String text, String label) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("text", text);
    row.put("label", label);
    return row;
  }

  private record Both() implements Samples {

    @Override
    public DataFile labelled() {
      return MemoryFile.rows(LABELLED);
    }

    @Override
    public Optional<DataFile> unlabelled() {
      return Optional.of(
          MemoryFile.rows(LABELLED.stream().map(row -> Map.of("text", row.get("text"))).toList()));
    }
  }
}
