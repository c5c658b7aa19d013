// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.MavenRepositories;
import dev.bertctl.download.Proxies;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.registry.TaskDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of plugins that leave a trace when they are run. */
class ListedPluginsTest {

  @TempDir Path temporary;
  private Path root;
  private Path trace;
  private PluginFolder folder;

  @BeforeEach
  void emptyFolder() throws IOException {
    root = Files.createDirectory(temporary.resolve("plugins"));
    trace = temporary.resolve("trace");
    folder = new PluginFolder(root);
  }

  @Test
  void anInstalledPluginIsListedAsItToldWhenItWasInstalled() throws IOException {
    installation().install(irony(temporary.resolve("irony.jar")).toString());
    Files.delete(trace);

    ListedPlugin listed = single();

    TaskDescription task = listed.tasks().get(0);
    assertEquals("irony", task.name());
    assertEquals("Summary of irony", task.summary());
    assertEquals(Optional.of("1.2"), task.version());
    assertEquals(root.resolve("irony.jar"), task.origin().path());
    assertEquals(Optional.of(temporary.resolve("irony.jar").toString()), listed.from());
    assertEquals(Optional.empty(), listed.note());
    assertFalse(Files.exists(trace), "listing ran the plugin");

    InstalledPlugins.load(folder, List.of());
    assertTrue(Files.exists(trace), "the plugin leaves a trace when it is run");
  }

  @Test
  void ofOnePutThereByHandTheServicesFileIsListed() throws IOException {
    Path jar = irony(root.resolve("irony.jar"));

    ListedPlugin listed = single();

    assertEquals(List.of(), listed.tasks());
    assertEquals(List.of("outside.Irony"), listed.undescribed());
    assertTrue(listed.accepted());
    assertEquals(
        Optional.of(
            "plugin "
                + jar
                + " (outside.Irony) was not installed by `bertctl plugins install`, or has changed"
                + " since: it is looked into when a task is used"),
        listed.note());
    assertFalse(Files.exists(trace), "listing ran the plugin");
  }

  @Test
  void whatWasToldOfOtherJarsDoesNotCount() throws IOException {
    installation().install(irony(temporary.resolve("irony.jar")).toString());
    Files.delete(trace);
    plugin(root.resolve("irony.jar"), "Sarcasm", "sarcasm").naming("outside.Sarcasm");

    assertEquals(List.of("outside.Sarcasm"), single().undescribed());
    assertFalse(Files.exists(trace), "listing ran the plugin");
  }

  @Test
  void aLibraryThatJoinedAPluginChangesIt() throws IOException {
    Path given = Files.createDirectory(temporary.resolve("irony"));
    irony(given.resolve("irony.jar"));
    installation().install(given.toString());
    assertEquals(List.of(), single().undescribed());

    new PluginJar(single().path().resolve("library.jar")).entry("any.txt", "").write();

    assertEquals(List.of("outside.Irony"), single().undescribed());
  }

  @Test
  void aRecordThatSaysOtherThingsIsNoDescription() throws IOException {
    irony(root.resolve("irony.jar"));
    for (String record :
        List.of(
            "{}",
            "[]",
            "{\"from\": {\"a\": 1}, \"sha256\": [\"irony.jar\"], \"tasks\": {\"name\": \"irony\"}}",
            "{\"sha256\": {\"irony.jar\": {}}, \"more\": [{}], \"tasks\": [[1], \"irony\"]}")) {
      Files.writeString(root.resolve("irony.origin.json"), record);

      assertEquals(List.of("outside.Irony"), single().undescribed(), record);
      assertEquals(Optional.empty(), single().from(), record);
    }
  }

  @Test
  void aRecordThatIsCutShortIsNamed() throws IOException {
    irony(root.resolve("irony.jar"));
    Path record = Files.writeString(root.resolve("irony.origin.json"), "{\"tasks\": [");

    String message = assertThrows(UserException.class, this::single).getMessage();

    assertTrue(message.startsWith(record + ":1: not valid JSON: "), message);
  }

