// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequencePackerTest {

  private static final LetterTokenizer TOKENIZER = new LetterTokenizer();

  @Test
  void single() {
    Sequence sequence = packer(10).single(packer(10).tokenize("abc"));
    assertEquals("[CLS]abc[SEP]", text(sequence));
    assertArrayEquals(new int[5], sequence.segments());
    assertEquals(List.of(0), sequence.cut());
  }

  @Test
  void singleIsCutAtItsEnd() {
    Sequence sequence = packer(6).single(packer(6).tokenize("abcdefg"));
    assertEquals("[CLS]abcd[SEP]", text(sequence));
    assertEquals(List.of(3), sequence.cut());
    assertEquals(4, sequence.texts().get(0).size());
  }

  @Test
  void textsAreCutAtTheirBeginningsOnRequest() {
    SequencePacker left = packer(8).cuttingAt(TruncationSide.LEFT);
    Sequence single = left.single(TOKENIZER.tokenize("abcdefgh"));
    assertEquals("[CLS]cdefgh[SEP]", text(single));
    assertEquals(List.of(2), single.cut());
    assertArrayEquals(new int[] {2, 3, 4, 5, 6, 7}, single.texts().get(0).starts());
    Sequence pair =
        left.pair(
            TOKENIZER.tokenize("abcde"), TOKENIZER.tokenize("vwxyz"), Truncation.LONGEST_FIRST);
    assertEquals("[CLS]de[SEP]xyz[SEP]", text(pair));
    assertEquals(List.of(3, 2), pair.cut());
    assertEquals("[CLS]ab[SEP]", text(left.single(TOKENIZER.tokenize("ab"))));
  }

  @Test
  void pairHasSegmentsAndTheTextsPlaces() {
    Sequence sequence = pair("abc", "de", 20, Truncation.LONGEST_FIRST);
    assertEquals("[CLS]abc[SEP]de[SEP]", text(sequence));
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1, 1, 1}, sequence.segments());
    assertEquals(List.of(0, 0), sequence.cut());
    assertEquals('a', sequence.ids()[sequence.start(0)]);
    assertEquals('d', sequence.ids()[sequence.start(1)]);
    assertArrayEquals(new int[] {0, 1}, sequence.texts().get(1).starts());
  }

  @Test
  void emptyTexts() {
    assertEquals("[CLS][SEP]", text(packer(5).single(TOKENIZER.tokenize(""))));
    Sequence sequence = pair("", "", 5, Truncation.RATIO);
    assertEquals("[CLS][SEP][SEP]", text(sequence));
    assertArrayEquals(new int[] {0, 0, 1}, sequence.segments());
  }

  @Test
  void longestFirst() {
    Sequence sequence = pair("abcdefgh", "xyz", 9, Truncation.LONGEST_FIRST);
    assertEquals("[CLS]abc[SEP]xyz[SEP]", text(sequence));
    assertEquals(List.of(5, 0), sequence.cut());
  }

  /** Lengths kept, as {@code make_token_golden.py} got them from Hugging Face. */
  @Test
  void truncationIsHuggingFaces() throws IOException {
    ObjectMapper json = new ObjectMapper();
    int refused = 0;
    for (String line :
        Files.readAllLines(Path.of("src/test/resources/golden/tokens/pairs.jsonl"))) {
      JsonNode golden = json.readTree(line);
      String first = "a".repeat(golden.get("first").asInt());
      String second = "b".repeat(golden.get("second").asInt());
      int maxLength = golden.get("max_length").asInt();
      for (Truncation truncation :
          List.of(Truncation.LONGEST_FIRST, Truncation.ONLY_FIRST, Truncation.ONLY_SECOND)) {
        JsonNode kept = golden.path(truncation.name().toLowerCase(java.util.Locale.ROOT));
        if (kept.isMissingNode()) {
          refused++;
          assertThrows(
              IllegalArgumentException.class, () -> pair(first, second, maxLength, truncation));
        } else {
          Sequence sequence = pair(first, second, maxLength, truncation);
          assertEquals(kept.get(0).asInt(), sequence.texts().get(0).size(), line + truncation);
          assertEquals(kept.get(1).asInt(), sequence.texts().get(1).size(), line + truncation);
          assertEquals(first.length() - kept.get(0).asInt(), sequence.cut().get(0));
          assertEquals(second.length() - kept.get(1).asInt(), sequence.cut().get(1));
        }
      }
    }
    assertFalse(refused == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "30, 10, 23, 15, 5", // three quarters and one quarter of 20
    "10, 30, 23, 5, 15",
    "7, 7, 10, 4, 3",
    "1, 100, 13, 1, 9", // each text keeps a piece
    "100, 1, 13, 9, 1",
    "0, 100, 13, 0, 10",
    "100, 0, 13, 10, 0",
    "3, 4, 10, 3, 4" // fits
  })
  void ratioCutsBothInProportion(int first, int second, int maxLength, int keptA, int keptB) {
    Sequence sequence = pair("a".repeat(first), "b".repeat(second), maxLength, Truncation.RATIO);
    assertEquals(
        List.of(keptA, keptB), sequence.texts().stream().map(pieces -> pieces.size()).toList());
    assertEquals(List.of(first - keptA, second - keptB), sequence.cut());
  }

  @Test
  void saysWhyAPairDoesNotFit() {
    assertEquals(
        "the second text has 6 word pieces, which leaves no room for the first in 8 tokens; raise 'max-length', or choose a 'truncation' that may cut the second text",
        assertThrows(
                IllegalArgumentException.class,
                () -> pair("abc", "uvwxyz", 8, Truncation.ONLY_FIRST))
            .getMessage());
    assertEquals(
        "the first text has 5 word pieces, which leaves no room for the second in 8 tokens; raise 'max-length', or choose a 'truncation' that may cut the first text",
        assertThrows(
                IllegalArgumentException.class, () -> pair("abcde", "x", 8, Truncation.ONLY_SECOND))
            .getMessage());
  }

  @Test
  void maximumHasRoomForAPair() {
    assertEquals(
        "a sequence of at most 4 tokens has no room for a pair; it needs 5",
        assertThrows(IllegalArgumentException.class, () -> packer(4)).getMessage());
  }

  @Test
  void aModelOfOneSegmentTakesSingleTexts() {
    SequencePacker packer = new SequencePacker(TOKENIZER, 8, 1);
    assertEquals("[CLS]ab[SEP]", text(packer.single(TOKENIZER.tokenize("ab"))));
    assertEquals(
        "the task packs two texts into a sequence, but the model has no segment for the second (type_vocab_size is 1 in its config.json); choose a model whose type_vocab_size is 2",
        assertThrows(
                UserException.class,
                () ->
                    packer.pair(
                        TOKENIZER.tokenize("a"), TOKENIZER.tokenize("b"), Truncation.LONGEST_FIRST))
            .getMessage());
  }

  private static SequencePacker packer(int maxLength) {
    return new SequencePacker(TOKENIZER, maxLength, 2);
  }

  private static Sequence pair(String first, String second, int maxLength, Truncation truncation) {
    return packer(maxLength)
        .pair(TOKENIZER.tokenize(first), TOKENIZER.tokenize(second), truncation);
  }

  private static String text(Sequence sequence) {
    return Arrays.stream(sequence.ids())
        .mapToObj(TOKENIZER.vocabulary()::token)
        .collect(Collectors.joining());
  }
}
