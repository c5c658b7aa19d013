// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packing, encodings, line ends: in every format, to train on and to predict for. */
class FileFormsTest {

  private static final List<String> NAMES = List.copyOf(DataCase.FORMS.keySet());

  @TempDir private Path folder;

  @ParameterizedTest
  @FieldSource("NAMES")
  void plainFilesAreRead(String name) throws IOException {
    assertEquals(DataCase.READ, DataCase.pairs(DataCase.open(write(name))));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void otherLineEndsAreRead(String name) throws IOException {
    for (String end : List.of("\r\n", "\r", "\u0085", "\u2028")) {
      // White space of JSON is of four characters only; a row a line needs none.
      if (!name.equals("pairs.json") || end.startsWith("\r")) {
        Path file = DataCase.write(folder.resolve(name), text(name).replace("\n", end));
        assertEquals(DataCase.READ, DataCase.pairs(DataCase.open(file)), name + " with " + end);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pairs.csv", "pairs.tsv", "pairs.jsonl"})
  void linesAreCountedByWhateverEndsThem(String name) throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      Path file =
          DataCase.write(
              folder.resolve(name),
              text(name).replace("\"no\"", "\"x\"").replace("no\n", "x\n").replace("\n", end));
      long line = name.endsWith("jsonl") ? 2 : 3;
      DataException e =
          assertThrows(
              DataException.class, () -> DataCase.read(DataCase.open(file), Purpose.EVALUATION));
      assertEquals(file + ":" + line, e.getMessage().split(": ")[0]);
    }
  }

  @Test
  void linesOfTextEndInOneWay() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r", "\u0085")) {
      Path file =
          DataCase.write(
              folder.resolve("a.conll"), "EU B-ORG\ncalls O\n\nx O\n".replace("\n", end));
      try (Stream<Line> lines = DataCase.open(file).lines()) {
        assertEquals(List.of("EU B-ORG", "calls O", "", "x O"), lines.map(Line::text).toList());
      }
      try (Stream<Line> lines = DataCase.open(file).lines()) {
        assertEquals(List.of(1L, 2L, 3L, 4L), lines.map(line -> line.location().line()).toList());
      }
    }
  }

