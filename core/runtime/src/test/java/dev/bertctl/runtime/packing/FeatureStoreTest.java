// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureStoreTest {

  private static final SequencePacker PACKER = new SequencePacker(new LetterTokenizer(), 8, 2);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("features");
  }

  @Test
  void readsBackWhatWasWritten() {
    List<Feature> features =
        List.of(
            Feature.of(single("abc")),
            Feature.of(pair("abcdef", "我y"), Target.of(1)),
            Feature.of(List.of(single("a"), pair("b", "c"), single("")), Target.of(2)),
            Feature.of(single("abcdefghi").cutBefore(0, 7))
                .at(3, 0, 3)
                .with("tokens", Target.of(70_000, Target.IGNORED, 5))
                .with("next-sentence", Target.of(0)),
            Feature.of(single("ab"), Target.of(-1.5f, Float.MIN_VALUE, 3e38f)),
            Feature.of(single("ab"), Target.of(new int[0])).with("ü", Target.of(new float[0])));
    try (FeatureStore store = store(features)) {
      assertEquals(features.size(), store.size());
      for (int i = 0; i < features.size(); i++) {
        assertSame(features.get(i), store.get(i));
        assertEquals(i, store.example(i));
        assertEquals(features.get(i).sequences().size(), store.sequences(i));
      }
      assertEquals(5, store.length(0));
      assertEquals(8, store.length(1));
      assertEquals(5, store.length(2), "that of the longest sequence");
    }
  }

  @Test
  void manyFeaturesAreReadInAnyOrder() {
    List<Feature> features = Sample.features(5000);
    try (FeatureStore store = store(features)) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, 5000).boxed().toList());
      Collections.shuffle(order, new Random(1));
      for (int i : order) {
        assertEquals(features.get(i).sequence().length(), store.length(i));
        assertArrayEquals(features.get(i).sequence().ids(), store.get(i).sequence().ids());
      }
      // And so the same batches are made of it as of features in memory.
      assertEquals(batches(Sample.list(features)), batches(store));
    }
  }

  private static List<List<Integer>> batches(FeatureList features) {
    return BatchPlan.training(features, BatchSize.ofSequences(16), 42, 1).batches().stream()
        .map(batch -> IntStream.of(batch).boxed().toList())
        .toList();
  }

  @Test
  void severalFeaturesOfOneExample() {
    FeatureStore.Writer writer = FeatureStore.write(file);
    for (int example : List.of(0, 0, 1, 3, 3, 3)) {
      writer.add(example, Feature.of(single("a")));
    }
    try (FeatureStore store = writer.finish()) {
      assertEquals(
          List.of(0, 0, 1, 3, 3, 3),
          IntStream.range(0, store.size()).mapToObj(store::example).toList());
    }
  }

  @Test
  void theFileGoesWithTheStore() {
    FeatureStore store = store(List.of(Feature.of(single("a"))));
    assertTrue(Files.exists(file));
    store.close();
    assertFalse(Files.exists(file));
  }

  @Test
  void theFileGoesWithAWriterThatIsNotFinished() {
    try (FeatureStore.Writer writer = FeatureStore.write(file)) {
      writer.add(0, Feature.of(single("a")));
      assertTrue(Files.exists(file));
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void theFileStaysWhenAFinishedWriterIsClosed() {
    FeatureStore store;
    try (FeatureStore.Writer writer = FeatureStore.write(file)) {
      writer.add(0, Feature.of(single("abc")));
      store = writer.finish();
    }
    assertArrayEquals(new int[] {1, 'a', 'b', 'c', 2}, store.get(0).sequence().ids());
    store.close();
  }

  @Test
  void anEarlierFileIsReplaced() throws IOException {
    Files.write(file, new byte[100_000]);
    try (FeatureStore store = store(List.of(Feature.of(single("abc"))))) {
      assertTrue(Files.size(file) < 1000);
      assertEquals(5, store.get(0).sequence().length());
    }
  }

  @Test
  void nothingInIt() {
    try (FeatureStore store = store(List.of())) {
      assertEquals(0, store.size());
    }
  }

  /** An interrupted run still saves what it has. */
  @Test
  void anInterruptClosesNothing() {
    try (FeatureStore store = store(List.of(Feature.of(single("a")), Feature.of(single("b"))))) {
      Thread.currentThread().interrupt();
      assertEquals('a', store.get(0).sequence().ids()[1]);
      assertTrue(Thread.interrupted());
      assertEquals('b', store.get(1).sequence().ids()[1]);
    }
  }

  @Test
  void folderThatIsNotThere() {
    Path nowhere = folder.resolve("no/features");
    assertEquals(
        "cannot write " + nowhere + ": there is no such folder",
        assertThrows(FileException.class, () -> FeatureStore.write(nowhere)).getMessage());
  }

  private FeatureStore store(List<Feature> features) {
    FeatureStore.Writer writer = FeatureStore.write(file);
    for (int i = 0; i < features.size(); i++) {
      writer.add(i, features.get(i));
    }
    return writer.finish();
  }

  private static Sequence single(String text) {
    return PACKER.single(PACKER.tokenize(text));
  }

  private static Sequence pair(String first, String second) {
    return PACKER.pair(PACKER.tokenize(first), PACKER.tokenize(second), Truncation.LONGEST_FIRST);
  }

  private static void assertSame(Feature expected, Feature actual) {
    assertEquals(expected.sequences().size(), actual.sequences().size());
    for (int i = 0; i < expected.sequences().size(); i++) {
      assertSame(expected.sequences().get(i), actual.sequences().get(i));
    }
    assertArrayEquals(expected.positions(), actual.positions());
    assertEquals(List.copyOf(expected.targets().keySet()), List.copyOf(actual.targets().keySet()));
    for (String name : expected.targets().keySet()) {
      if (expected.target(name) instanceof Target.Ints ints) {
        assertArrayEquals(ints.values(), ((Target.Ints) actual.target(name)).values());
      } else {
        assertArrayEquals(
            ((Target.Floats) expected.target(name)).values(),
            ((Target.Floats) actual.target(name)).values());
      }
    }
  }

  private static void assertSame(Sequence expected, Sequence actual) {
    assertArrayEquals(expected.ids(), actual.ids());
    assertArrayEquals(expected.segments(), actual.segments());
    assertEquals(expected.cut(), actual.cut());
    assertEquals(expected.texts().size(), actual.texts().size());
    for (int i = 0; i < expected.texts().size(); i++) {
      Pieces text = expected.texts().get(i);
      assertArrayEquals(text.ids(), actual.texts().get(i).ids());
      assertArrayEquals(text.starts(), actual.texts().get(i).starts());
      assertArrayEquals(text.ends(), actual.texts().get(i).ends());
    }
  }
}
