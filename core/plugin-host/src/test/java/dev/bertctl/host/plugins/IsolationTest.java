// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin sees of the host and of other plugins. */
class IsolationTest {

  private static final String SEES =
      "public String summary() { try { return Class.forName(\"%s\").getClassLoader() =="
          + " dev.bertctl.spi.TaskPlugin.class.getClassLoader() ? \"the host's\" : \"its own\"; }"
          + " catch (ClassNotFoundException e) { return \"none\"; } }";

  @TempDir Path folder;

  @Test
  void twoVersionsOfALibraryLiveSideBySide() throws IOException {
    withLibrary("first", "1.0");
    withLibrary("second", "2.0");

    List<RegisteredTask> tasks = load();

    assertEquals(
        List.of("first with words 1.0", "second with words 2.0"),
        tasks.stream().map(task -> task.name() + " with words " + task.summary()).toList());
    assertNotSame(
        tasks.get(0).plugin().getClass().getClassLoader(),
        tasks.get(1).plugin().getClass().getClassLoader());
  }

  /** A folder of two jars: a plugin that shows the version of its library. */
  private void withLibrary(String name, String version) throws IOException {
    Path plugin = Files.createDirectory(folder.resolve(name));
    Path library =
        new PluginJar(plugin.resolve("words.jar"))
            .source(
                "lib.Words",
                "package lib; public class Words { public static String version() { return \"%s\"; } }"
                    .formatted(version))
            .write();
    new PluginJar(plugin.resolve("plugin.jar"))
        .against(library)
        .plugin("Plugin", name, "public String summary() { return lib.Words.version(); }")
        .naming("outside.Plugin");
  }

  @Test
  void spiTensorFlowOptionsAndLoggingAreTheHosts() throws IOException {
    for (String type :
        List.of(
            "dev.bertctl.spi.Task",
            "org.tensorflow.op.Op",
            "io.smallrye.config.WithDefault",
            "org.eclipse.microprofile.config.spi.Converter",
            "org.slf4j.Logger")) {
      assertEquals("the host's", seen(type), type);
    }
  }

  @Test
  void otherLibrariesOfTheHostAreNotSeen() throws IOException {
    for (String type :
        List.of(
            "com.fasterxml.jackson.databind.ObjectMapper",
            "eu.maveniverse.maven.mima.context.Context",
            "ai.djl.engine.Engine",
            "dev.bertctl.runtime.registry.TaskRegistry")) {
      assertEquals("none", seen(type), type);
    }
  }

  @Test
  void aCopyOfWhatTheHostGivesIsNotUsed() throws IOException {
    new PluginJar(folder.resolve("a.jar"))
        .source("org.slf4j.Logger", "package org.slf4j; public interface Logger {}")
        .plugin("Plugin", "sees", SEES.formatted("org.slf4j.Logger"))
        .naming("outside.Plugin");

    assertEquals("the host's", load().get(0).summary());
  }

  @Test
  void theJdkIsSeen() throws IOException {
    assertEquals("its own", seen("java.sql.Connection"));
    assertEquals("its own", seen("java.net.http.HttpClient"));
  }

  @Test
  void resourcesAreThePluginsOwn() throws IOException {
    new PluginJar(folder.resolve("a.jar"))
        .entry("words.txt", "own")
        .plugin(
            "Plugin",
            "sees",
            """
            public String summary() {
              try {
                var loader = getClass().getClassLoader();
                return new String(loader.getResourceAsStream("words.txt").readAllBytes())
                    + java.util.Collections.list(
                        loader.getResources("META-INF/services/dev.bertctl.spi.TaskPlugin")).size()
                    + java.util.Collections.list(
                        loader.getResources("META-INF/services/org.junit.platform.engine.TestEngine"));
              } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
              }
            }
            """)
        .naming("outside.Plugin");

    assertEquals("own1[]", load().get(0).summary());
  }

  @Test
  void stackTracesNameThePlugin() throws IOException {
    Path jar =
        new PluginJar(folder.resolve("sarcasm-1.0.jar"))
            .plugin("Plugin", "sarcasm", "")
            .naming("outside.Plugin");

    TaskPlugin<?> plugin = load().get(0).plugin();

    assertEquals(
        "plugin sarcasm-1.0 (%s)".formatted(jar), plugin.getClass().getClassLoader().toString());
    StackTraceElement[] trace = new StackTraceElement[0];
    try {
      plugin.create(null);
    } catch (UnsupportedOperationException e) {
      trace = e.getStackTrace();
    }
    assertEquals("plugin sarcasm-1.0", trace[0].getClassLoaderName());
  }

  /** Whose class of a name a plugin sees. */
  private String seen(String type) throws IOException {
    new PluginJar(folder.resolve("a.jar"))
        .plugin("Plugin", "sees", SEES.formatted(type))
        .naming("outside.Plugin");
    return load().get(0).summary();
  }

  private List<RegisteredTask> load() {
    InstalledPlugins plugins = InstalledPlugins.load(new PluginFolder(folder), List.of());
    assertEquals(List.of(), plugins.found().problems());
    return plugins.found().tasks();
  }
}
