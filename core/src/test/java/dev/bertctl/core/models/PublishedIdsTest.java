// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Token ids that Hugging Face's documentation shows, with the vocabularies they were made with. */
class PublishedIdsTest {

  @Test
  void uncasedPair() {
    Sequence sequence = pack("minilm-l6", "Hello, my dog is cute. ", "I like it");
    assertArrayEquals(
        new int[] {101, 7592, 1010, 2026, 3899, 2003, 10140, 1012, 102, 1045, 2066, 2009, 102},
        sequence.ids());
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1}, sequence.segments());
  }

  @Test
  void uncasedMisspelling() {
    Sequence sequence = pack("minilm-l6", "Hellp, my dog is cute");
    assertArrayEquals(
        new int[] {101, 3109, 2361, 1010, 2026, 3899, 2003, 10140, 102}, sequence.ids());
    assertArrayEquals(new int[9], sequence.segments());
  }

  @Test
  @Tag("slow")
  void chinesePair() {
    Sequence sequence =
        pack("bge-small-zh", "苏有朋要结婚了，但网友觉得他还是和林心如比较合适", "好闺蜜结婚给不婚族的秦岚扔花球，倒霉的秦岚掉水里笑哭苏有朋！");
    assertArrayEquals(
        new int[] {
          101, 5722, 3300, 3301, 6206, 5310, 2042, 749, 8024, 852, 5381, 1351,
          6230, 2533, 800, 6820, 3221, 1469, 3360, 2552, 1963, 3683, 6772, 1394,
          6844, 102, 1962, 7318, 6057, 5310, 2042, 5314, 679, 2042, 3184, 4638,
          4912, 2269, 2803, 5709, 4413, 8024, 948, 7450, 4638, 4912, 2269, 2957,
          3717, 7027, 5010, 1526, 5722, 3300, 3301, 8013, 102
        },
        sequence.ids());
  }

  @Test
  @Tag("slow")
  void casedTokens() {
    String text =
        "Hugging Face Inc. is a company based in New York City. Its headquarters are in DUMBO,"
            + " therefore very close to the Manhattan Bridge.";
    try (Tokenizer tokenizer = open("bert-base-cased")) {
      Sequence sequence = pack(tokenizer, text);
      assertEquals(
          List.of(
              ("[CLS] Hu ##gging Face Inc . is a company based in New York City . Its headquarters"
                      + " are in D ##UM ##BO , therefore very close to the Manhattan Bridge . [SEP]")
                  .split(" ")),
          Arrays.stream(sequence.ids()).mapToObj(tokenizer.vocabulary()::token).toList());
    }
  }

  private static Sequence pack(String model, String... texts) {
    try (Tokenizer tokenizer = open(model)) {
      return pack(tokenizer, texts);
    }
  }

  private static Sequence pack(Tokenizer tokenizer, String... texts) {
    SequencePacker packer = new SequencePacker(tokenizer, 128, 2);
    return texts.length == 1
        ? packer.single(packer.tokenize(texts[0]))
        : packer.pair(
            packer.tokenize(texts[0]), packer.tokenize(texts[1]), Truncation.LONGEST_FIRST);
  }

  private static Tokenizer open(String model) {
    ModelStore store = ModelStore.ofUser(false, DownloadListener.NONE);
    return Tokenizers.open(store.open(model, Path.of("")).directory());
  }
}
