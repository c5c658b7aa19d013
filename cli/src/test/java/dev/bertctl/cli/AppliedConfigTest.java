// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.runs.AppliedConfig;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What predict and export do with the pooling that a model's folder declares. */
class AppliedConfigTest {

  @TempDir Path folder;

  private PretrainedModel model;

  @BeforeEach
  void write() {
    Path encoder =
        TinyBert.write(folder.resolve("encoder"), TinyBert.config(0), TinyBert.VOCABULARY);
    model = ModelLoader.load(encoder.toString(), encoder);
  }

  private void declare(String json) throws IOException {
    Path file = model.directory().resolve("1_Pooling/config.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json);
  }

  private String pooling(String... assignments) {
    TaskConfig<?> config =
        AppConfig.of(
            Map.of("model", model.reference()),
            "predict --task embeddings",
            TaskRegistry.load(AppliedConfigTest.class.getClassLoader()).get("embeddings").plugin(),
            Stream.of(assignments).map(SettingsOption::assignment).toList());
    return AppliedConfig.of(config, model).optionValues().get("pooling");
  }

  @Test
  void theModelsPoolingReplacesTheDefaultAndNothingElse() throws IOException {
    assertEquals("mean", pooling());
    declare("{\"pooling_mode_cls_token\": true}");
    assertEquals("cls", pooling());
    assertEquals("max", pooling("pooling=max"));
  }

  @Test
  void onlyWhatIsUsedHasToBeKnown() throws IOException {
    declare("{\"pooling_mode\": \"lasttoken\"}");
    assertThrows(UserException.class, this::pooling);
    assertEquals("cls", pooling("pooling=cls"));
  }
}
