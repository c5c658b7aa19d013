// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.host.plugins.InstalledPlugins;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.saved.InstallPlugin;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved model and the plugin that it was made with, or another one, or none. */
class SavedPluginTest {

  @TempDir Path temporary;
  private Path plugins;
  private Path model;
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void makeFolders() throws IOException {
    plugins = Files.createDirectory(temporary.resolve("plugins"));
    model = Files.createDirectory(temporary.resolve("model"));
  }

  @Test
  void nameVersionCoordinatesAndOriginAreKept() throws IOException {
    Path jar = sarcasm("sarcasm.jar", "1.2");
    assertEquals(
        Map.of(
            "class", "outside.Sarcasm",
            "name", "bertctl-sarcasm",
            "version", "1.2",
            "coordinates", "org.example:bertctl-sarcasm:1.2"),
        FineTunedModel.plugin(plugin()));

    JsonFile.write(
        jar.resolveSibling("sarcasm.origin.json"), Map.of("from", "https://example.org/s.jar"));
    assertEquals("https://example.org/s.jar", FineTunedModel.plugin(plugin()).get("origin"));
  }

  @Test
  void thePluginOfTheModelIsFoundWithoutAWord() throws IOException {
    sarcasm("sarcasm.jar", "1.2");
    saved(FineTunedModel.plugin(plugin()));

    assertEquals("sarcasm", open().name());
    assertEquals(List.of(), notices);
  }

  @Test
  void anotherVersionIsWorthALine() throws IOException {
    sarcasm("sarcasm.jar", "1.3");
    saved(Map.of("name", "bertctl-sarcasm", "version", "1.2"));

    open();

    assertEquals(
        List.of(
            "the model was made with the plugin bertctl-sarcasm 1.2; task 'sarcasm' is now of"
                + " bertctl-sarcasm 1.3"),
        notices);
  }

  @Test
  void aMissingPluginIsToBeInstalledByItsCoordinates() throws IOException {
    saved(
        Map.of(
            "name", "bertctl-sarcasm",
            "version", "1.2",
            "coordinates", "org.example:bertctl-sarcasm:1.2",
            "origin", "/home/ada/sarcasm.jar"));

    UserException failure = failure();
    assertEquals(
        model
            + ": the model is of task 'sarcasm' of the plugin bertctl-sarcasm 1.2, which is not"
            + " there",
        failure.getMessage());
    assertInstalledFrom("maven:org.example:bertctl-sarcasm:1.2", failure);
  }

  @Test
  void aMissingPluginIsToBeInstalledFromWhereItCame() throws IOException {
    saved(
        Map.of(
            "name", "bertctl-sarcasm",
            "coordinates", "org.example:bertctl-sarcasm:1.2",
            "origin", "https://example.org/sarcasm.jar"));

    assertInstalledFrom("https://example.org/sarcasm.jar", failure());
  }

  @Test
  void aMissingPluginIsToBeInstalledFromItsFileWhileItIsThere() throws IOException {
    Path jar = sarcasm("sarcasm.jar", "1.2");
    saved(
        Map.of(
            "name", "bertctl-sarcasm",
            "coordinates", "org.example:bertctl-sarcasm:1.2-SNAPSHOT",
            "origin", jar.toString()));
    Path elsewhere = Files.move(jar, temporary.resolve("sarcasm.jar"));
    assertInstalledFrom("maven:org.example:bertctl-sarcasm:1.2-SNAPSHOT", failure());

    saved(Map.of("name", "bertctl-sarcasm", "origin", elsewhere.toString()));
    assertInstalledFrom(elsewhere.toString(), failure());
  }

  @Test
  void aMissingPluginOfUnknownOriginIsToBeAskedFor() throws IOException {
    saved(Map.of("name", "sarcasm-1.2", "origin", "/home/ada/sarcasm-1.2.jar"));

    UserException failure = failure();
    assertEquals(
        model + ": the model is of task 'sarcasm' of the plugin sarcasm-1.2, which is not there",
        failure.getMessage());
    assertEquals(Optional.of(new InstallPlugin(Optional.empty())), failure.remedy());
  }

  @Test
  void aRefusedPluginIsNotThereForAReason() throws IOException {
    saved(Map.of("name", "sarcasm"));
    Path jar = Files.writeString(plugins.resolve("sarcasm.jar"), "no zip");

    assertEquals(
        model
            + ": the model is of task 'sarcasm' of the plugin sarcasm, which is not there\n"
            + "plugin "
            + jar
            + " is refused: it cannot be read as a jar: zip END header not found; build it or fetch"
            + " it again",
        failure().getMessage());
  }

  private Path sarcasm(String file, String version) throws IOException {
    return new PluginJar(plugins.resolve(file))
        .maven("org.example", "bertctl-sarcasm", version)
        .attribute("Implementation-Version", version)
        .plugin("Sarcasm", "sarcasm", "")
        .naming("outside.Sarcasm");
  }

  private void saved(Map<String, Object> plugin) {
    JsonFile.write(model.resolve("bertctl.json"), Map.of("task", "sarcasm", "plugin", plugin));
  }

  private TaskPlugin<?> plugin() {
    return registry().get("sarcasm").plugin();
  }

  private TaskPlugin<?> open() {
    return FineTunedModel.open(model).pluginIn(registry(), notices::add);
  }

  private UserException failure() {
    return assertThrows(UserException.class, this::open);
  }

  private static void assertInstalledFrom(String source, UserException failure) {
    assertEquals(Optional.of(new InstallPlugin(Optional.of(source))), failure.remedy());
  }

  private TaskRegistry registry() {
    return TaskRegistry.of(
        () -> InstalledPlugins.load(new PluginFolder(plugins), List.of()).found());
  }
}
