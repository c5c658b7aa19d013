// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders above the one that is trusted; see the caches' and the plugins' tests for the folder. */
class TrustedFolderTest {

  @TempDir private Path temporary;
  private Path above;
  private Path cache;

  @BeforeEach
  void make() throws IOException {
    above = Files.createDirectory(temporary.toRealPath().resolve("above"));
    cache = Files.createDirectories(above.resolve("mine/cache"));
  }

  private static void mode(Path folder, int mode) throws IOException {
    Files.setAttribute(folder, "unix:mode", mode);
  }

  private void assertRefused(Path root, Path part) {
    assertEquals(
        "%s: every user can put another folder in place of %s; `chmod o-w %s`, or choose a folder elsewhere; where there are no other users, as in a container, set BERTCTL_TRUST_FOLDERS=yes"
            .formatted(above, part, above),
        assertThrows(UserException.class, () -> TrustedFolder.require(root, root)).getMessage());
  }

  @Test
  void whereEveryoneCanExchangeAFolderAboveItIsRefused() throws IOException {
    mode(above, 0777);
    assertRefused(cache, above.resolve("mine"));
    mode(above, 0755);
    assertDoesNotThrow(() -> TrustedFolder.require(cache, cache));
  }

  /** As /tmp has it, where a folder belongs to the user. */
  @Test
  void theStickyBitKeepsFoldersInTheirPlace() throws IOException {
    mode(above, 01777);
    assertDoesNotThrow(() -> TrustedFolder.require(cache, cache));
  }

  /** A project's folder, in which its group makes folders. */
  @Test
  void aGroupMayWriteAboveIt() throws IOException {
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertDoesNotThrow(() -> TrustedFolder.require(cache, cache));
  }

  @Test
  void foldersAboveALinkCountAndThoseOfWhatItLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(temporary.toRealPath().resolve("link"), cache);
    mode(above, 0777);
    assertRefused(link, above.resolve("mine"));
    Path elsewhere = Files.createDirectory(temporary.toRealPath().resolve("elsewhere"));
    Path open = Files.createSymbolicLink(above.resolve("open"), elsewhere);
    assertRefused(open, open);
  }
}
