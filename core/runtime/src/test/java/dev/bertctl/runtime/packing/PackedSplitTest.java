// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackedSplitTest {

  private static final SequencePacker PACKER = new SequencePacker(new LetterTokenizer(), 8);
  private static final Head HEAD = new ClassifierHead(List.of("no", "yes"));

  /** A feature for each word. */
  private static final InputPacking<Sample> WORDS =
      (sample, packer) -> {
        List<Feature> features = new ArrayList<>();
        for (String word : sample.text().split(" ")) {
          features.add(Feature.of(packer.single(packer.tokenize(word)), Target.of(1)));
        }
        return features;
      };

  @Test
  void featuresKnowTheirExamples() throws InterruptedException {
    PackedSplit<Sample> split =
        PackedSplit.pack(Sample.samples("ab c", "def", "g h i"), WORDS, PACKER);
    assertEquals(3, split.examples().size());
    assertEquals(6, split.features().size());
    assertArrayEquals(new int[] {0, 0, 1, 2, 2, 2}, split.owners());
    assertEquals(5, split.features().get(2).sequence().length());
  }

  @Test
  void orderIsKeptOnAllCores() throws InterruptedException {
    List<Sample> samples =
        IntStream.range(0, 10_000).mapToObj(i -> Sample.of(i, Integer.toString(i))).toList();
    PackedSplit<Sample> split = PackedSplit.pack(samples, WORDS, PACKER);
    for (int i = 0; i < samples.size(); i++) {
      Sequence sequence = split.features().get(i).sequence();
      int[] letters = Arrays.copyOfRange(sequence.ids(), 1, sequence.length() - 1);
      assertEquals(Integer.toString(i), new String(letters, 0, letters.length));
      assertEquals(i, split.owners()[i]);
    }
  }

  @Test
  void whatIsCutIsCounted() throws InterruptedException {
    PackedSplit<Sample> split =
        PackedSplit.pack(Sample.samples("abcdefg", "ab", "abcdefghij abcdefgh"), WORDS, PACKER);
    assertEquals(new TruncationSummary(3, 2, 7, 28, 8, 12), split.truncation());
    assertEquals(
        "2 of 3 examples cut, 7 tokens lost; the longest sequence would need 12 tokens",
        split.truncation().toString());
  }

  @Test
  void nothingCut() throws InterruptedException {
    PackedSplit<Sample> split = PackedSplit.pack(Sample.samples("abc", "ab"), WORDS, PACKER);
    assertEquals("nothing cut; the longest sequence has 5 tokens", split.truncation().toString());
  }

  @Test
  void exampleThatDoesNotFitIsNamed() {
    InputPacking<Sample> onlyFirst =
        (sample, packer) -> {
          Sequence pair =
              packer.pair(
                  packer.tokenize("a"), packer.tokenize(sample.text()), Truncation.ONLY_FIRST);
          return List.of(Feature.of(pair, Target.NONE));
        };
    List<Sample> samples = new ArrayList<>();
    for (int line = 2; line < 1000; line++) {
      samples.add(Sample.of(line, line % 300 == 0 ? "uvwxyz" : "u"));
    }
    assertEquals(
        "train.csv:300: the second text has 6 word pieces, which leaves no room for the first in 8 tokens; raise 'max-length', or choose a 'truncation' that may cut the second text",
        assertThrows(DataException.class, () -> PackedSplit.pack(samples, onlyFirst, PACKER))
            .getMessage());
  }

  @Test
  void packingThatBreaksItsPromiseIsNamed() {
    String message =
        "train.csv:2: the task's packing must give one feature or more, each with sequences of at most 8 tokens";
    assertEquals(message, defect((sample, packer) -> List.of()));
    assertEquals(message, defect((sample, packer) -> List.of(Sample.feature(Target.NONE, 4, 9))));
    assertEquals(message, defect((sample, packer) -> List.of(Sample.feature(Target.NONE))));
  }

  private static String defect(InputPacking<Sample> packing) {
    return assertThrows(
            IllegalStateException.class,
            () -> PackedSplit.pack(Sample.samples("a"), packing, PACKER))
        .getMessage();
  }

  @Test
  void interruptEndsAllWork() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    InputPacking<Sample> slow =
        (sample, packer) -> {
          running.incrementAndGet();
          started.countDown();
          try {
            Thread.sleep(2);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          running.decrementAndGet();
          return WORDS.pack(sample, packer);
        };
    List<Sample> samples = IntStream.range(0, 100_000).mapToObj(i -> Sample.of(i, "a")).toList();
    AtomicInteger interrupted = new AtomicInteger();
    Thread thread =
        new Thread(
            () -> {
              try {
                PackedSplit.pack(samples, slow, PACKER);
              } catch (InterruptedException e) {
                interrupted.set(1 + running.get());
              }
            });
    thread.start();
    started.await();
    thread.interrupt();
    thread.join(10_000);
    assertEquals(1, interrupted.get(), "interrupted, and nothing was running");
  }

  @Test
  void targetsAreRequired() throws InterruptedException {
    assertDoesNotThrow(
        () -> PackedSplit.pack(Sample.samples("a", "b"), WORDS, PACKER).requireTargets(HEAD));
    PackedSplit<Sample> missing =
        PackedSplit.pack(Sample.samples("a", "b"), (s, p) -> target(s.text(), 1), PACKER);
    assertEquals(
        "train.csv:3: has no gold label; training and evaluation need one",
        assertThrows(DataException.class, () -> missing.requireTargets(HEAD)).getMessage());
    PackedSplit<Sample> wrong =
        PackedSplit.pack(Sample.samples("a", "a"), (s, p) -> target(s.text(), 2), PACKER);
    assertEquals(
        "train.csv:2: the task packed the target 2, which is not between 0 and 1, which its head cannot use",
        assertThrows(IllegalStateException.class, () -> wrong.requireTargets(HEAD)).getMessage());
    assertTrue(missing.features().get(1).target() instanceof Target.None);
  }

  private static List<Feature> target(String text, int label) {
    return List.of(Sample.feature(text.equals("a") ? Target.of(label) : Target.NONE, 3));
  }
}
