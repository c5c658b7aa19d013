// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Libraries are files of the class path here; nothing loads them. */
@DisabledOnOs(OS.WINDOWS)
class NativeFolderTest {

  private static final List<String> FILES = List.of("CacheFolder.class", "Remedy.class");

  @TempDir Path root;

  private Path place;
  private NativeFolder folder;

  @BeforeEach
  void begin() {
    place = root.resolve("native/library/1.0");
    folder = NativeFolder.of(place, FILES, "dev/bertctl/runtime/"::concat);
  }

  @Test
  void isFilledOnceWithThePermissionsOfOrdinaryFiles() throws IOException {
    assertTrue(folder.hasLibraries());
    assertFalse(NativeFolder.of(place, FILES, "nowhere/"::concat).hasLibraries());

    assertEquals(place, folder.filled());

    assertEquals(FILES, unpacked());
    assertEquals(permissions(Files.createDirectory(root.resolve("folder"))), permissions(place));
    Path file = Files.createFile(root.resolve("file"));
    assertEquals(permissions(file), permissions(place.resolve(FILES.get(0))));
  }

  @Test
  void whatIsNoLongerWhatItWasIsUnpackedAgain() throws IOException {
    folder.filled();
    Path library = place.resolve(FILES.get(0));
    byte[] sound = Files.readAllBytes(library);

    Files.write(library, Arrays.copyOf(sound, sound.length / 2));
    folder.filled();
    assertArrayEquals(sound, Files.readAllBytes(library));

    byte[] flipped = sound.clone();
    flipped[100] ^= 1;
    Files.write(library, flipped);
    Files.setLastModifiedTime(library, FileTime.fromMillis(0));
    folder.filled();
    assertArrayEquals(sound, Files.readAllBytes(library));

    Files.writeString(place.resolve("planted.so"), "other");
    folder.filled();
    assertEquals(FILES, unpacked());

    // What keeps length and time is found by reading.
    assertTrue(folder.verify());
    FileTime kept = Files.getLastModifiedTime(library);
    Files.write(library, flipped);
    Files.setLastModifiedTime(library, kept);
    folder.filled();
    assertArrayEquals(flipped, Files.readAllBytes(library));
    assertFalse(folder.verify());
    assertArrayEquals(sound, Files.readAllBytes(library));
  }

  @Test
  void whatAnOlderVersionUnpackedIsComparedOnce() throws IOException {
    folder.filled();
    Path library = place.resolve(FILES.get(0));
    byte[] sound = Files.readAllBytes(library);
    Files.delete(place.resolve(".files.json"));
    folder.filled();
    assertTrue(Files.exists(place.resolve(".files.json")));

    Files.writeString(place.resolve(".files.json"), "half a");
    folder.filled();
    Files.delete(place.resolve(".files.json"));
    Files.writeString(library, "other");
    folder.filled();
    assertArrayEquals(sound, Files.readAllBytes(library));
  }

  @Test
  void whatOthersCanWriteIsNotRun() throws IOException {
    folder.filled();
    for (Path path : List.of(place, place.resolve(FILES.get(0)))) {
      Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xrwx"));
      UserException failure = assertThrows(UserException.class, folder::filled);
      assertEquals(
          "%s: other users can write there, and could have anything run or computed with that they put there; make sure that all in it is what it should be, then `chmod -R go-w %s`; where there are no other users, as in a container, set BERTCTL_TRUST_FOLDERS=yes"
              .formatted(path, path),
          failure.getMessage());
      Files.setPosixFilePermissions(path, before);
    }
    assertEquals(place, folder.filled());
  }

  @Test
  void whatDjlLeftIsRemoved() throws IOException {
    Path abandoned = Files.createDirectories(place.resolveSibling("tmp123"));
    Files.writeString(abandoned.resolve("half.so"), "half");
    Files.setLastModifiedTime(abandoned, FileTime.fromMillis(0));
    Files.createDirectories(place.resolveSibling("tmp456"));
    folder.filled();
    assertEquals(List.of(".1.0.lock", "1.0", "tmp456"), names(place.getParent()));
  }

  private List<String> unpacked() throws IOException {
    return names(place).stream().filter(name -> !name.startsWith(".")).toList();
  }

  @Test
  void whatACutOffAttemptLeftIsDoneAnew() throws IOException {
    Path partial = Files.createDirectories(place.resolveSibling(".1.0.part"));
    Files.writeString(partial.resolve("other"), "half");
    Files.createDirectories(place);
    Files.writeString(place.resolve(FILES.get(0)), "without the others");

    folder.filled();

    assertEquals(FILES, unpacked());
    assertEquals(List.of(".1.0.lock", "1.0"), names(place.getParent()));
    assertTrue(Files.size(place.resolve(FILES.get(0))) > 100);
  }

  @Test
  void aFilledFolderIsEnough() throws IOException {
    folder.filled();
    readOnly(place.getParent());
    assertEquals(place, folder.filled());
  }

  @Test
  void aFolderOfAnotherUserIsNamedWithItsOwner() throws IOException {
    folder.filled();
    assumeDenied(place, "---------");
    UserException failure = assertThrows(UserException.class, folder::filled);
    assertEquals(
        "native libraries are not unpacked: cannot read %s: permission denied: %s belongs to %s (---------), and this is %s"
            .formatted(place, place, owner(place), System.getProperty("user.name")),
        failure.getMessage());
    assertEquals(new OtherCache(), failure.remedy().orElseThrow());
  }

  @Test
  void aFolderThatCannotBeFilledIsNamedWithItsOwner() throws IOException {
    assumeDenied(root, "r-xr-xr-x");
    UserException failure = assertThrows(UserException.class, folder::filled);
    assertEquals(
        "native libraries are not unpacked: cannot write %s: permission denied: %s belongs to %s (r-xr-xr-x), and this is %s"
            .formatted(place.getParent(), root, owner(root), System.getProperty("user.name")),
        failure.getMessage());
  }

  private static void readOnly(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  /** Permissions hold for all users but root. */
  private static void assumeDenied(Path folder, String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    assumeFalse(Files.isWritable(folder), "this user may do everything");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String owner(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class).owner().getName();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
