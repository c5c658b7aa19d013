// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.cli.PackagedApp.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models on this machine, brought there and taken from there. */
class ModelsIT {

  private static final PackagedApp APP = PackagedApp.built();

  @TempDir(factory = BesideTheApp.class)
  Path folder;

  /** As root the permissions mean nothing; that nothing is written shows all the same. */
  @Test
  void aFetchedModelIsUsedWithoutWritingToTheCache() throws Exception {
    Path cache = folder.resolve("cache");
    PackagedApp app = APP.in(folder).with("BERTCTL_CACHE", cache.toString());

    JsonNode fetched = app.run("models", "fetch", "minilm-l6", "--json").json();

    Path model = Path.of(fetched.get("models").get(0).get("path").asText());
    assertTrue(model.startsWith(cache), model::toString);
    assertEquals(cache.resolve("native").toString(), fetched.get("native_libraries").asText());
    Map<Path, FileTime> before = changes(cache);
    writable(cache, false);
    try {
      Result predicted =
          app.reading("It rains.\n", "predict", "minilm-l6", "--task=embeddings", "--offline");
      assertTrue(predicted.success().out().startsWith("{\"text\":\"It rains.\",\"embedding\":["));
      assertEquals(
          model + "\n" + cache.resolve("native") + "\n",
          app.run("models", "fetch", "minilm-l6", "--offline").success().out());
    } finally {
      writable(cache, true);
    }
    Map<Path, FileTime> after = changes(cache);
    after.entrySet().removeAll(before.entrySet());
    assertEquals(Map.of(), after);
  }

  @Test
  void aRunIsExportedAsItsModelIs() throws Exception {
    PackagedApp app = APP.in(folder);
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("a.txt"), "it rains");
    WordModel.write(Files.createDirectories(folder.resolve("runs/rain/model")), data);

    Result run = app.run("export", "runs/rain", "of-run", "--encoder", "--format", "huggingface");
    Result model =
        app.run("export", "runs/rain/model", "of-model", "--encoder", "--format", "huggingface");

    assertEquals("of-run\n", run.success().out());
    assertEquals(model.err(), run.err());
    for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      assertEquals(
          -1, Files.mismatch(folder.resolve("of-run/" + file), folder.resolve("of-model/" + file)));
    }
  }

  private static Map<Path, FileTime> changes(Path cache) throws IOException {
    Map<Path, FileTime> changes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.toList()) {
        changes.put(file, Files.getLastModifiedTime(file));
      }
    }
    return changes;
  }

  private static void writable(Path cache, boolean wanted) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      files.forEach(file -> file.toFile().setWritable(wanted));
    }
  }
}
