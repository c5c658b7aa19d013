// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowPackingTest {

  private static final WindowPacking PACKING =
      new WindowPacking(new Masking(0.15, 20, false, false));

  @Test
  void windowsDoNotOverlap() {
    String text = IntStream.range(0, 300).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    assertEquals(
        List.of(128, 128, 50),
        PACKING.pack(Documents.training(text), new TestPacker(128)).stream()
            .map(feature -> feature.sequence().length())
            .toList());
  }

  @Test
  void sentencesAreJoined() {
    TestPacker packer = new TestPacker(6);
    List<Feature> features =
        PACKING.pack(Documents.training("It rained .", "We stayed in ."), packer);
    assertEquals(
        List.of("[CLS] It rained . We [SEP]", "[CLS] stayed in . [SEP]"),
        features.stream().map(feature -> packer.text(feature.sequence().ids())).toList());
    assertEquals(0, features.get(0).positions().length);
  }

  @Test
  void masksOfTextsToPredictArePositions() {
    Feature feature =
        PACKING
            .pack(Documents.of(Purpose.PREDICTION, "Go [MASK] or [MASK]"), new TestPacker(10))
            .get(0);
    assertArrayEquals(new int[] {2, 4}, feature.positions());
    assertEquals(Target.NONE, feature.target("masked"));
  }

  @Test
  void targetsAreTheNextTokens() {
    TestPacker packer = new TestPacker(10);
    Feature feature = new NextTokenPacking().pack(Documents.training("it rained"), packer).get(0);
    int[] ids = feature.sequence().ids();
    assertArrayEquals(
        new int[] {ids[1], ids[2], ids[3], Target.IGNORED},
        ((Target.Ints) feature.target()).values());
    assertEquals(
        Target.NONE,
        new NextTokenPacking()
            .pack(Documents.of(Purpose.PREDICTION, "it rained"), packer)
            .get(0)
            .target());
  }
}
