// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library that cannot be read any more shows whether it was read. */
class KnownLibrariesTest {

  private static final FileTime TIME = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir Path folder;
  private Path library;

  @BeforeEach
  void installed() throws IOException {
    Path plugin = Files.createDirectory(folder.resolve("sarcasm"));
    library =
        new PluginJar(plugin.resolve("words.jar"))
            .source("lib.Words", "package lib; public class Words {}")
            .write();
    Files.setLastModifiedTime(library, TIME);
    new PluginJar(plugin.resolve("sarcasm.jar"))
        .plugin("Sarcasm", "sarcasm", "")
        .naming("outside.Sarcasm");
    assertEquals(List.of(), problems());
  }

  /** Its classes are not looked at, though they would be refused. */
  @Test
  void aLibraryThatPassedIsNotLookedAtAgain() throws IOException {
    spoilKnown();

    assertEquals(List.of(), problems());
    assertEquals(List.of(), problems());
  }

  @Test
  void aLibraryThatHasChangedToOneOfTheSameSizeAndTimeIs() throws IOException {
    spoil();
    Files.setLastModifiedTime(library, TIME);

    assertRefused();
  }

  @Test
  void aLibraryThatHasChangedIs() throws IOException {
    spoil();

    assertRefused();
    assertRefused();
  }

  @Test
  void aLibraryForANewerJavaThanThisOneIs() throws IOException {
    spoilKnown();
    Path file = folder.resolve(".checked.properties");
    Files.writeString(
        file, Files.readString(file).replaceAll("(words.jar=.*) \\d+\n", "$1 9999\n"));

    assertRefused();
  }

  @Test
  void otherRulesMakeAllUnknown() throws IOException {
    spoilKnown();
    Path file = folder.resolve(".checked.properties");
    Files.writeString(file, Files.readString(file).replaceAll("rules=.*", "rules=other"));

    assertRefused();
  }

  @Test
  void aDamagedFileIsOfNoMatter() throws IOException {
    Path file = folder.resolve(".checked.properties");
    Files.writeString(file, "\\u00zz");

    assertEquals(List.of(), problems());
    assertTrue(Files.readString(file).contains("words.jar"));
  }

  /** As if what it is now had passed. */
  private void spoilKnown() throws IOException {
    String before = Sha256.of(library);
    spoil();
    String now = Sha256.of(library);
    Path file = folder.resolve(".checked.properties");
    Files.writeString(file, Files.readString(file).replace(before, now));
  }

  private void spoil() throws IOException {
    Files.write(library, new byte[(int) Files.size(library)]);
  }

  private void assertRefused() {
    String refused = "plugin " + library + " is refused: it cannot be read as a jar: ";
    assertEquals(
        List.of(refused), problems().stream().map(p -> p.substring(0, refused.length())).toList());
  }

  private List<String> problems() {
    return InstalledPlugins.load(new PluginFolder(folder), List.of()).found().problems();
  }
}