  @Test
  void aNameThatBecameABuiltInTasksIsRefused() throws IOException {
    installation().install(irony(temporary.resolve("irony.jar")).toString());

    ListedPlugins listed = ListedPlugins.in(folder, single().tasks());

    assertEquals(List.of(), listed.tasks());
    assertEquals(
        "plugin %s is refused: its task name 'irony' is that of the built-in plugin %s; its author chooses another name"
            .formatted(root.resolve("irony.jar"), root.resolve("irony.jar")),
        listed.problems().get(0));
  }

  @Test
  void whatItsFilesTellAgainstAPluginIsListed() throws IOException {
    plugin(root.resolve("irony.jar"), "Irony", "irony")
        .attribute("Bertctl-SPI-Version", "3.0")
        .naming("outside.Irony");

    ListedPlugin listed = single();

    assertFalse(listed.accepted());
    assertEquals(Optional.empty(), listed.note());
  }

  @Test
  void theNameOfATaskIsEnoughToRemoveItsPluginUnrun() throws IOException {
    installation().install(irony(temporary.resolve("any.jar")).toString());
    Files.delete(trace);

    folder.remove("irony", () -> ListedPlugins.in(folder, List.of()));

    assertEquals(List.of(), folder.entries());
    assertFalse(Files.exists(trace), "removing ran the plugin");
  }

  @Test
  void aCheckThatTheFilesDecideRunsNeitherThePluginNorTheInstalledOnes() throws IOException {
    irony(root.resolve("irony.jar"));
    Path jar =
        plugin(temporary.resolve("sarcasm.jar"), "Sarcasm", "sarcasm")
            .attribute("Bertctl-SPI-Version", "3.0")
            .naming("outside.Sarcasm");

    assertFalse(installation().check(jar).accepted());

    assertFalse(Files.exists(trace), "a plugin was run");
  }

  @Test
  void aPluginThatLacksAPartOfItselfIsNotRunByACheck() throws IOException {
    Path jar =
        plugin(temporary.resolve("irony.jar"), "Irony", "irony")
            .source("outside.Part", "package outside; class Part {}")
            .source("outside.Whole", "package outside; class Whole extends Part {}")
            .without("outside.Part")
            .naming("outside.Irony");

    assertEquals(
        "its classes name outside.Part of its own package, which is in none of its jars",
        installation().check(jar).refusals().get(0).problem());
    assertFalse(Files.exists(trace), "the check ran the plugin");
  }

  @Test
  void aChangeThatWasWrittenDownHoldsAllThatIsKept() {
    PluginRecord kept =
        new PluginRecord(
            Optional.of("elsewhere"),
            Map.of("irony.jar", "0123"),
            List.of(new PluginRecord.Task("irony", "Says the opposite.")));
    PluginChange change =
        new PluginChange(
            Optional.of(new PluginChange.Placed("irony.jar", kept)), List.of("old.jar"));
    Path file = temporary.resolve("change.json");

    change.write(file);

    assertEquals(change, PluginChange.read(file));
  }

  private ListedPlugin single() {
    List<ListedPlugin> all = ListedPlugins.in(folder, List.of()).all();
    assertEquals(1, all.size());
    return all.get(0);
  }

  private PluginInstallation installation() {
    MavenRepositories none =
        new MavenRepositories(true, Optional.empty(), Proxies.of(Map.of()), DownloadListener.NONE);
    return new PluginInstallation(folder, List.of(), none, options -> {});
  }

  private Path irony(Path jar) throws IOException {
    return plugin(jar, "Irony", "irony").naming("outside.Irony");
  }

  private PluginJar plugin(Path jar, String className, String task) throws IOException {
    return new PluginJar(jar)
        .plugin(
            className,
            task,
            """
            static {
              try {
                java.nio.file.Files.writeString(java.nio.file.Path.of("%s"), "run");
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }
            """
                .formatted(trace));
  }
}
