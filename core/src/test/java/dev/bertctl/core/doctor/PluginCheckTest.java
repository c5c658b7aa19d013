// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.host.plugins.InstalledPlugins;
import dev.bertctl.host.plugins.PluginFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCheckTest {

  @TempDir private Path folder;

  @Test
  void thereMayBeNone() {
    assertEquals(List.of(Finding.ok("plugins", "none in " + folder)), findings());
  }

  @Test
  void oneThatIsRefusedIsANote() throws IOException {
    Path jar = Files.writeString(folder.resolve("irony.jar"), "no jar");

    List<Finding> findings = findings();

    assertEquals(2, findings.size(), findings::toString);
    assertEquals(
        Finding.note("plugins", "1 in %s, of which 1 cannot be used".formatted(folder)),
        findings.get(0));
    Finding refused = findings.get(1);
    assertEquals(State.NOTE, refused.state());
    assertTrue(refused.detail().startsWith(jar + " is refused: "), refused::detail);
    assertTrue(refused.remedy().isPresent());
  }

  private List<Finding> findings() {
    return PluginCheck.of(folder, InstalledPlugins.load(new PluginFolder(folder), List.of()));
  }
}
