// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Twice the input takes about twice the work. It is counted, not timed: what is allocated, and
 * which characters a parser looks at.
 */
class LinearReadingTest {

  /** Twice, and what is allocated once for a file. */
  private static final double MOST = 2.5;

  private static final int SIZE = 40_000;

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  /** Inputs whose size is a number of repeated pieces. */
  enum Input {
    CSV_ROWS("a.csv", n -> "a,b\n" + "x,\"y \"\"z\"\"\"\n".repeat(n)),
    CSV_LINES_IN_A_CELL("a.csv", n -> "a,b\nx,\"" + "y\n".repeat(n) + "\"\n"),
    CSV_BLANK_LINES("a.csv", n -> "a,b\nx,y\n" + "\n".repeat(n) + "x,y\n"),
    TSV_ROWS("a.tsv", n -> "a\tb\n" + "x\ty\n".repeat(n)),
    TSV_OF_MACS("a.tsv", n -> "a\tb\r" + "x\ty\r".repeat(n)),
    TSV_SPACES("a.tsv", n -> "a\tb\nx\t" + " ".repeat(n) + "\n"),
    TSV_QUOTES("a.tsv", n -> "a\tb\nx\t\"y\"\"\"\n" + "x\t\"y\tz\"\n".repeat(n)),
    TSV_QUOTES_THAT_TELL_NOTHING("a.tsv", n -> "a\tb\n" + "x\t\"y\"\n".repeat(n)),
    TSV_QUOTES_WITHOUT_END("a.tsv", n -> "a\tb\n" + "x\t\"y\n".repeat(n)),
    TSV_QUOTES_OF_ROWS_TOGETHER("a.tsv", n -> "a\tb\n" + "\"x\ty\ny\"\tz\n".repeat(n)),
    TSV_QUOTES_OF_ROWS_CUT_OFF("a.tsv", n -> "a\tb\nx\ty\"\n" + "\"x\n".repeat(n) + "x\ty\n"),
    TSV_LINES_IN_A_CELL("a.tsv", n -> "a\tb\nx\t\"y\"\"\"\n" + "\"" + "y\n".repeat(n) + "\"\tz\n"),
    JSONL_ROWS("a.jsonl", n -> "{\"a\": 1}\n".repeat(n)),
    JSONL_LIST("a.jsonl", n -> "{\"a\": [" + "1,".repeat(n) + "1]}\n"),
    JSON_ARRAY("a.json", n -> "[" + "{\"a\": 1},\n".repeat(n) + "{\"a\": 1}]"),
    TEXT_LINES("a.conll", n -> "x O\n".repeat(n)),
    TEXT_SPACES("a.conll", n -> "x" + " ".repeat(n) + "O\n"),
    TEXT_MARKS("a.conll", n -> "x" + "\u200B".repeat(n) + "O" + "\u200B".repeat(n) + "\n");

    private final String name;
    private final IntFunction<String> text;

    Input(String name, IntFunction<String> text) {
      this.name = name;
      this.text = text;
    }
  }

  @ParameterizedTest
  @EnumSource
  void twiceTheInputAllocatesTwiceAsMuch(Input input) throws IOException {
    Path one = DataCase.write(folder.resolve("one-" + input.name), input.text.apply(SIZE));
    Path two = DataCase.write(folder.resolve("two-" + input.name), input.text.apply(2 * SIZE));
    assertGrowth(one, two);
  }

  @Test
  void unpackingTakesNoMore() throws IOException {
    assertGrowth(gzip("one.csv.gz", SIZE), gzip("two.csv.gz", 2 * SIZE));
  }

  private Path gzip(String name, int rows) throws IOException {
    Path file = folder.resolve(name);
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(Input.CSV_ROWS.text.apply(rows).getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static void assertGrowth(Path one, Path two) {
    allocated(one); // classes are loaded
    long small = allocated(one);
    long large = allocated(two);
    assertTrue(
        large < MOST * small,
        () -> "%s allocates %,d bytes, %s %,d".formatted(one, small, two, large));
  }

  private static long allocated(Path path) {
    long before = MEMORY.getCurrentThreadAllocatedBytes();
    DataFile file = DataCase.open(path);
    try (Stream<?> all = file.format() == Format.CONLL ? file.lines() : file.rows()) {
      assertTrue(all.count() > 0);
    }
    return MEMORY.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void eachCharacterOfAQuotedRecordIsLookedAtOnce() {
    String line = "\"a \"\"b\"\"\"\t" + "\"c\td\"\tplain \"x\" \t\t".repeat(1000) + "\"open";
    CountedText counted = new CountedText(line);
    QuotedCells cells = new QuotedCells();
    assertEquals(QuotedCells.State.OPEN, cells.add(counted));
    assertEquals(QuotedCells.State.COMPLETE, cells.add(new CountedText("end\"")));
    assertEquals(1 + 4 * 1000 - 1000 + 1, cells.values().size());
    // A quote is looked at for what it ends, and the next one to see whether it is doubled.
    assertTrue(counted.looks <= 4L * line.length(), counted.looks + " looks");
  }

  /** Counts how often a character is looked at. */
  private static final class CountedText implements CharSequence {

    private final String text;
    private long looks;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      looks += end - start;
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
