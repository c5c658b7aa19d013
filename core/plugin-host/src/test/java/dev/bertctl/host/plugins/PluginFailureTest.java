// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.PluginJar;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFailureTest {

  @TempDir Path folder;

  @Test
  void aFailureOfAPluginNamesIt() throws IOException {
    TaskPlugin<?> plugin = plugin("");

    Throwable failure = assertThrows(Throwable.class, () -> plugin.create(null));

    assertEquals(
        Optional.of("this is probably a defect of plugin sarcasm-1.2"),
        PluginFailure.explain(new IllegalStateException("the run failed", failure)));
  }

  @Test
  void aMissingLibraryIsExplainedToo() throws IOException {
    TaskPlugin<?> plugin =
        plugin(
            "public java.util.Map<String, String> defaultSettings() {"
                + " return java.util.Map.of(\"seed\", lib.Words.seed()); }");

    Throwable failure = assertThrows(Throwable.class, plugin::defaultSettings);

    assertEquals(
        Optional.of(
            "plugin sarcasm-1.2: it needs the class lib.Words, which is in none of its jars; install"
                + " it by its Maven coordinates, which brings what it depends on, or put the jar"
                + " with that class beside it, both in a folder of their own"),
        PluginFailure.explain(failure));
  }

  @Test
  void anotherFailureIsNoPlugins() {
    assertEquals(Optional.empty(), PluginFailure.explain(new NoClassDefFoundError("lib/Words")));
  }

  private TaskPlugin<?> plugin(String body) throws IOException {
    Path library =
        new PluginJar(folder.resolve("words.jar"))
            .source(
                "lib.Words",
                "package lib; public class Words { public static String seed() { return \"1\"; } }")
            .write();
    Path jar =
        new PluginJar(folder.resolve("sarcasm-1.2.jar"))
            .against(library)
            .plugin("Sarcasm", "sarcasm", body)
            .naming("outside.Sarcasm");
    return PluginLoader.load(PluginFiles.at(jar)).tasks().get(0).plugin();
  }
}
