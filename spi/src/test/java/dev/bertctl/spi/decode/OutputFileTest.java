// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.OutputFile.Content;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {

  private static final LabelledText EXAMPLE =
      new LabelledText(
          new Location("memory", 1), Map.of(), "Go.", Optional.empty(), OptionalInt.empty());

  private static final Prediction PREDICTION = () -> Map.of("predicted", "yes");

  @Test
  void textHasAPartForEachExample() {
    OutputFile<LabelledText, Prediction> file =
        OutputFile.text(
            "own.tsv",
            "place\ttext\n",
            (example, prediction, place) -> place + "\t" + example.first() + "\n");
    Content.Text<LabelledText, Prediction> text =
        (Content.Text<LabelledText, Prediction>) file.content();
    assertEquals("place\ttext\n", text.header());
    assertEquals("3\tGo.\n", text.part().of(EXAMPLE, PREDICTION, 3));
  }

  @Test
  void textHasNoHeaderUnlessGiven() {
    OutputFile<LabelledText, Prediction> file =
        OutputFile.text("own.txt", (example, prediction, place) -> "\n");
    assertEquals("", ((Content.Text<LabelledText, Prediction>) file.content()).header());
  }

  @Test
  void jsonHasAnEntryForEachExample() {
    OutputFile<LabelledText, Prediction> file =
        OutputFile.json(
            "own.json", (example, prediction) -> Map.entry(example.first(), prediction.fields()));
    Content.Json<LabelledText, Prediction> json =
        (Content.Json<LabelledText, Prediction>) file.content();
    assertEquals(
        Map.entry("Go.", Map.of("predicted", "yes")), json.entry().apply(EXAMPLE, PREDICTION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b.txt", "..", "own", "", "o n.txt"})
  void namesArePlain(String name) {
    assertEquals(
        "not a plain file name: " + name,
        assertThrows(
                IllegalArgumentException.class,
                () -> OutputFile.text(name, (example, prediction, place) -> ""))
            .getMessage());
  }
}
