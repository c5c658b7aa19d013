// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {

  private static final Path HOME = Path.of("/home/ada");

  @TempDir Path root;

  @Test
  void theEnvironmentNamesIt() {
    assertEquals(
        Path.of("/home/ada/.local/share/bertctl/plugins"),
        PluginFolder.of(Map.of("XDG_DATA_HOME", "relative"), HOME).root());
    assertEquals(
        Path.of("/data/bertctl/plugins"),
        PluginFolder.of(Map.of("XDG_DATA_HOME", "/data"), HOME).root());
    assertEquals(
        Path.of("/mine"),
        PluginFolder.of(Map.of("XDG_DATA_HOME", "/data", "BERTCTL_PLUGINS", "/mine"), HOME).root());
  }

  @Test
  void whereThereIsNoFolderThereAreNoPlugins() {
    assertEquals(List.of(), new PluginFolder(root.resolve("none")).entries());
  }

  @Test
  void jarsAndFoldersArePlugins() throws IOException {
    Files.createFile(root.resolve("a.jar"));
    Files.createFile(root.resolve("a.origin.json"));
    Files.createDirectory(root.resolve("b"));
    Files.createDirectory(root.resolve(".installing-1"));
    Files.createFile(root.resolve(".hidden.jar"));
    Files.createFile(root.resolve("notes.txt"));

    assertEquals(
        List.of("a", "b"),
        new PluginFolder(root).entries().stream().map(PluginFiles::name).toList());
  }

  @Test
  void aPluginIsRemovedByItsFilesNameWithoutBeingLoaded() throws IOException {
    Files.createFile(root.resolve("a.jar"));
    Files.writeString(root.resolve("a.origin.json"), "{}");
    Path library = Files.createDirectory(root.resolve("b")).resolve("library.jar");
    Files.createFile(library);

    assertEquals(root.resolve("a.jar"), remove("a"));
    assertEquals(root.resolve("b"), remove("b"));
    assertEquals(List.of(), files());
  }

  @Test
  void aPluginIsRemovedByItsNameOrThatOfItsTask() throws IOException {
    for (String name : List.of("bertctl-sarcasm", "sarcasm", "sarcasm-1.2.jar")) {
      Path jar = sarcasm("sarcasm-1.2.jar", "sarcasm");

      assertEquals(jar, remove(name));
      assertEquals(List.of(), files());
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() throws IOException {
    PluginFolder empty = new PluginFolder(root);
    assertEquals(
        "no plugin 'irony' in " + root + "; there are: none",
        assertThrows(UserException.class, () -> remove("irony")).getMessage());

    sarcasm("sarcasm-1.2.jar", "sarcasm");
    Files.createDirectory(empty.root().resolve("other"));

    assertEquals(
        "no plugin 'irony' in " + root + "; there are: other, sarcasm-1.2.jar",
        assertThrows(UserException.class, () -> remove("irony")).getMessage());
  }

  @Test
  void aNameOfSeveralIsAnsweredWithTheirFiles() throws IOException {
    sarcasm("one.jar", "sarcasm");
    sarcasm("two.jar", "irony");

    assertEquals(
        "'bertctl-sarcasm' is the name of several plugins; name one of these files: one.jar, two.jar",
        assertThrows(UserException.class, () -> remove("bertctl-sarcasm")).getMessage());
    assertEquals(List.of("one.jar", "two.jar"), files());
  }

  @Test
  void whatIsReplacedStaysWhereTheNewOneCannotBePlaced() throws IOException {
    Path old = sarcasm("sarcasm-1.2.jar", "sarcasm");
    PluginFolder folder = new PluginFolder(root);
    List<PluginFiles> replaced = List.of(PluginFiles.at(old));
    Path lost = root.resolve(".installing-1/sarcasm-1.3.jar");

    assertThrows(FileException.class, () -> folder.place(lost, "elsewhere", replaced));

    assertEquals(List.of("sarcasm-1.2.jar"), files());
  }

  @Test
  void aFolderTakesThePlaceOfAJarOfItsName() throws IOException {
    Path old = sarcasm("sarcasm.jar", "sarcasm");
    Files.writeString(root.resolve("sarcasm.origin.json"), "{\"from\": \"before\"}");
    PluginFolder folder = new PluginFolder(root);
    Path staged = Files.createDirectory(folder.stagingFolder().resolve("sarcasm"));

    PluginFiles placed = folder.place(staged, "after", List.of(PluginFiles.at(old)));

    assertEquals(Optional.of("after"), folder.origin(placed));
    assertEquals(
        List.of("sarcasm", "sarcasm.origin.json"),
        files().stream().filter(name -> !name.startsWith(".")).toList());
  }

  @Test
  void whatAKilledInstallationLeftIsRemovedAfterADay() throws IOException {
    PluginFolder folder = new PluginFolder(root);
    Path killed = folder.stagingFolder();
    Files.createFile(killed.resolve("sarcasm.jar"));
    Path running = folder.stagingFolder();
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    folder.stagingFolder();

    assertFalse(Files.exists(killed));
    assertTrue(Files.exists(running));
  }

  private Path sarcasm(String file, String task) throws IOException {
    return new PluginJar(root.resolve(file))
        .maven("org.example", "bertctl-sarcasm", "1.2")
        .plugin("Sarcasm", task, "")
        .naming("outside.Sarcasm");
  }

  private Path remove(String name) {
    PluginFolder folder = new PluginFolder(root);
    return folder.remove(name, () -> InstalledPlugins.load(folder, List.of()));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
