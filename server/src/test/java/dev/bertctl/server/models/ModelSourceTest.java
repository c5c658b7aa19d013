// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSourceTest {

  @ParameterizedTest
  @CsvSource({
    "runs/reviews, reviews, runs/reviews",
    "runs/nli/model, nli, runs/nli/model",
    "reviews=runs/2026-11/text, reviews, runs/2026-11/text",
  })
  void aFolderIsCalledAsItsRunUnlessNamed(String text, String name, String folder) {
    ModelSource source = ModelSource.parse(text);
    assertEquals(new ModelSource(name, folder, Optional.empty()), source);
    assertEquals(Path.of(folder), source.folder());
  }

  @Test
  void aTaskAndItsSettingsStandBehindTheModel() {
    assertEquals(
        new ModelSource(
            "minilm-l6", "minilm-l6", Optional.of(new TaskToApply("embeddings", Map.of()))),
        ModelSource.parse("minilm-l6@embeddings"));
    assertEquals(
        new ModelSource(
            "vectors",
            "hf:organisation/name@v2",
            Optional.of(
                new TaskToApply("embeddings", Map.of("pooling", "cls", "max-length", "64")))),
        ModelSource.parse("vectors=hf:organisation/name@v2@embeddings,pooling=cls,max-length=64"));
    assertEquals(
        Map.of("labels", "a,b", "text-pair", "true"),
        ModelSource.parse("x=m@text-classification,labels=a,b,text-pair=true")
            .applied()
            .orElseThrow()
            .settings());
  }

  @Test
  void aFolderMayHaveTheSignOfTasks(@TempDir Path folder) throws Exception {
    Path odd = Files.createDirectory(folder.resolve("a@b"));
    assertEquals(odd.toString(), ModelSource.parse("x=" + odd).model());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "minilm-l6@ | '@' names no task; give one, as in @embeddings or @embeddings,pooling=cls",
        "minilm-l6@pooling=cls | '@pooling=cls' names no task; give one, as in @embeddings or @embeddings,pooling=cls",
        "minilm-l6@embeddings,cls | '@embeddings,cls': 'cls' is no setting; give KEY=VALUE, as in @embeddings,pooling=cls",
        "maven:a:b:1@embeddings | maven:a:b:1@embeddings: 'maven:a:b:1' cannot be a model's name in a URL; give one of letters, digits, dots, dashes and underscores, as in reviews=maven:a:b:1@embeddings",
        "a b=runs/x | a b=runs/x: 'a b' cannot be a model's name in a URL; give one of letters, digits, dots, dashes and underscores, as in reviews=runs/x",
      })
  void whatCannotBeServedIsRefused(String text, String problem) {
    assertEquals(
        problem,
        assertThrows(IllegalArgumentException.class, () -> ModelSource.parse(text)).getMessage());
  }

  @Test
  void twoModelsHaveTwoNames() {
    assertEquals(
        "a/x and b/x would both be called 'x'; name one of them, as in another=b/x",
        assertThrows(IllegalArgumentException.class, () -> ModelSource.parse(List.of("a/x", "b/x")))
            .getMessage());
  }
}
