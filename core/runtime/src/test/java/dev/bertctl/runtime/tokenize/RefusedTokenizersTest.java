// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model folder says of its tokenizer and cannot be done is named, with what to do. */
class RefusedTokenizersTest {

  private static final List<String> PIECES =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##b", "c", "cafe");

  /** With the vocabulary [PAD], [UNK], [CLS], [SEP], [MASK] and a. */
  private static final String WHOLE =
      """
      {"added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "BertPreTokenizer"},
       "post_processor": null, "decoder": null,
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                 "max_input_chars_per_word": 100,
                 "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "a": 5}}}
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.write(folder.resolve("vocab.txt"), PIECES);
    write("config.json", "{\"model_type\": \"bert\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer_config.json", "config.json"})
  void classesThatAreNotBerts(String file) throws IOException {
    write(file, "{\"tokenizer_class\": \"BertJapaneseTokenizer\"}");
    assertFails(
        "%s: tokenizer_class is 'BertJapaneseTokenizer', which bertctl does not have; it splits texts as BertTokenizer does, or as PreTrainedTokenizerFast, for which a tokenizer.json tells all: use a model with one of these",
        file);
  }

  @Test
  void aClassThatIsNoName() throws IOException {
    write("tokenizer_config.json", "{\"tokenizer_class\": 1}");
    assertFails(
        "%s: 'tokenizer_class' is 1; it must be a name, such as \"BertTokenizer\"",
        "tokenizer_config.json");
  }

  @Test
  void theFastClassWithoutItsFile() throws IOException {
    write("tokenizer_config.json", "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    assertFails(
        "%s: has no tokenizer.json, which would tell all of a PreTrainedTokenizerFast; copy it there, or, if vocab.txt is of a BertTokenizer, set tokenizer_class to that",
        "");
    write("tokenizer_config.json", "{\"tokenizer_class\": \"BertTokenizer\"}");
    Tokenizers.open(folder).close();
    write("tokenizer_config.json", "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    write("tokenizer.json", WHOLE);
    Tokenizers.open(folder).close();
  }

  @Test
  void aBertTokenizerOfWords() throws IOException {
    write("tokenizer.json", WHOLE.replace("\"WordPiece\"", "\"WordLevel\""));
    assertFails(
        "%s: its model is of type 'WordLevel', but that of BertTokenizer is WordPiece; if the file tells all of the tokenizer, set tokenizer_class to PreTrainedTokenizerFast in "
            + folder.resolve("tokenizer_config.json"),
        "tokenizer.json");
    write("tokenizer_config.json", "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    Tokenizers.open(folder).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auto_map|{\"AutoTokenizer\":[\"mine.Slow\",\"mine.Fast\"]}",
        "split_special_tokens|true",
        "fast_tokenizer_files|[\"tokenizer.4.0.json\"]",
        "init_inputs|[1]",
        "vocab|{\"a\":1}"
      })
  void whatCannotBeDone(String key, String value) throws IOException {
    write("tokenizer_config.json", "{\"%s\": %s}".formatted(key, value));
    assertFails(
        "%s: '"
            + key
            + "' is "
            + value
            + ", which bertctl cannot do; take it out, if the model was trained without it",
        "tokenizer_config.json");
    write("tokenizer_config.json", "{}");
    Tokenizers.open(folder).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "do_lower_case|null|it must be true or false",
        "do_lower_case|\"false\"|it must be true or false",
        "tokenize_chinese_chars|0|it must be true or false",
        "strip_accents|\"no\"|it must be true or false",
        "pad_token|1|it must be a token, such as \"[PAD]\"",
        "pad_token|{\"lstrip\":true}|it must be a token, such as \"[PAD]\"",
        "pad_token|\"\"|it must be a token, such as \"[PAD]\"",
        "cls_token|null|a BERT tokenizer has one; take the line out if it is [CLS]",
        "extra_special_tokens|\"<x>\"|it must be a list of tokens",
        "added_tokens_decoder|null|it must be an object of tokens by id",
      })
  void valuesThatAreNone(String key, String value, String what) throws IOException {
    write("tokenizer_config.json", "{\"%s\": %s}".formatted(key, value));
    assertFails("%s: '" + key + "' is " + value + "; " + what, "tokenizer_config.json");
  }

  @Test
  void idsOfAddedTokensThatAreNone() throws IOException {
    write("tokenizer_config.json", "{\"added_tokens_decoder\": {\"x\": {\"content\": \"<x>\"}}}");
    assertFails(
        "%s: 'added_tokens_decoder' has the id 'x'; ids are integers from 0",
        "tokenizer_config.json");
    write(
        "tokenizer_config.json",
        "{\"added_tokens_decoder\": {\"9\": {\"content\": \"<x>\", \"lstrip\": 1}}}");
    assertFails(
        "%s: 'added_tokens_decoder.9' has a 'lstrip' that is 1; it must be true or false",
        "tokenizer_config.json");
    write("tokenizer_config.json", "{}");
    write("added_tokens.json", "{\"<x>\": 9, \"<y>\": 9}");
    assertFails(
        "%s: id 9 is that of '<x>' and '<y>'; each token needs an id of its own",
        "added_tokens.json");
    write("added_tokens.json", "{\"<x>\": \"9\"}");
    assertFails("%s: token '<x>' has the id \"9\"; ids are integers from 0", "added_tokens.json");
  }

  @Test
  void idsThatTheLibraryWouldNotGive() throws IOException {
    write("added_tokens.json", "{\"<x>\": 12}");
    assertFails(
        "%s: token '<x>' has the id 12, but Hugging Face's library gives it 9, the next one free; make the files agree, with the ids that the model was trained with",
        "added_tokens.json");
    write("added_tokens.json", "{\"cafe\": 7}");
    assertFails(
        "%s: token 'cafe' has the id 7, but Hugging Face's library gives it 8, the one in "
            + folder.resolve("vocab.txt")
            + "; make the files agree, with the ids that the model was trained with",
        "added_tokens.json");
    write("added_tokens.json", "{\"<x>\": 9}");
    Tokenizers.open(folder).close();
    Files.writeString(folder.resolve("vocab.txt"), String.join("\n", PIECES) + "\na\n");
    assertFails(
        "%s: its ids have gaps, or some token is there twice, so that Hugging Face's library gives the added token '<x>' an id within the vocabulary; make the ids run without gaps",
        "vocab.txt");
  }

  @Test
  void tokensThatNormaliseAlike() throws IOException {
    write(
        "tokenizer_config.json",
        """
        {"added_tokens_decoder": {"9": {"content": "Caf\u00e9", "normalized": true},
                                  "10": {"content": "CAFE", "normalized": true}}}
        """);
    assertFails(
        "%s: the added tokens 'Café' and 'CAFE' are looked for in the normalised text, where they are the same; set 'normalized' to false for one of them, or remove it",
        "vocab.txt");
    write(
        "tokenizer_config.json",
        """
        {"added_tokens_decoder": {"9": {"content": "Caf\u00e9", "normalized": true},
                                  "10": {"content": "CAFE", "normalized": false}}}
        """);
    Tokenizers.open(folder).close();
  }

  @Test
  void filesThatContradictEachOther() throws IOException {
    write("tokenizer.json", WHOLE.replace("[],", "[{\"id\": 6, \"content\": \"<x>\"}],"));
    write("added_tokens.json", "{\"<y>\": 6}");
    assertFails(
        "%s: its token '<y>' has the id 6, which is that of '<x>' in "
            + folder.resolve("tokenizer.json")
            + "; make the files agree",
        "added_tokens.json");
    write(
        "tokenizer_config.json",
        "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"added_tokens_decoder\": {\"6\": {\"content\": \"<x>\", \"lstrip\": true}}}");
    assertFails(
        "%s: its token '<x>' is not the one in "
            + folder.resolve("tokenizer.json")
            + ", whose flags differ; make them equal",
        "tokenizer_config.json");
  }

  @Test
  void withoutTheTokenForUnknownWords() throws IOException {
    write("tokenizer.json", WHOLE.replace("\"[UNK]\": 1, ", ""));
    assertFails(
        "%s: has no [UNK]; a BERT vocabulary needs [PAD], [UNK], [CLS] and [SEP]",
        "tokenizer.json");
    write(
        "tokenizer.json",
        WHOLE
            .replace("\"[UNK]\": 1", "\"b\": 1")
            .replace("[],", "[{\"id\": 6, \"content\": \"[UNK]\"}],"));
    assertFails(
        "%s: its token for unknown words, '[UNK]', is not in its vocabulary; fetch the model again",
        "tokenizer.json");
    write("tokenizer_config.json", "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    assertFails(
        "%s: its token for unknown words, '[UNK]', is not in its vocabulary; fetch the model again",
        "tokenizer.json");
    write("tokenizer.json", WHOLE.replace("\"unk_token\": \"[UNK]\"", "\"unk_token\": \"<unk>\""));
    assertFails(
        "%s: its token for unknown words, '<unk>', is not in its vocabulary; fetch the model again",
        "tokenizer.json");
  }

  @Test
  void sequencesThatAreNotBerts() throws IOException {
    write("tokenizer_config.json", "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    write(
        "tokenizer.json",
        WHOLE.replace(
            "\"post_processor\": null",
            "\"post_processor\": {\"type\": \"RobertaProcessing\", \"cls\": [\"[CLS]\", 2], \"sep\": [\"[SEP]\", 3]}"));
    assertFails(
        "%s: its post_processor (RobertaProcessing) puts other tokens around texts than BERT's [CLS] A [SEP] B [SEP]; bertctl needs a BERT tokenizer",
        "tokenizer.json");
  }

  @Test
  void aByteOrderMark() throws IOException {
    Files.writeString(folder.resolve("vocab.txt"), "\ufeff" + String.join("\n", PIECES));
    assertFails(
        "%s: begins with a byte order mark, which would be a part of its first word piece; save it as UTF-8 without one",
        "vocab.txt");
  }

  @Test
  void aFileThatWasCut() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), WHOLE.substring(0, 80));
    UserException failure = assertThrows(UserException.class, () -> Tokenizers.open(folder));
    assertEquals(
        folder.resolve("tokenizer.json") + ":1: not valid JSON",
        failure.getMessage().substring(0, failure.getMessage().indexOf(": Unexpected")));
  }

  private void assertFails(String message, String file) {
    UserException failure = assertThrows(UserException.class, () -> Tokenizers.open(folder));
    assertEquals(message.replace("%s", folder.resolve(file).toString()), failure.getMessage());
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }
}
