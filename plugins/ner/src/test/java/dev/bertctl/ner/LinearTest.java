// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Window;
import dev.bertctl.spi.testkit.MemoryFile;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twice the input takes about twice the work, which is counted and not timed. */
class LinearTest {

  private static final int SIZE = 4_000;

  /** Twice, and what does not depend on the size. */
  private static final double MOST = 2.2;

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", " \t", "x ", "x\t"})
  void charactersOfALineThatAreLookedAt(String part) {
    for (char separator : new char[] {' ', '\t'}) {
      assertLinear(
          n -> {
            CountingText line = new CountingText("word" + part.repeat(n) + "O");
            ConllRow.cells(line, separator);
            return line.looks();
          });
    }
  }

  @Test
  void wordsThatAreLookedAtForTheirPlaces() {
    assertLinear(
        n -> {
          List<String> letters = Collections.nCopies(n, "x");
          CountingList<Word> words = new CountingList<>(Word.joined(letters));
          Pieces all = new LetterPacker(n).tokenize(String.join(" ", letters));
          List<Pieces> windows =
              Window.over(n, 30, 15).stream()
                  .map(window -> all.slice(window.from(), window.to()))
                  .toList();
          assertTrue(WordPlace.of(words, windows).stream().allMatch(place -> place.isPresent()));
          return words.looks();
        });
  }

  @Test
  void wordsThatAreLookedAtForTheirEntities() {
    assertLinear(
        n -> {
          CountingList<Word> words = new CountingList<>(Word.joined(Collections.nCopies(n, "xx")));
          List<Span> spans =
              IntStream.range(0, n).mapToObj(i -> new Span("X", 3 * i, 3 * i + 1 + i % 2)).toList();
          Annotation annotation = Annotation.of(spans, words, TagScheme.IOB2);
          assertEquals(n / 2, annotation.loose().size());
          assertEquals(n / 2, annotation.looseWords(words).cardinality());
          return words.looks();
        });
  }

  @Test
  void whatReadingAndPackingAllocate() {
    assertLinear(LinearTest::allocatedForColumns);
    assertLinear(LinearTest::allocatedForText);
  }

  private static long allocatedForColumns(int n) {
    MemoryFile file = MemoryFile.conll(Collections.nCopies(n, "x\tB-PER").toArray(String[]::new));
    return allocated(file);
  }

  private static long allocatedForText(int n) {
    List<List<Object>> entities =
        IntStream.range(0, n).mapToObj(i -> List.<Object>of(2L * i, 2L * i + 1, "PER")).toList();
    return allocated(Reading.row(Map.of("text", "\uD83D\uDE00 ".repeat(n), "entities", entities)));
  }

  private static long allocated(MemoryFile file) {
    long before = MEMORY.getCurrentThreadAllocatedBytes();
    Sentence sentence = Reading.of(file, Purpose.TRAINING).only();
    new WordPacking(List.of("O", "B-PER"), 10, true).pack(sentence, new LetterPacker(32));
    return MEMORY.getCurrentThreadAllocatedBytes() - before;
  }

  private static void assertLinear(IntToLongFunction work) {
    work.applyAsLong(SIZE); // classes are loaded
    long small = work.applyAsLong(SIZE);
    long large = work.applyAsLong(2 * SIZE);
    assertTrue(large <= MOST * small, () -> small + " for the one, " + large + " for twice that");
  }

  /** Counts how often a character is looked at. */
  private static final class CountingText implements CharSequence {

    private final String text;
    private long looks;

    CountingText(String text) {
      this.text = text;
    }

    long looks() {
      return looks;
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
