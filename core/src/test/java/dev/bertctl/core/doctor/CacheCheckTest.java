// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.models.CachedModel;
import dev.bertctl.runtime.OtherCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCheckTest {

  private static final long MUCH = 64_000_000_000L;
  private static final long LITTLE = 2_900_000_000L;

  @TempDir private Path folder;

  @Test
  void aFolderThatIsYetToBeMadeWillDo() {
    Path cache = folder.resolve("not/there");
    assertEquals(folder, CacheCheck.existing(cache));
    assertEquals(
        Finding.ok("cache", cache + ", 64.0 GB free on its disk"),
        CacheCheck.of(cache, true, false, MUCH));
  }

  @Test
  void littleSpaceIsWorthANoteBeforeLibrariesAreUnpacked() {
    assertEquals(
        Finding.note(
            "cache",
            folder
                + ", 2.9 GB free on its disk; native libraries, which are still to be unpacked, and"
                + " a model take up to 3.0 GB",
            new MoreSpace()),
        CacheCheck.of(folder, true, false, LITTLE));
    assertEquals(State.OK, CacheCheck.of(folder, true, true, LITTLE).state());
  }

  @Test
  void aCacheThatIsCompleteMayBeReadOnly() {
    assertEquals(
        Finding.ok(
            "cache",
            folder
                + " cannot be written, but has the native libraries; no model is fetched into it"),
        CacheCheck.of(folder, false, true, MUCH));
    assertEquals(
        Finding.problem(
            "cache",
            "%s can be neither used nor written: %s is not yours to write, and the native libraries are not unpacked there"
                .formatted(folder.resolve("cache"), folder),
            new OtherCache()),
        CacheCheck.of(folder.resolve("cache"), false, false, MUCH));
  }

  @Test
  void aFileIsNoCache() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        Finding.problem(
            "cache",
            "%s can be neither used nor written: %s is a file, not a folder"
                .formatted(file.resolve("cache"), file),
            new OtherCache()),
        CacheCheck.of(file.resolve("cache"), false, false, MUCH));
  }

  @Test
  void modelsAreCounted() {
    assertEquals(Finding.ok("models", "none in the cache"), CacheCheck.of(List.of()));
    assertEquals(
        Finding.ok("models", "2 in the cache, 1.3 GB: minilm-l6, hf:a/b"),
        CacheCheck.of(
            List.of(
                new CachedModel("minilm-l6", folder, 90_000_000),
                new CachedModel("hf:a/b", folder, 1_210_000_000))));
  }
}
