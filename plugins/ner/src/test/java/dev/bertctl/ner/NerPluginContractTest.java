// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The contract, for each form of data. */
class NerPluginContractTest {

  private abstract static class Contract extends TaskPluginContract<NerOptions> {

    @Override
    protected TaskPlugin<NerOptions> plugin() {
      return new NerPlugin();
    }
  }

  @Nested
  class Columns extends Contract {

    @Override
    protected DataFile labelled() {
      return MemoryFile.conll(
          "-DOCSTART- -X- O",
          "",
          "Anna N B-PER",
          "Bartholomew N I-PER",
          "left V O",
          "😀 X O",
          "Constantinople N B-LOC",
          "yesterday N O",
          "",
          "Nobody N O",
          "",
          "# X O",
          "Ada N B-PER");
    }

    @Override
    protected DataFile unlabelled() {
      return MemoryFile.conll(
          "Anna",
          "Bartholomew",
          "left",
          "😀",
          "Constantinople",
          "yesterday",
          "",
          "Nobody",
          "",
          "#",
          "Ada");
    }
  }

  /** With the options that are off by default. */
  @Nested
  class AllOptions extends Columns {

    @Override
    protected Map<String, String> options() {
      return Map.of(
          "scheme", "bioes",
          "label-all-pieces", "true",
          "aggregation", "average",
          "overlap", "2");
    }
  }

  @Nested
  class Words extends Contract {

    @Override
    protected DataFile labelled() {
      return MemoryFile.rows(
          List.of(
              Map.of(
                  "words", List.of("Ann", "of", "Bartholomew", "Fair", "sang", "𝄞", "."),
                  "tags", List.of("S-PER", "O", "B-LOC", "E-LOC", "O", "O", "O")),
              Map.of("tokens", List.of("New York"), "ner_tags", List.of("S-LOC")),
              Map.of("words", List.of("nothing", ""), "tags", List.of("O", "O"))));
    }

    @Override
    protected DataFile unlabelled() {
      return MemoryFile.rows(
          List.of(
              Map.of("words", List.of("Ann", "of", "Bartholomew", "Fair", "sang", "𝄞", ".")),
              Map.of("tokens", List.of("New York")),
              Map.of("words", List.of("nothing", ""))));
    }
  }

  @Nested
  class Texts extends Contract {

    @Override
    protected DataFile labelled() {
      return MemoryFile.rows(
          List.of(
              Map.of(
                  "text",
                  "😀 Zoë Müller-Lüdenscheid (Köln)",
                  "entities",
                  List.of(
                      Map.of("start", 2L, "end", 24L, "type", "PER"),
                      Map.of("start", 26L, "end", 30L, "label", "LOC"))),
              Map.of("text", "Nobody at all.", "entities", List.of()),
              Map.of("text", "東 京 へ", "spans", List.of(List.of(0L, 3L, "LOC")))));
    }

    @Override
    protected DataFile unlabelled() {
      return MemoryFile.rows(
          List.of(
              Map.of("text", "😀 Zoë Müller-Lüdenscheid (Köln)"),
              Map.of("text", "Nobody at all."),
              Map.of("text", "東 京 へ")));
    }
  }
}
