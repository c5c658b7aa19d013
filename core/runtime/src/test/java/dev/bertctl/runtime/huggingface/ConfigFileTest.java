// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.json.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

  @TempDir private Path folder;

  @Test
  void readsWhatTransformersWrites() throws Exception {
    Path golden = Path.of(getClass().getResource("/golden/encoder/gelu_new").toURI());
    assertEquals(
        new BertConfig(
            60,
            16,
            2,
            2,
            24,
            Activation.GELU_NEW,
            40,
            2,
            1e-5,
            0.1,
            0.1,
            0.1,
            0.02,
            0,
            AttentionMask.BIDIRECTIONAL,
            BertConfig.Variant.ORIGINAL,
            true),
        ConfigFile.read(golden.resolve("config.json")));
  }

  @Test
  void theHeadsDropoutIsTheHiddenOneUnlessGiven() throws IOException {
    assertEquals(0.3, read("\"hidden_dropout_prob\": 0.3").classifierDropout());
    assertEquals(
        0.3,
        read("\"hidden_dropout_prob\": 0.3, \"classifier_dropout\": null").classifierDropout());
    assertEquals(
        0.2, read("\"hidden_dropout_prob\": 0.3, \"classifier_dropout\": 0.2").classifierDropout());
  }

  @Test
  void decodersAttendToWhatStandsBefore() throws IOException {
    assertEquals(AttentionMask.CAUSAL, read("\"is_decoder\": true").attentionMask());
    assertEquals(AttentionMask.BIDIRECTIONAL, read("\"is_decoder\": false").attentionMask());
    assertEquals(AttentionMask.BIDIRECTIONAL, read("\"is_decoder\": null").attentionMask());
    BertConfig config = ModelFiles.CONFIG;
    assertEquals(true, ConfigFile.fields(config.with(AttentionMask.CAUSAL)).get("is_decoder"));
    assertFalse(ConfigFile.fields(config).containsKey("is_decoder"));
  }

  @Test
  void whatDiffersFromTheOriginalIsSaid() throws IOException {
    assertEquals(BertConfig.Variant.ORIGINAL, read("\"model_type\": null").variant());
    assertFalse(read("\"tie_word_embeddings\": false").tiesWordEmbeddings());
    BertConfig book = BertConfig.of(100, 64, 2, 4, 128, 50, 1).asInD2l();
    Path file = folder.resolve("config.json");
    JsonFile.write(file, ConfigFile.fields(book));
    assertEquals(book, ConfigFile.read(file));
    // A name that transformers does not know: it would normalise the embeddings.
    assertEquals("d2l_bert", JsonFile.read(file).path("model_type").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"model_type\": \"roberta\"|model_type is \"roberta\"; bertctl runs BERT encoders, whose"
            + " model_type is bert",
        "\"position_embedding_type\": \"relative_key\"|position_embedding_type is"
            + " \"relative_key\"; bertctl runs BERT encoders, whose position_embedding_type is"
            + " absolute",
        "\"add_cross_attention\": true|add_cross_attention is true; bertctl runs BERT encoders,"
            + " whose add_cross_attention is false",
        "\"is_decoder\": 1|is_decoder is 1, neither true nor false; the file is damaged or"
            + " incomplete: fetch or copy it again",
        "\"hidden_act\": \"silu\"|hidden_act is \"silu\"; known are gelu, gelu_new, relu",
        "\"num_attention_heads\": 3|hidden_size 8 is not a multiple of num_attention_heads 3",
        "\"num_hidden_layers\": 0|num_hidden_layers is 0, not a size; the file is damaged or"
            + " incomplete: fetch or copy it again",
        "\"num_hidden_layers\": 2000000000|num_hidden_layers is 2000000000; no BERT has more than"
            + " 1000",
        "\"vocab_size\": 2.5|vocab_size is 2.5, not a size; the file is damaged or incomplete:"
            + " fetch or copy it again",
        "\"vocab_size\": 99999999999|vocab_size is 99999999999, not a size; the file is damaged or"
            + " incomplete: fetch or copy it again",
        "\"layer_norm_eps\": -1|layer_norm_eps is -1; the file is damaged or incomplete: fetch or"
            + " copy it again",
        "\"hidden_dropout_prob\": \"much\"|hidden_dropout_prob is \"much\"; the file is damaged or"
            + " incomplete: fetch or copy it again",
      })
  void whatBertctlCannotRunIsAnError(String field, String message) {
    UserException error = assertThrows(UserException.class, () -> read(field));
    assertEquals(folder.resolve("config.json") + ": " + message, error.getMessage());
  }

  @Test
  void missingSizesAreAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), "{\"hidden_size\": 8}");
    UserException error = assertThrows(UserException.class, () -> ConfigFile.read(file));
    assertEquals(
        file
            + ": num_attention_heads is missing; the file is damaged or incomplete: fetch or copy"
            + " it again",
        error.getMessage());
  }

  /** Reads a small config in which one field has been given last. */
  private BertConfig read(String field) throws IOException {
    return ConfigFile.read(
        Files.writeString(
            folder.resolve("config.json"),
            """
            {
              "model_type": "bert", "vocab_size": 14, "hidden_size": 8, "num_hidden_layers": 2,
              "num_attention_heads": 2, "intermediate_size": 12, "max_position_embeddings": 16,
              "type_vocab_size": 2, "hidden_act": "relu",
              %s
            }
            """
                .formatted(field)));
  }
}
