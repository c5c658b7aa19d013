// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tokenizer.json with seeded damage, of bytes, of values and by parts that were made to harm, is
 * read, and then cuts a text into ids that it has, twice the same; or it is refused in words that
 * name the file. It never ends the process or keeps it busy.
 *
 * <p>System properties: {@code mutations} (how many), {@code mutations.seed}.
 */
class MutatedTokenizersTest {

  private static final int MUTATIONS = Integer.getInteger("mutations", 300);
  private static final long SEED = Long.getLong("mutations.seed", 1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String TEXT =
      "A caf\u00e9, 12 \u4e2d\u6587 [SEP] don't "
          + "a".repeat(5000)
          + " \ufdfa \u0130 b\u0301\u0000";

  private static final List<String> PARTS =
      List.of(
          "{\"type\":\"FixedLength\",\"length\":0}",
          "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"\"}",
          "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"x\"}",
          "{\"type\":\"Replace\",\"pattern\":{\"String\":\"a\"},\"content\":\"aaaaaaaaaa\"}",
          "{\"type\":\"Replace\",\"pattern\":{\"String\":\"a\"},\"content\":\"b\"}",
          "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(a+)+$\"},\"content\":\"x\"}",
          "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a*)*b\"},\"behavior\":\"Removed\",\"invert\":false}",
          "{\"type\":\"Prepend\",\"prepend\":\"\"}",
          "{\"type\":\"ByteLevel\",\"add_prefix_space\":true}",
          "{\"type\":\"Metaspace\",\"replacement\":\"ab\"}",
          "{\"type\":\"Sequence\",\"normalizers\":[],\"pretokenizers\":[],\"decoders\":[]}",
          "{\"type\":\"Lowercase\"}",
          "{\"type\":\"NFKD\"}",
          "{\"type\":\"StripAccents\"}",
          "{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":true}",
          "{\"type\":\"Whitespace\"}",
          "{\"type\":\"Punctuation\",\"behavior\":\"MergedWithPrevious\"}",
          "{\"type\":\"Digits\",\"individual_digits\":true}",
          "{\"type\":\"BPE\",\"vocab\":{},\"merges\":[]}",
          "{\"type\":\"Unigram\",\"unk_id\":99,\"vocab\":[]}",
          "{\"id\":5,\"content\":\"\",\"special\":true}",
          "{\"id\":5,\"content\":\"the\",\"special\":true}",
          "null",
          "true",
          "-1",
          "0",
          "1e308",
          "2147483648",
          "\"\"",
          "\"1\"",
          "\"\\ud800\"",
          "[]",
          "{}");

  @TempDir Path folder;

  @Test
  void areReadOrRefused() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    String whole = whole();
    Files.writeString(file, whole);
    final int[] ids = pieces();
    int equal = 0;
    int other = 0;
    int refused = 0;
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutant = mutant(whole, new Random(SEED * 1_000_003 + i));
      Files.write(file, mutant);
      try {
        int[] now = assertTimeoutPreemptively(PATIENCE, this::pieces, "mutation " + i);
        assertArrayEquals(now, pieces(), "mutation " + i);
        if (Arrays.equals(ids, now)) {
          equal++;
        } else {
          other++;
        }
      } catch (UserException e) {
        refused++;
        if (!e.getMessage().contains(file.toString())) {
          wrong.add(i + ": " + e.getMessage());
        }
      } catch (RuntimeException e) {
        wrong.add(i + ": " + e);
      }
    }
    System.out.printf(
        "%,d mutations of tokenizer.json: %,d read alike, %,d read otherwise, %,d refused%n",
        MUTATIONS, equal, other, refused);
    assertEquals(List.of(), wrong);
  }

  private int[] pieces() {
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      int[] ids = tokenizer.tokenize(TEXT).ids();
      for (int id : ids) {
        if (id < 0 || id >= tokenizer.vocabulary().size()) {
          throw new IllegalStateException("no id: " + id);
        }
      }
      tokenizer.decode(ids, true);
      return ids;
    }
  }

  private static String whole() throws IOException {
    List<String> pieces = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    Collections.addAll(
        pieces, "a", "##a", "the", "cafe", ",", "1", "##2", "\u4e2d", "don", "'", "t");
    ObjectNode root =
        (ObjectNode)
            JSON.readTree(
                """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [{"id": 3, "content": "[SEP]", "single_word": false,
                   "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                 "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"},
                   {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                    "strip_accents": null, "lowercase": true}]},
                 "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                   {"type": "BertPreTokenizer"}]},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3],
                   "cls": ["[CLS]", 2]},
                 "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]",
                   "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                   "vocab": {}}}
                """);
    ObjectNode vocabulary = (ObjectNode) root.get("model").get("vocab");
    for (int id = 0; id < pieces.size(); id++) {
      vocabulary.put(pieces.get(id), id);
    }
    return root.toString();
  }

  /** One to three changes of values, or of bytes. */
  private static byte[] mutant(String whole, Random random) throws IOException {
    if (random.nextInt(4) == 0) {
      byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
    JsonNode root = JSON.readTree(whole);
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<JsonNode> inner = new ArrayList<>();
      collect(root, inner);
      change(inner.get(random.nextInt(inner.size())), random);
    }
    return JSON.writeValueAsBytes(root);
  }

  private static void collect(JsonNode node, List<JsonNode> inner) {
    if (node.isContainerNode() && !node.isEmpty()) {
      inner.add(node);
      node.forEach(child -> collect(child, inner));
    }
  }

  private static void change(JsonNode node, Random random) throws IOException {
    JsonNode part = JSON.readTree(PARTS.get(random.nextInt(PARTS.size())));
    if (node instanceof ArrayNode array) {
      for (int i = random.nextInt(20); i >= 0; i--) {
        array.insert(random.nextInt(array.size() + 1), part);
      }
      return;
    }
    ObjectNode object = (ObjectNode) node;
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set("x" + name, object.remove(name));
      case 2 -> object.set(name, object.get(names.get(random.nextInt(names.size()))));
      default -> object.set(name, part);
    }
  }
}
