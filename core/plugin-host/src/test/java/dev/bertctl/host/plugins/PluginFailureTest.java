// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
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
        Optional.of(
            "unexpected failure: java.lang.IllegalStateException: the run failed\n"
                + "this is probably a defect of plugin sarcasm-1.2"),
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
            "plugin sarcasm-1.2 cannot be used: it needs the class lib.Words, which is in none of its jars; install"
                + " it by its Maven coordinates, which brings what it depends on, or put the jar"
                + " with that class beside it, both in a folder of their own"),
        PluginFailure.explain(failure));
  }

  @Test
  void aClassThatIsAskedForByItsNameIsExplainedToo() throws IOException {
    TaskPlugin<?> plugin =
        plugin(
            "public java.util.Map<String, String> defaultSettings() {"
                + " try { throw new IllegalStateException(Class.forName(\"lib.Lost\").getName()); }"
                + " catch (ClassNotFoundException e) { throw new IllegalStateException(e); } }");

    Throwable failure = assertThrows(Throwable.class, plugin::defaultSettings);

    assertTrue(
        PluginFailure.explain(failure)
            .orElseThrow()
            .startsWith(
                "plugin sarcasm-1.2 cannot be used: it needs the class lib.Lost, which is"));
  }

  @Test
  void aFailureOfWhatThePluginWasAskedForNamesItsJar() throws IOException {
    TaskPlugin<?> plugin = plugin("");
    assertEquals(
        Optional.of(
            "plugin %s cannot be used: one of its class files is damaged or not in its place (class format: cut off); fetch it again, or build it again"
                .formatted(folder.resolve("sarcasm-1.2.jar"))),
        PluginFailure.explain(plugin, new ClassFormatError("cut off")));
    assertEquals(
        Optional.empty(), PluginFailure.explain(plugin, new IllegalStateException("no class")));
  }

  @Test
  void aPluginForTheOtherLineOfTensorFlowIsToldSo() throws IOException {
    NoSuchMethodError error =
        new NoSuchMethodError("'org.tensorflow.op.nn.Swish org.tensorflow.op.NnOps.swish()'");
    assertEquals(
        Optional.of(
            ("plugin %s cannot be used: it uses a part of TensorFlow that line %s does not have (no such method:"
                    + " 'org.tensorflow.op.nn.Swish org.tensorflow.op.NnOps.swish()'); its author builds it against that"
                    + " line, or uses the layers of HeadGraph, which all lines have")
                .formatted(folder.resolve("sarcasm-1.2.jar"), TensorFlowLine.NAME)),
        PluginFailure.explain(plugin(""), error));
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