  /** Where LF ends the lines, a lone CR is a character of a text. */
  @Test
  void theEndsOfLongFilesAreToldByTheirBeginning() throws IOException {
    String filler = "x".repeat(70_000);
    Path mac = DataCase.write(folder.resolve("mac.conll"), filler + "\ra\r\r" + filler + "\r\nb");
    try (Stream<Line> lines = DataCase.open(mac).lines()) {
      assertEquals(List.of(filler, "a", "", filler, "b"), lines.map(Line::text).toList());
    }
    Path unix = DataCase.write(folder.resolve("unix.conll"), "a\rb\n" + filler + "\r" + "c\n");
    try (Stream<Line> lines = DataCase.open(unix).lines()) {
      assertEquals(List.of("a\rb", filler + "\rc"), lines.map(Line::text).toList());
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void byteOrderMarksTellTheEncoding(String name) throws IOException {
    for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      for (String marks : List.of("\uFEFF", "\uFEFF\uFEFF")) {
        Path file =
            DataCase.write(folder.resolve(name), marks + text(name), Charset.forName(charset));
        assertEquals(DataCase.READ, DataCase.pairs(DataCase.open(file)), name + " in " + charset);
        // The mark knows better than the setting.
        DataFile set = DataCase.open(file, DataCase.in("windows-1252"));
        assertEquals(DataCase.READ, DataCase.pairs(set));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void anEncodingCanBeSet(String name) throws IOException {
    Path file = DataCase.write(folder.resolve(name), text(name), StandardCharsets.ISO_8859_1);
    assertEquals(DataCase.READ, DataCase.pairs(DataCase.open(file, DataCase.in("windows-1252"))));
    DataException e =
        assertThrows(
            DataException.class,
            () -> DataCase.pairs(DataCase.open(file, DataCase.in("US-ASCII"))));
    assertEquals(true, e.getMessage().contains("is not US-ASCII"), e.getMessage());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void packedFilesAreReadWhateverTheirNames(String name) throws IOException {
    byte[] text = text(name).getBytes(StandardCharsets.UTF_8);
    for (String packed : List.of(name, name + ".gz", name + ".zip")) {
      Files.write(folder.resolve(packed), gzip(text));
      assertEquals(DataCase.READ, DataCase.pairs(DataCase.open(folder.resolve(packed))), packed);
      zip(folder.resolve(packed), Map.of("inner.bin", text, "__MACOSX/._inner", text));
      assertEquals(DataCase.READ, DataCase.pairs(DataCase.open(folder.resolve(packed))), packed);
    }
    zip(folder.resolve("data.zip"), Map.of("deeper/" + name, text));
    assertEquals(DataCase.READ, DataCase.pairs(DataCase.open(folder.resolve("data.zip"))));
  }

  /** Two members, as {@code cat a.gz b.gz} makes them. */
  @Test
  void joinedGzipFilesAreReadToTheirEnd() throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(gzip("premise,hypothesis,label\na,b,yes\n".getBytes(StandardCharsets.UTF_8)));
    joined.writeBytes(gzip("c,d,no\n".getBytes(StandardCharsets.UTF_8)));
    Path file = Files.write(folder.resolve("a.csv.gz"), joined.toByteArray());
    assertEquals(List.of("a|b", "c|d"), DataCase.pairs(DataCase.open(file)));
  }

  @Test
  void whatUnpacksToMoreThanMemoryHoldsIsRefused() throws IOException {
    Path file = folder.resolve("bomb.jsonl");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"premise\": \"".getBytes(StandardCharsets.UTF_8));
      byte[] filler = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 300; i++) {
        out.write(filler);
      }
    }
    assertEquals(true, Files.size(file) < 100_000, "a small file");
    assertProblem(
        "bomb.jsonl:1: more than 16,777,216 characters in one record from here; is a closing quote"
            + " or a line end missing, or is the file of another format?",
        "bomb.jsonl");
  }

  @Test
  void otherArchivesAreNamed() throws IOException {
    byte[] text = text("pairs.csv").getBytes(StandardCharsets.UTF_8);
    zip(folder.resolve("a.csv"), Map.of("x.csv", text, "y.csv", text));
    assertEquals(
        true,
        problem("a.csv")
            .matches(
                "a.csv: is a zip of 2 files \\([xy].csv, [xy].csv\\); one of a single file is read."
                    + " Unpack it and name the file in it"));
    zip(folder.resolve("b.csv"), Map.of("[Content_Types].xml", text, "xl/workbook.xml", text));
    assertProblem(
        "b.csv: is an Office document (such as .xlsx), which is not read. Save it as \"CSV UTF-8\"",
        "b.csv");
    Files.write(folder.resolve("c.csv"), gzip(gzip(text)));
    assertProblem("c.csv: is packed twice. Unpack it once", "c.csv");
    byte[] whole = gzip("premise,hypothesis\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("d.csv"), Arrays.copyOf(whole, whole.length / 2));
    assertProblem(
        "d.csv: cannot be read to its end (Unexpected end of ZLIB input stream); it is damaged, cut"
            + " off or encrypted",
        "d.csv");
  }

  @Test
  void filesThatAreNoTextAreNamed() throws IOException {
    Map<String, String> kinds =
        Map.of(
            "377abcaf271c0004",
                "a 7z archive, which is not read. Unpack it and name the file in it",
            "80049507",
                "a Python pickle, which is not read. Write its rows as csv or JSON lines first",
            "53514c69746520666f726d6174203300",
                "an SQLite database, which is not read. Write its rows as csv or JSON lines first",
            "255044462d312e37", "a PDF document, which is not read. Take its text out first",
            "d0cf11e0a1b11ae1",
                "an Office document (such as .xls), which is not read. Save it as \"CSV UTF-8\"");
    for (Map.Entry<String, String> kind : kinds.entrySet()) {
      byte[] head = HexFormat.of().parseHex(kind.getKey());
      byte[] content = Arrays.copyOf(head, 600);
      for (String name : NAMES) {
        Files.write(folder.resolve(name), content);
        assertProblem(name + ": is " + kind.getValue(), name);
        Files.write(folder.resolve(name), gzip(content));
        assertProblem(name + ": is " + kind.getValue(), name);
      }
    }
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    Files.write(folder.resolve("a.csv.gz"), gzip(tar));
    assertProblem("a.csv.gz: is a tar archive. Unpack it and name the file in it", "a.csv.gz");
    DataCase.write(
        folder.resolve("a.csv"), "version https://git-lfs.github.com/spec/v1\noid sha256:1\n");
    assertProblem(
        "a.csv: is the pointer that Git LFS leaves instead of a file, which is not read. Fetch the"
            + " file: git lfs pull",
        "a.csv");
    // Texts may begin so.
    DataCase.write(folder.resolve("a.csv"), "PAR1,premise,hypothesis,label\nBZh,a,b,yes\n");
    assertEquals(List.of("a|b"), DataCase.pairs(DataCase.open(folder.resolve("a.csv"))));
  }

  @Test
  void theEncodingOfAFileWithoutMarkIsNamed() throws IOException {
    for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
      for (String name : NAMES) {
        DataCase.write(folder.resolve(name), text(name), Charset.forName(charset));
        String problem = problem(name);
        assertEquals(
            "%s: is most likely in %s, without its byte-order mark: set data.encoding=%s"
                .formatted(name, charset, charset),
            problem);
        assertEquals(
            DataCase.READ,
            DataCase.pairs(DataCase.open(folder.resolve(name), DataCase.in(advised(problem)))));
      }
    }
  }

  /** What the message advises is done, and gives the text as it was written. */
  @Test
  void theAdviceOnBadBytesIsRight() throws IOException {
    Map<String, String> texts =
        Map.of(
            "GBK", "今天天气很好。我们一起去公园散步。这个句子是用来测试编码的。",
            "Shift_JIS", "これは日本語の文章です。今日はとても良い天気ですね。",
            "EUC-KR", "오늘은 날씨가 매우 좋습니다. 우리는 공원에서 산책을 합니다.",
            "windows-1251", "Сегодня очень хорошая погода и мы идём гулять в парк.",
            "windows-1252", "Déjà vu: l'été à Besançon où naquit Victor Hugo.");
    for (Map.Entry<String, String> text : texts.entrySet()) {
      for (String name : NAMES) {
        String content = text(name).replace("Über uns", text.getValue()).replace("Größe", "c");
        DataCase.write(folder.resolve(name), content, Charset.forName(text.getKey()));
        String problem = problem(name);
        DataFile advised = DataCase.open(folder.resolve(name), DataCase.in(advised(problem)));
        assertEquals(text.getValue() + "|c", DataCase.pairs(advised).get(0), problem);
      }
    }
  }

  @Test
  void aBadByteInATextThatIsUtf8IsDamage() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "premise,hypothesis,label\nñandú,übergroß,yes\n".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes("caf\u00e9,b,no\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(folder.resolve("a.csv"), bytes.toByteArray());
    assertProblem(
        "a.csv:3: byte 0xE9 at offset 51 is not UTF-8; the text before it is, so the file is damaged"
            + " there or has pieces in another encoding; correct the line",
        "a.csv");
  }

  @Test
  void jsonTellsRowsFromDocuments() throws IOException {
    Map<String, Format> texts =
        Map.of(
            "{\"data\": [{\"a\": 1}]}", Format.JSON,
            "{\n \"a\": {\n\"b\": 1}\n}\n", Format.JSON,
            "[{\"a\": 1}]", Format.JSONL,
            "\n\n [\n{\"a\": 1}]", Format.JSONL,
            "{\"a\": 1}\n\n{\"a\": 2}\n", Format.JSONL,
            "{\"a\": 1}\n", Format.JSON);
    for (Map.Entry<String, Format> text : texts.entrySet()) {
      Path file = DataCase.write(folder.resolve("a.json"), text.getKey());
      assertEquals(text.getValue(), DataCase.open(file).format(), text.getKey());
    }
    // As rows it is read in any case.
    Path one = DataCase.write(folder.resolve("one.json"), "{\n\"a\": 1,\n\"b\": {}}");
    assertEquals(1, DataCase.open(one).rows().count());
    Path two = DataCase.write(folder.resolve("two.json"), "{\n\"a\": 1}\n\n{\"a\": 2}");
    assertEquals(
        List.of(1L, 4L), DataCase.open(two).rows().map(row -> row.location().line()).toList());
    DataCase.write(folder.resolve("c.json"), "[]");
    assertProblem("c.json: the file's array is empty", "c.json");
    DataCase.write(
        folder.resolve("c.json"),
        "[{\"premise\": \"a\", \"hypothesis\": \"b\", \"label\": \"yes\"}]\n{}");
    assertProblem("c.json:2: more follows after the array; remove it", "c.json");
    DataCase.write(
        folder.resolve("c.json"),
        "[{\"premise\": \"a\", \"hypothesis\": \"b\", \"label\": \"yes\"},\n{\"a\" 2}]");
    assertProblem(
        "c.json:2: malformed JSON at column 6: Unexpected character ('2' (code 50)): was expecting a"
            + " colon to separate field name and value",
        "c.json");
  }

  @Test
  void aNamedPipeIsReadAsOftenAsNeeded() throws Exception {
    for (String name : List.of("pipe.csv", "pipe.csv.gz")) {
      Path pipe = folder.resolve(name);
      assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
      byte[] rows =
          ("premise,hypothesis,label\n" + "Über uns,Größe,yes\n".repeat(20_000))
              .getBytes(StandardCharsets.UTF_8);
      Thread writer =
          new Thread(
              () -> {
                try (OutputStream out = Files.newOutputStream(pipe)) {
                  out.write(name.endsWith("gz") ? gzip(rows) : rows);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.start();
      // Its format is told, and who wants but a part of it hinders nobody.
      try (Stream<?> some = DataCase.open(pipe).rows()) {
        assertEquals(3, some.limit(3).count());
      }
      List<LabelledText> all = DataCase.read(DataCase.open(pipe), Purpose.EVALUATION);
      assertEquals(20_000, all.size());
      assertEquals(20_000, DataCase.read(DataCase.open(pipe), Purpose.PREDICTION).size());
      writer.join();
    }
  }

  @Test
  void devicesAreRefusedBeforeTheyAreOpened() {
    DataException e =
        assertThrows(
            DataException.class,
            () ->
                DataFiles.open(
                    List.of(Path.of("/dev/zero")),
                    Optional.of(Format.CSV),
                    Optional.empty(),
                    FileSettings.DEFAULT));
    assertEquals("/dev/zero: is a device or socket; name a file or a pipe", e.getMessage());
  }

  private static String advised(String problem) {
    return problem.replaceFirst("(?s).*data\\.encoding=", "");
  }

  private static String text(String name) {
    return DataCase.FORMS.get(name);
  }

  private Path write(String name) throws IOException {
    return DataCase.write(folder.resolve(name), text(name));
  }

  private String problem(String name) {
    DataException e =
        assertThrows(
            DataException.class,
            () -> DataCase.read(DataCase.open(folder.resolve(name)), Purpose.EVALUATION));
    return e.getMessage().replace(folder + "/", "");
  }

  private void assertProblem(String expected, String name) {
    assertEquals(expected, problem(name));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static void zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
  }
}
