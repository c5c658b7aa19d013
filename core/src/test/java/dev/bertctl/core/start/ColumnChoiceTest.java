// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnChoiceTest {

  private static final InputColumn TEXT = InputColumn.text(Column.named("text", "sentence"));
  private static final InputColumn PAIR = InputColumn.optionalText(Column.named("text-pair"));
  private static final InputColumn LABEL = InputColumn.label(Column.named("label"));
  private static final InputColumn SCORE = InputColumn.number(Column.named("score"));

  @TempDir private Path folder;

  private Map<String, ColumnChoice.Chosen> choose(
      String rows, Map<String, String> mapping, InputColumn... wanted) throws IOException {
    Path path = folder.resolve("rows.csv");
    Files.writeString(path, rows);
    DataFile file =
        DataFiles.open(List.of(path), Optional.empty(), Optional.empty(), FileSettings.DEFAULT);
    Map<String, ColumnChoice.Chosen> chosen = new LinkedHashMap<>();
    ColumnChoice.of(file.location(), TableFacts.of(file), mapping, List.of(wanted))
        .forEach((input, column) -> chosen.put(input.column().name(), column));
    return chosen;
  }

  private static final String REVIEWS =
      """
      id,comment,by,stars,title
      1,The room was clean and the bed was soft.,Ann,5,Good
      2,Nobody came when I rang the bell.,Bob,1,Never again
      3,A fair price for a small room.,Cem,3,Fair
      4,We had breakfast in the garden.,Dan,5,Lovely
      5,The shower was cold.,Eve,1,Cold
      6,It was as one would expect.,Flo,3,As expected
      """;

  @Test
  void theLongestTextsAndTheFewestValuesAreTakenWhereNoNameTells() throws IOException {
    assertEquals(
        Map.of(
            "text",
            new ColumnChoice.Chosen("comment", "the longest texts: 30 characters on average", true),
            "label",
            new ColumnChoice.Chosen("stars", "the fewest different values: 3", true)),
        choose(REVIEWS, Map.of(), TEXT, PAIR, LABEL));
  }

  @Test
  void namesComeBeforeWhatIsInTheColumns() throws IOException {
    Map<String, ColumnChoice.Chosen> chosen =
        choose(
            "Label,sentence,more\na,x,a long text\nb,y,another long text\na,z,the last one\n",
            Map.of(),
            TEXT,
            LABEL);

    assertEquals(new ColumnChoice.Chosen("sentence", "by its name", false), chosen.get("text"));
    assertEquals(
        new ColumnChoice.Chosen("Label", "by its name", true),
        chosen.get("label"),
        "of another case, it is to be mapped");
  }

  @Test
  void theUsersWordComesFirst() throws IOException {
    Map<String, ColumnChoice.Chosen> chosen = choose(REVIEWS, Map.of("text", "title"), TEXT, LABEL);

    assertEquals(
        new ColumnChoice.Chosen("title", "as data.columns says", false), chosen.get("text"));
  }

  @Test
  void twoTextsStandInTheOrderOfTheFile() throws IOException {
    Map<String, ColumnChoice.Chosen> chosen =
        choose(
            "n,left,right\n0,ab,abcdefgh\n1,cde,ijklmnop\n0,f,qrstuvwx\n1,ghi,yz\n",
            Map.of(),
            InputColumn.text(Column.named("premise")),
            InputColumn.text(Column.named("hypothesis")),
            LABEL);

    assertEquals("left", chosen.get("premise").name());
    assertEquals("right", chosen.get("hypothesis").name());
    assertEquals("n", chosen.get("label").name());
  }

  @Test
  void aNumberIsTheColumnOfMostDifferentNumbers() throws IOException {
    Map<String, ColumnChoice.Chosen> chosen =
        choose(
            "genre,rating,sentence\n1,2.5,This one is good\n1,3.75,So is this\n2,-1e-1,Not this\n",
            Map.of(),
            TEXT,
            SCORE);

    assertEquals("rating", chosen.get("score").name());
  }

  @Test
  void whatIsNotThereIsSaidWithTheColumnsThereAre() {
    String problem =
        assertThrows(
                DataException.class,
                () -> choose("id,comment\n1,A text.\n2,Another.\n", Map.of(), TEXT, LABEL))
            .getMessage();

    assertTrue(
        problem.endsWith(
            "no column looks like 'label', which would hold few values, each more than once;"
                + " name it with --set data.columns.label=COLUMN, one of: id, comment"),
        problem);
  }

  @Test
  void chineseTextsAreKnownByTheirCharacters() throws IOException {
    Path path = folder.resolve("titles.csv");
    Files.writeString(path, "title,label\n今天天气很好,0\n他去了 Beijing 大学,1\n");
    TableFacts table =
        TableFacts.of(
            DataFiles.open(
                List.of(path), Optional.empty(), Optional.empty(), FileSettings.DEFAULT));

    assertTrue(table.isChinese(List.of("title")));
    assertEquals(false, table.isChinese(List.of("label")));
  }
}
