// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another process, which takes a lock: again and again, or once to keep it. */
final class LockingProcess {

  private LockingProcess() {}

  /**
   * Starts one.
   *
   * @param times how often it takes the lock; 0 to keep it until its standard input ends
   */
  static Process start(Path lock, int times) throws IOException, URISyntaxException {
    List<String> classes = new ArrayList<>();
    for (Class<?> type : List.of(HeldLock.class, LockingProcess.class)) {
      classes.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            String.join(System.getProperty("path.separator"), classes),
            LockingProcess.class.getName(),
            lock.toString(),
            Integer.toString(times))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /**
   * Ends with 3 if another has the lock that it was to keep, or was found where it was to be alone.
   */
  public static void main(String[] args) throws IOException {
    Path lock = Path.of(args[0]);
    int times = Integer.parseInt(args[1]);
    if (times == 0) {
      Optional<HeldLock> held = HeldLock.takeIn(lock.getParent(), lock.getFileName().toString());
      if (held.isEmpty()) {
        System.exit(3);
      }
      System.out.println("held");
      System.exit(System.in.read());
    }
    System.exit(alone(lock, times) ? 0 : 3);
  }

  /** Takes a lock some times, and says whether it was alone each time. */
  static boolean alone(Path lock, int times) throws IOException {
    Path inside = lock.resolveSibling("inside");
    for (int done = 0; done < times; ) {
      Optional<HeldLock> taken = HeldLock.takeIn(lock.getParent(), lock.getFileName().toString());
      if (taken.isPresent()) {
        if (Files.exists(inside)) {
          return false;
        }
        Files.createFile(inside);
        Thread.yield();
        Files.delete(inside);
        taken.get().close();
        done++;
      }
    }
    return true;
  }
}
