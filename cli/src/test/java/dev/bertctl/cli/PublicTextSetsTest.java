// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.classification.RegressionPlugin;
import dev.bertctl.classification.TextClassificationPlugin;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in the form of public data sets, as they are distributed, with what is read of them. */
class PublicTextSetsTest {

  @TempDir private Path folder;

  private final List<String> skipped = new ArrayList<>();
  private List<String> labels = List.of();

  @Test
  void sst2() throws IOException {
    assertEquals(
        List.of("hide new secretions = 0", "that loves \" its characters = 1"),
        read(
            "train.tsv",
            "sentence\tlabel\nhide new secretions \t0\nthat loves \" its characters\t1\n"));
  }

  /** No header, four columns, the third most often empty. */
  @Test
  void cola() throws IOException {
    assertEquals(
        List.of("Our friends left. = 1", "They drank the. = 0"),
        read(
            "in_domain_train.tsv",
            "gj04\t1\t\tOur friends left.\ngj04\t0\t*\tThey drank the.\n",
            "data.header",
            "source,label,mark,sentence"));
  }

  @Test
  void qnli() throws IOException {
    assertEquals(
        List.of(
            "When did it open? | It opened in 1894. = entailment",
            "Who \"came\"? | It rained. = not_entailment"),
        read(
            "dev.tsv",
            """
            index\tquestion\tsentence\tlabel
            0\tWhen did it open?\tIt opened in 1894.\tentailment
            1\tWho "came"?\tIt rained.\tnot_entailment
            """));
  }

  @Test
  void rte() throws IOException {
    assertEquals(
        List.of("No weapons found. | Weapons found. = not_entailment", "A | B = entailment"),
        read(
            "train.tsv",
            """
            index\tsentence1\tsentence2\tlabel
            0\tNo weapons found.\tWeapons found.\tnot_entailment
            1\tA\tB\tentailment
            """));
  }

  /** The labels of single annotators stand beside the gold label. */
  @Test
  void mnli() throws IOException {
    assertEquals(
        List.of("It rains. | It is wet. = entailment", "It rains. | It is dry. = contradiction"),
        read(
            "dev_matched.tsv",
            """
            index\tpromptID\tpairID\tgenre\tsentence1_binary_parse\tsentence2_binary_parse\tsentence1_parse\tsentence2_parse\tsentence1\tsentence2\tlabel1\tlabel2\tgold_label
            0\t1\t1e\tfiction\t( It rains )\t( It )\t(ROOT)\t(ROOT)\tIt rains.\tIt is wet.\tneutral\tentailment\tentailment
            1\t1\t1c\tfiction\t( It rains )\t( It )\t(ROOT)\t(ROOT)\tIt rains.\tIt is dry.\tneutral\tcontradiction\tcontradiction
            2\t1\t1n\tfiction\t( It rains )\t( It )\t(ROOT)\t(ROOT)\tIt rains.\tIt is so.\tneutral\tcontradiction\t-
            """));
    assertEquals(List.of("dev_matched.tsv:4 no gold label"), skipped);
  }

  @Test
  void mrpc() throws IOException {
    assertEquals(
        List.of("He \"said\" so. | So he said. = 1", "He left. | She left. = 0"),
        read(
            "msr_paraphrase_train.txt",
            "\ufeffQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\n"
                + "1\t11\t12\tHe \"said\" so.\tSo he said.\n"
                + "0\t13\t14\tHe left.\tShe left.\n"));
  }

  /** No header; the classes are counted from 1. */
  @Test
  void agNews() throws IOException {
    String file =
        """
        "3","Oil rises","Prices rose again, a trader said."
        "1","Talks begin","Both sides, ""at last"", met."
        """;
    assertEquals(
        List.of(
            "Oil rises | Prices rose again, a trader said. = 3",
            "Talks begin | Both sides, \"at last\", met. = 1"),
        read("train.csv", file, "data.header", "label,title,description"));
    assertEquals(
        List.of("Oil rises = Business", "Talks begin = World"),
        read(
            "train.csv",
            file,
            "data.header",
            "label,title,description",
            "text-pair",
            "false",
            "label-synonyms.World",
            "1",
            "label-synonyms.Business",
            "3"));
  }

  /** Lines in ISO 8859-1 that begin with their label. */
  @Test
  void trec() throws IOException {
    String file = "DESC:manner How did serfdom develop ?\nHUM:ind Who was José ?\n";
    String[] settings = {"data.encoding", "ISO-8859-1", "line-labels", "trec-coarse"};
    assertEquals(
        List.of("How did serfdom develop ? = DESC", "Who was José ? = HUM"),
        read(
            write("train_5500.label", file, StandardCharsets.ISO_8859_1),
            Optional.of(DataFile.Format.TEXT),
            settings));
  }

  @Test
  void banking77() throws IOException {
    assertEquals(
        List.of("I am waiting, still? = card_arrival", "What is the rate? = exchange_rate"),
        read(
            "train.csv",
            "text,category\n\"I am waiting, still?\",card_arrival\nWhat is the rate?,exchange_rate\n"));
  }

