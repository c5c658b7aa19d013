// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTransformersFolderTest {

  private static final String CONFIG = "config_sentence_transformers.json";

  @TempDir Path folder;

  private Path pooling(String json) throws IOException {
    Path file = folder.resolve("1_Pooling/config.json");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, json.replace('\'', '"'));
  }

  private Path config(String json) throws IOException {
    return Files.writeString(folder.resolve(CONFIG), json.replace('\'', '"'));
  }

  @Test
  void aFolderOfTransformersTellsNothing() {
    assertEquals(Optional.empty(), SentenceTransformersFolder.pooling(folder));
    assertEquals(Prompts.NONE, SentenceTransformersFolder.prompts(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': false} | cls",
        "{'pooling_mode_cls_token': false, 'pooling_mode_mean_tokens': true} | mean",
        "{'pooling_mode_max_tokens': true} | max",
        "{'pooling_mode_cls_token': false} | mean",
        "{'pooling_mode': 'cls', 'pooling_mode_mean_tokens': true} | cls",
        "{'pooling_mode': ['max']} | max",
      })
  void oldAndNewKeysTellThePooling(String json, String expected) throws IOException {
    pooling(json);
    assertEquals(Optional.of(expected), SentenceTransformersFolder.pooling(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'pooling_mode_lasttoken': true} | lasttoken",
        "{'pooling_mode': 'weightedmean'} | weightedmean",
        "{'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': true} | cls with mean",
        "{'pooling_mode': ['mean', 'max']} | mean with max",
      })
  void otherPoolingsAreRefused(String json, String told) throws IOException {
    Path file = pooling(json);
    assertEquals(
        file
            + ": the model's pooling is "
            + told
            + ", and only cls, mean and max can be computed, one of them; choose another model, or set 'pooling' for vectors that it was not trained for",
        assertThrows(UserException.class, () -> SentenceTransformersFolder.pooling(folder))
            .getMessage());
  }

  @Test
  void promptsHaveNamesAndAnOrder() throws IOException {
    config("{'prompts': {'query': 'query: ', 'document': ''}, 'default_prompt_name': null}");
    Prompts prompts = SentenceTransformersFolder.prompts(folder);
    assertEquals(Map.of("query", "query: ", "document", ""), prompts.texts());
    assertEquals(List.of("query", "document"), List.copyOf(prompts.texts().keySet()));
    assertEquals(Optional.empty(), prompts.usual());
    assertTrue(prompts.pooled());

    config("{'prompts': {'query': 'query: '}, 'default_prompt_name': 'query'}");
    pooling("{'pooling_mode_mean_tokens': true, 'include_prompt': false}");
    prompts = SentenceTransformersFolder.prompts(folder);
    assertEquals(Optional.of("query"), prompts.usual());
    assertFalse(prompts.pooled());
  }

  @Test
  void damagedPromptsAreToldOf() throws IOException {
    Path file = config("{'prompts': {'query': 'query: '}, 'default_prompt_name': 'passage'}");
    assertEquals(
        file
            + ": default_prompt_name is 'passage', which none of its prompts is called (query); correct it",
        assertThrows(UserException.class, () -> SentenceTransformersFolder.prompts(folder))
            .getMessage());
    config("{'prompts': {'query': 1}}");
    assertEquals(
        file + ": the prompt 'query' is no text; put a whole copy of the file in its place",
        assertThrows(UserException.class, () -> SentenceTransformersFolder.prompts(folder))
            .getMessage());
  }
}
