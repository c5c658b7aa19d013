// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
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

class ExamplePackerTest {

  private static final SequencePacker PACKER = new SequencePacker(new LetterTokenizer(), 8, 2);

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
    PackedExamples<Sample> packed = pack(WORDS, Sample.samples("ab c", "def", "g h i"));
    assertEquals(3, packed.examples().size());
    assertEquals(6, packed.features().size());
    assertArrayEquals(new int[] {0, 0, 1, 2, 2, 2}, packed.places());
    assertEquals(List.of(2, 1, 3), packed.perExample().stream().map(List::size).toList());
    assertEquals(6, packed.size());
    assertEquals(packed.features().get(2), packed.get(2));
    assertEquals(1, packed.example(2));
    assertEquals(5, packed.length(2));
    assertEquals(1, packed.sequences(2));
    assertEquals(5, packed.features().get(2).sequence().length());
  }

  @Test
  void orderIsKeptOnAllCores() throws InterruptedException {
    List<Sample> samples =
        IntStream.range(0, 10_000).mapToObj(i -> Sample.of(i, Integer.toString(i))).toList();
    PackedExamples<Sample> packed = pack(WORDS, samples);
    for (int i = 0; i < samples.size(); i++) {
      Sequence sequence = packed.features().get(i).sequence();
      int[] letters = Arrays.copyOfRange(sequence.ids(), 1, sequence.length() - 1);
      assertEquals(Integer.toString(i), new String(letters, 0, letters.length));
      assertEquals(i, packed.example(i));
    }
  }

  @Test
  void whatIsCutIsCounted() throws InterruptedException {
    PackedExamples<Sample> packed =
        pack(WORDS, Sample.samples("abcdefg", "ab", "abcdefghij abcdefgh"));
    assertEquals(new TruncationSummary(3, 4, 2, 7, 28, 8, 12), truncation(packed));
    assertEquals(
        "2 of 3 examples cut, 7 tokens lost; the longest sequence would need 12 tokens",
        truncation(packed).toString());
  }

  @Test
  void nothingCut() throws InterruptedException {
    PackedExamples<Sample> packed = pack(WORDS, Sample.samples("abc", "ab"));
    assertEquals("nothing cut; the longest sequence has 5 tokens", truncation(packed).toString());
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
        assertThrows(DataException.class, () -> pack(onlyFirst, samples)).getMessage());
  }

  @Test
  void packingThatBreaksItsPromiseIsNamed() {
    String message =
        "train.csv:2: the task's packing must give features with sequences of at most 8 tokens";
    assertEquals(message, defect((sample, packer) -> List.of(Sample.feature(Target.NONE, 4, 9))));
    assertEquals(message, defect((sample, packer) -> List.of(Sample.feature(Target.NONE))));
  }

  /** Nothing to learn from is no defect; no answer is one. */
  @Test
  void examplesWithoutFeatures() throws InterruptedException {
    InputPacking<Sample> none = (sample, packer) -> List.of();
    assertEquals(0, pack(none, Sample.samples("a", "b")).size());
    ExamplePacker<Sample> packer = new ExamplePacker<>(none, PACKER);
    assertEquals(
        "train.csv:2: the task's packing gave no feature; in prediction every example needs one",
        assertThrows(IllegalStateException.class, () -> packer.packAll(Sample.samples("a", "b")))
            .getMessage());
  }

  private static String defect(InputPacking<Sample> packing) {
    return assertThrows(IllegalStateException.class, () -> pack(packing, Sample.samples("a")))
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
                pack(slow, samples);
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
  void positionsAreThoseOfTheSequence() {
    assertEquals(
        "train.csv:2: the task packed the position 4 of a sequence of 4 tokens",
        defect((sample, packer) -> List.of(Sample.feature(Target.NONE, 4).at(1, 4))));
  }

  private static PackedExamples<Sample> pack(InputPacking<Sample> packing, List<Sample> samples)
      throws InterruptedException {
    return new ExamplePacker<>(packing, PACKER).pack(samples);
  }

  private static TruncationSummary truncation(PackedExamples<Sample> packed) {
    TruncationSummary summary = TruncationSummary.EMPTY;
    for (List<Feature> features : packed.perExample()) {
      summary = summary.plus(features);
    }
    return summary;
  }
}