  @Test
  void imdb() throws IOException {
    assertEquals(
        List.of("A wonderful film.<br /><br />Really, \"so\" good. = positive", "Dull. = negative"),
        read(
            "IMDB Dataset.csv",
            "review,sentiment\n\"A wonderful film.<br /><br />Really, \"\"so\"\" good.\",positive\nDull.,negative\n"));
  }

  /** A file a review, in a folder that says what it is. */
  @Test
  void imdbInFolders() throws IOException {
    Files.createDirectories(folder.resolve("train/neg"));
    Files.createDirectories(folder.resolve("train/pos"));
    write("train/neg/1_2.txt", "Dull.", StandardCharsets.UTF_8);
    write("train/pos/0_9.txt", "A wonderful film.<br />Really.", StandardCharsets.UTF_8);
    write("train/pos/1_10.txt", "I laughed.", StandardCharsets.UTF_8);
    assertEquals(
        List.of("Dull. = neg", "A wonderful film.<br />Really. = pos", "I laughed. = pos"),
        read(
            folder.resolve("train/*/*.txt"),
            Optional.of(DataFile.Format.TEXT),
            "line-labels",
            "folder"));
  }

  @Test
  void chnSentiCorp() throws IOException {
    List<String> expected = List.of("房间很干净,服务好。 = 1", "太吵了 = 0");
    assertEquals(
        expected, read("ChnSentiCorp_htl_all.csv", "label,review\n1,\"房间很干净,服务好。\"\n0,太吵了\n"));
    assertEquals(expected, read("train.tsv", "label\ttext_a\n1\t房间很干净,服务好。\n0\t太吵了\n"));
  }

  @Test
  void tnews() throws IOException {
    assertEquals(
        List.of("新学期开始了 = 108", "球队赢了 = 103"),
        read(
            "train.json",
            """
            {"label": "108", "label_desc": "news_edu", "sentence": "新学期开始了", "keywords": "学期"}
            {"label": "103", "label_desc": "news_sports", "sentence": "球队赢了", "keywords": ""}
            """));
  }

  /** A column for each label, -1 throughout where nobody has judged. */
  @Test
  void jigsaw() throws IOException {
    Path file =
        write(
            "train.csv",
            "id,comment_text,toxic,insult\na1,\"You, again!\",1,0\nb2,Thanks.,0,0\nc3,So?,-1,-1\n",
            StandardCharsets.UTF_8);
    List<? extends Example> examples =
        examples(
            new TextClassificationPlugin(),
            file,
            Optional.empty(),
            "multi-label",
            "true",
            "labels",
            "toxic,insult");
    assertEquals(2, examples.size());
    assertEquals("b2", examples.get(1).columns().get("id"));
    assertEquals(List.of("train.csv:4 no gold label"), skipped);
  }

  @Test
  void stsB() throws IOException {
    Path file =
        write(
            "train.tsv",
            """
            index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore
            0\tmain-captions\tMSRvid\t2012test\t0001\tnone\tnone\tA plane takes off.\tAn "air plane" takes off.\t5.000
            1\tmain-captions\tMSRvid\t2012test\t0004\tnone\tnone\tA man smokes.\tA man skates.\t0.500
            """,
            StandardCharsets.UTF_8);
    String first = examples(new RegressionPlugin(), file, Optional.empty()).get(0).toString();
    assertTrue(
        first.endsWith(
            "first=A plane takes off., second=Optional[An \"air plane\" takes off.], numbers=Optional[[5.0]]]"),
        first);
  }

  private List<String> read(String name, String content, String... settings) throws IOException {
    return read(write(name, content, StandardCharsets.UTF_8), Optional.empty(), settings);
  }

  private Path write(String name, String content, Charset charset) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(charset));
  }

  private List<String> read(Path file, Optional<DataFile.Format> format, String... settings) {
    TextClassificationPlugin plugin = new TextClassificationPlugin();
    return examples(plugin, file, format, settings).stream()
        .map(LabelledText.class::cast)
        .map(
            text ->
                text.first().strip()
                    + text.second().map(second -> " | " + second).orElse("")
                    + " = "
                    + labels.get(text.label().orElseThrow()))
        .toList();
  }

  /** As a run reads them: what is found in the data first, then the examples. */
  private <O> List<? extends Example> examples(
      TaskPlugin<O> plugin, Path file, Optional<DataFile.Format> format, String... settings) {
    Map<String, String> values = new HashMap<>(Map.of("model", "none"));
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    TaskConfig<O> config = AppConfig.of(values, "a test", plugin, List.of());
    DataFile data =
        DataFiles.open(
            List.of(file), format, plugin.usualFormat(), FileSettings.of(config.settings()));
    Task<?, ?> task =
        config.with(plugin.findOptions(config.options(), data), file.toString()).createTask();
    labels = task.head().labels();
    try (Stream<? extends Example> examples =
        task.reader()
            .read(
                data,
                Purpose.EVALUATION,
                (location, reason) ->
                    skipped.add((location + " " + reason).replace(folder + "/", "")))) {
      return examples.toList();
    }
  }
}
