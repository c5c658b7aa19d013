// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {

  @TempDir private Path folder;

  @Test
  void theEnvironmentNamesTheFolder() {
    Path home = Path.of("/home/ann");
    assertEquals(
        Path.of("/a"),
        ModelCache.of(Map.of("BERTCTL_CACHE", "/a", "XDG_CACHE_HOME", "/b"), home).root());
    assertEquals(Path.of("/b/bertctl"), ModelCache.of(Map.of("XDG_CACHE_HOME", "/b"), home).root());
    assertEquals(Path.of("/home/ann/.cache/bertctl"), ModelCache.of(Map.of(), home).root());
    assertEquals(
        Path.of("/home/ann/.cache/bertctl"),
        ModelCache.of(Map.of("XDG_CACHE_HOME", "relative", "BERTCTL_CACHE", ""), home).root());
  }

  @Test
  void anEntryAppearsWhenItIsComplete() throws IOException {
    ModelCache cache = new ModelCache(folder);
    Path entry =
        cache.obtain(
            "a/b",
            DownloadListener.NONE,
            partial -> {
              assertFalse(Files.exists(cache.entry("a/b")));
              Files.writeString(partial.resolve("x"), "1");
            });
    assertEquals("1", Files.readString(entry.resolve("x")));
  }

  @Test
  void aDamagedEntryIsMadeAnew() throws IOException {
    ModelCache cache = new ModelCache(folder);
    Path file = filled(cache).resolve("x");
    Files.writeString(file, "12");
    assertEquals("1", Files.readString(filled(cache).resolve("x")));
    Files.delete(file);
    assertEquals("1", Files.readString(filled(cache).resolve("x")));
    Files.delete(file);
    Files.delete(file.resolveSibling(".files.json"));
    assertEquals("1", Files.readString(filled(cache).resolve("x")), "emptied");
  }

  /** Of the same length and time: only reading tells. */
  @Test
  void aFlippedBitIsFoundByVerifying() throws IOException {
    ModelCache cache = new ModelCache(folder);
    Path entry = filled(cache);
    FileTime time = Files.getLastModifiedTime(entry.resolve("x"));
    CachedModel model = new CachedModel("a", entry, 1);
    assertTrue(cache.verify(model));
    Files.writeString(entry.resolve("x"), "0");
    Files.setLastModifiedTime(entry.resolve("x"), time);
    assertEquals("0", Files.readString(filled(cache).resolve("x")));
    assertFalse(cache.verify(model));
    assertFalse(Files.exists(entry));
    assertEquals("1", Files.readString(filled(cache).resolve("x")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatOthersCanWriteIsNotUsed() throws IOException {
    ModelCache cache = new ModelCache(folder);
    filled(cache);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(
        "%s: other users can write there, and could have anything run or computed with that they put there; make sure that all in it is what it should be, then `chmod -R go-w %s`; where there are no other users, as in a container, set BERTCTL_TRUST_FOLDERS=yes"
            .formatted(folder, folder),
        assertThrows(UserException.class, () -> filled(cache)).getMessage());
  }

  private static Path filled(ModelCache cache) {
    return cache.obtain(
        "a/b", DownloadListener.NONE, partial -> Files.writeString(partial.resolve("x"), "1"));
  }

  @Test
  void aFailedEntryIsNoneAndMayGoOn() throws IOException {
    ModelCache cache = new ModelCache(folder);
    assertThrows(
        IllegalStateException.class,
        () ->
            cache.obtain(
                "a",
                DownloadListener.NONE,
                partial -> {
                  Files.writeString(partial.resolve("x"), "1");
                  throw new IllegalStateException();
                }));
    assertFalse(Files.exists(cache.entry("a")));
    Path entry = cache.obtain("a", DownloadListener.NONE, partial -> {});
    assertTrue(Files.exists(entry.resolve("x")));
  }

  @Test
  void ofManyThreadsOneFills() throws Exception {
    Path log = folder.resolve("log");
    var threads = Executors.newFixedThreadPool(8);
    List<Future<Path>> entries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      entries.add(threads.submit(() -> slowly(folder, log, DownloadListener.NONE)));
    }
    for (Future<Path> entry : entries) {
      assertEquals(folder.resolve("slow"), entry.get());
    }
    threads.shutdown();
    assertEquals("filled\n", Files.readString(log));
  }

  @Test
  void ofManyProcessesOneFills() throws Exception {
    Path log = folder.resolve("log");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Child.class.getName(),
                  folder.toString(),
                  log.toString())
              .inheritIO()
              .start());
    }
    for (Process process : processes) {
      assertEquals(0, process.waitFor());
    }
    assertEquals("filled\n", Files.readString(log));
  }

  /** Another process that wants the same entry. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) {
      slowly(Path.of(arguments[0]), Path.of(arguments[1]), DownloadListener.NONE);
    }
  }

  @Test
  void whoWaitsIsTold() throws Exception {
    Path log = folder.resolve("log");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
                log.toString())
            .inheritIO()
            .start();
    while (!Files.exists(log)) {
      Thread.sleep(10);
    }
    List<String> waited = new ArrayList<>();
    slowly(
        folder,
        log,
        new DownloadListener() {
          @Override
          public void progress(String what, long bytes, OptionalLong total) {}

          @Override
          public void waiting(String what) {
            waited.add(what);
          }
        });
    assertEquals(0, other.waitFor());
    assertEquals(List.of("slow"), waited);
    assertEquals("filled\n", Files.readString(log));
  }

  private static Path slowly(Path root, Path log, DownloadListener listener) {
    return new ModelCache(root)
        .obtain(
            "slow",
            listener,
            partial -> {
              Files.writeString(
                  log, "filled\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
              try {
                Thread.sleep(1500);
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });
  }
}
