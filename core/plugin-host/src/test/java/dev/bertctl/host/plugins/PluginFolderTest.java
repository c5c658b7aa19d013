// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.OneAtATime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    Files.createDirectory(root.resolve(".staging"));
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
  void whatIsNotThePluginsStaysInItsFolder() throws IOException {
    Path plugin = Files.createDirectory(root.resolve("a"));
    Files.createFile(plugin.resolve("a.jar"));
    Files.writeString(root.resolve("a.origin.json"), "{\"sha256\": {\"a.jar\": \"\"}}");
    Path mine = Files.createFile(plugin.resolve("mine.jar"));
    Path data = Files.createDirectory(plugin.resolve("data"));
    Path thesis = Files.createFile(data.resolve("thesis.txt"));

    assertEquals(new PluginFolder.Removed(plugin, List.of(data, mine)), removeWithOthers("a"));
    assertEquals(List.of("a"), files());
    assertTrue(Files.exists(mine) && Files.exists(thesis));
    assertFalse(Files.exists(plugin.resolve("a.jar")));
  }

  @Test
  void aLinkToAFolderIsRemovedAndNotWhatIsThere(@TempDir Path elsewhere) throws IOException {
    Path jar = Files.createFile(elsewhere.resolve("a.jar"));
    Path link = Files.createSymbolicLink(root.resolve("a"), elsewhere);

    assertEquals(link, remove("a"));
    assertEquals(List.of(), files());
    assertTrue(Files.exists(jar));
  }

  @Test
  void aFolderThatHoldsSomethingElseIsNotReplaced() throws IOException {
    Path plugin = Files.createDirectory(root.resolve("a"));
    Path jar = Files.createFile(plugin.resolve("a.jar"));
    Path thesis = Files.createFile(plugin.resolve("thesis.txt"));
    PluginFolder folder = new PluginFolder(root);

    UserException refused =
        folder.installing(
            staging -> {
              write(staging.resolve("a/a.jar"), "new");
              return assertThrows(
                  UserException.class,
                  () -> folder.place(staging.resolve("a"), from("elsewhere"), List.of()));
            });

    assertEquals(
        thesis
            + ": is no file of the plugin whose folder is replaced; move it elsewhere, and install again",
        refused.getMessage());
    assertEquals(0, Files.size(jar));
  }

  @Test
  void aPluginIsRemovedByItsName() throws IOException {
    for (String name : List.of("bertctl-sarcasm", "sarcasm-1.2.jar")) {
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

    assertThrows(
        FileException.class,
        () ->
            folder.installing(
                staging ->
                    folder.place(
                        staging.resolve("sarcasm-1.3.jar"),
                        from("elsewhere"),
                        List.of(PluginFiles.at(old)))));

    assertEquals(List.of("sarcasm-1.2.jar"), files());
  }

  @Test
  void aFolderTakesThePlaceOfAJarOfItsName() throws IOException {
    Path old = sarcasm("sarcasm.jar", "sarcasm");
    Files.writeString(root.resolve("sarcasm.origin.json"), "{\"from\": \"before\"}");
    PluginFolder folder = new PluginFolder(root);

    PluginFiles placed =
        folder.installing(
            staging -> {
              write(staging.resolve("sarcasm/a.jar"), "new");
              return folder.place(
                  staging.resolve("sarcasm"), from("after"), List.of(PluginFiles.at(old)));
            });

    assertEquals(Optional.of("after"), folder.origin(placed));
    assertEquals(List.of("sarcasm", "sarcasm.origin.json"), files());
    assertEquals("new", Files.readString(root.resolve("sarcasm/a.jar")));
  }

  /** How far an installation had come when it was killed; each step holds those before it. */
  enum Killed {
    FETCHED,
    WRITTEN_DOWN,
    OLD_ONE_OF_THE_NAME_REMOVED,
    PLACED,
    OTHERS_REMOVED,
    ORIGIN_WRITTEN;

    boolean reached(Killed step) {
      return compareTo(step) >= 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKilledInstallationIsDoneAltogetherOrNotAtAll(Killed killed) throws IOException {
    write(root.resolve("new/a.jar"), "old");
    write(root.resolve("new.origin.json"), "{\"from\": \"before\"}");
    write(root.resolve("old.jar"), "older");
    write(root.resolve("old.origin.json"), "{\"from\": \"long before\"}");
    write(root.resolve("other.jar"), "other");
    leave(killed);
    PluginFolder folder = new PluginFolder(root);

    List<String> names = folder.entries().stream().map(PluginFiles::name).toList();

    boolean done = killed.reached(Killed.WRITTEN_DOWN);
    assertEquals(done ? List.of("new", "other") : List.of("new", "old", "other"), names);
    assertEquals(done ? "new" : "old", Files.readString(root.resolve("new/a.jar")));
    assertEquals(
        Optional.of(done ? "after" : "before"), folder.origin(PluginFiles.at(root.resolve("new"))));
    assertEquals(!done, Files.exists(root.resolve("old.origin.json")));

    // And the next one finds nothing in its way.
    folder.installing(
        staging -> {
          write(staging.resolve("next.jar"), "next");
          return folder.place(staging.resolve("next.jar"), from("next"), List.of());
        });
    assertFalse(Files.exists(root.resolve(".staging")));
    assertTrue(files().contains("next.jar"));
  }

  private void leave(Killed killed) throws IOException {
    Path staged = root.resolve(".staging/plugin/new");
    Path placed = root.resolve("new");
    write(staged.resolve("a.jar"), "new");
    if (killed.reached(Killed.WRITTEN_DOWN)) {
      write(
          root.resolve(".staging/change.json"),
          "{\"plugin\": \"new\", \"from\": \"after\", \"removed\": [\"old.jar\", \"old.origin.json\"]}");
    }
    if (killed.reached(Killed.OLD_ONE_OF_THE_NAME_REMOVED)) {
      FileTree.delete(placed);
    }
    if (killed.reached(Killed.PLACED)) {
      FileTree.replace(staged, placed);
    }
    if (killed.reached(Killed.OTHERS_REMOVED)) {
      FileTree.delete(root.resolve("old.jar"));
      FileTree.delete(root.resolve("old.origin.json"));
    }
    if (killed.reached(Killed.ORIGIN_WRITTEN)) {
      write(root.resolve("new.origin.json"), "{\"from\": \"after\"}");
    }
  }

  @Test
  void aRemovalThatWasKilledHalfWayIsFinished() throws IOException {
    write(root.resolve("half/b.jar"), "b");
    write(root.resolve("half.origin.json"), "{}");
    write(
        root.resolve(".staging/change.json"),
        "{\"removed\": [\"half/a.jar\", \"half/b.jar\", \"half\", \"half.origin.json\"]}");

    assertEquals(List.of(), new PluginFolder(root).entries());
    assertEquals(List.of(), files());
  }

  @Test
  void twoInstallationsAreNotMixed() {
    PluginFolder folder = new PluginFolder(root);
    UserException error =
        folder.installing(
            staging ->
                assertThrows(UserException.class, () -> folder.installing(other -> "never")));

    assertEquals(
        root.resolve(".staging") + ": another process is writing there", error.getMessage());
    assertEquals(Optional.of(new OneAtATime()), error.remedy());
  }

  @Test
  void aChangeThatLeadsOutOfTheFolderIsRefused() {
    Path change = root.resolve(".staging/change.json");
    for (String name : List.of("../a", "", ".lock", "a/../b", "a/.lock", "a/b/c", "a\\\\b")) {
      write(change, "{\"removed\": [\"%s\"]}".formatted(name));

      assertEquals(
          "%s: '%s' is no file of a plugin; remove change.json, and install again what is missing then"
              .formatted(change, name.replace("\\\\", "\\")),
          assertThrows(UserException.class, () -> new PluginFolder(root).entries()).getMessage());
    }
  }

  private static PluginRecord from(String origin) {
    return new PluginRecord(Optional.of(origin), Map.of(), List.of());
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path sarcasm(String file, String task) throws IOException {
    return new PluginJar(root.resolve(file))
        .maven("org.example", "bertctl-sarcasm", "1.2")
        .plugin("Sarcasm", task, "")
        .naming("outside.Sarcasm");
  }

  private Path remove(String name) {
    PluginFolder.Removed removed = removeWithOthers(name);
    assertEquals(List.of(), removed.left());
    return removed.path();
  }

  private PluginFolder.Removed removeWithOthers(String name) {
    PluginFolder folder = new PluginFolder(root);
    return folder.remove(name, () -> ListedPlugins.in(folder, List.of()));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
