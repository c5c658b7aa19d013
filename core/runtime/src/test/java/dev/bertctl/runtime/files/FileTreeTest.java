// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

  @TempDir Path folder;

  @Test
  void deletesFilesAndFoldersButNotWhatLinksLeadTo() throws IOException {
    Path outside = tree("outside", "kept");
    Path tree = tree("tree", "lost");
    Files.createSymbolicLink(tree.resolve("link"), outside);

    FileTree.delete(tree);
    FileTree.delete(folder.resolve("none"));

    assertFalse(Files.exists(tree));
    assertEquals("kept", Files.readString(outside.resolve("below/file")));
  }

  @Test
  void clearsAFolderAndMakesOne() throws IOException {
    Path tree = tree("tree", "lost");

    FileTree.clear(tree);
    FileTree.clear(folder.resolve("new/folder"));

    assertEquals(List.of(), names(tree));
    assertTrue(Files.isDirectory(folder.resolve("new/folder")));
  }

  @Test
  void replacesFilesAndFoldersByEachOther() throws IOException {
    Path place = tree("place", "first");

    FileTree.replace(tree("second", "second"), place);
    assertEquals("second", Files.readString(place.resolve("below/file")));

    FileTree.replace(Files.writeString(folder.resolve("third"), "third"), place);
    assertEquals("third", Files.readString(place));

    FileTree.replace(Files.writeString(folder.resolve("fourth"), "fourth"), place);
    assertEquals("fourth", Files.readString(place));

    FileTree.replace(tree("fifth", "fifth"), place);
    assertEquals("fifth", Files.readString(place.resolve("below/file")));
    assertEquals(List.of("place"), names(folder));
  }

  @Test
  void theOldFolderStaysWhereTheNewOneCannotBeHad() throws IOException {
    Path place = tree("place", "old");

    FileException failure =
        assertThrows(FileException.class, () -> FileTree.replace(folder.resolve("none"), place));

    assertTrue(failure.getMessage().startsWith("cannot write " + place), failure.getMessage());
    assertEquals("old", Files.readString(place.resolve("below/file")));
    assertEquals(List.of("place"), names(folder));
  }

  private Path tree(String name, String text) throws IOException {
    Path below = Files.createDirectories(folder.resolve(name).resolve("below"));
    Files.writeString(below.resolve("file"), text);
    return below.getParent();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
