// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldLockTest {

  @TempDir Path folder;

  @Test
  void isOfOneProcessAtATimeAndGoesWithIt() throws Exception {
    Path lock = folder.resolve(".lock");
    Process other = LockingProcess.start(lock, 0);
    assertEquals('h', other.getInputStream().read());

    assertEquals(Optional.empty(), HeldLock.take(lock));

    other.destroyForcibly().waitFor();
    HeldLock.take(lock).orElseThrow().close();
    assertFalse(Files.exists(lock));
  }

  @Test
  void staysWhoseItIsWhenAnotherThreadWantsIt() throws Exception {
    Path lock = Files.createDirectory(folder.resolve("below")).resolve(".lock");
    HeldLock held = HeldLock.take(lock).orElseThrow();
    try {
      assertEquals(Optional.empty(), HeldLock.take(lock));
      Path same = folder.resolve("below/../below/.lock");
      assertEquals(Optional.empty(), HeldLock.take(same));

      // Had this process opened the file for that, another one could have the lock now.
      Process other = LockingProcess.start(lock, 0);
      other.getOutputStream().close();
      assertEquals(3, other.waitFor());
    } finally {
      held.close();
    }
  }

  @Test
  void keepsProcessesApartThatTakeItAgainAndAgain() throws IOException, URISyntaxException {
    Path lock = folder.resolve("below/.lock");
    Files.createDirectories(lock.getParent());
    List<Process> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(LockingProcess.start(lock, 300));
    }
    assertTrue(LockingProcess.alone(lock, 300));
    others.forEach(other -> assertEquals(0, other.onExit().join().exitValue()));
  }
}
