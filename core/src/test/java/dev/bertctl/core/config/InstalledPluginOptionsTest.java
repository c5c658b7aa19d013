// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.bertctl.host.plugins.InstalledPlugins;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options whose interface is loaded by a plugin's class loader. */
class InstalledPluginOptionsTest {

  @TempDir Path folder;

  @Test
  void optionsOfAPluginAreBoundAsThoseOfABuiltInOne() throws IOException {
    new PluginJar(folder.resolve("a.jar"))
        .source(
            "outside.Options",
            """
            package outside;
            public interface Options {
              @io.smallrye.config.WithDefault("3") int depth();
              @dev.bertctl.spi.Doc("Which.") java.util.List<String> labels();
            }
            """)
        .source(
            "outside.Plugin",
            """
            package outside;
            public class Plugin implements dev.bertctl.spi.TaskPlugin<Options> {
              public String name() { return "sees"; }
              public String summary() { return "Sees."; }
              public Class<Options> optionsType() { return Options.class; }
              public dev.bertctl.spi.Task<?, ?> create(Options options) {
                throw new UnsupportedOperationException(options.depth() + " " + options.labels());
              }
            }
            """)
        .naming("outside.Plugin");

    TaskPlugin<?> plugin = installed();
    TaskConfig<?> config =
        AppConfig.of(Map.of("model", "none", "labels", "a,b"), "here", plugin, List.of());

    assertEquals(Map.of("depth", "3", "labels", "a,b"), config.optionValues());
    assertSame(plugin, config.plugin());
    try {
      config.createTask();
    } catch (UnsupportedOperationException e) {
      assertEquals("3 [a, b]", e.getMessage());
    }
  }

  private TaskPlugin<?> installed() {
    InstalledPlugins plugins = InstalledPlugins.load(new PluginFolder(folder), List.of());
    assertEquals(List.of(), plugins.found().problems());
    return plugins.found().tasks().get(0).plugin();
  }
}
