// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.host.plugins.InstalledPlugin;
import dev.bertctl.host.plugins.InstalledPlugins;
import dev.bertctl.host.plugins.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The installed plugins. One that is refused keeps no run of another task from working. */
final class PluginCheck {

  static final String NAME = "plugins";

  private PluginCheck() {}

  /**
   * Judges plugins.
   *
   * @param folder where they lie
   */
  static List<Finding> of(Path folder, InstalledPlugins plugins) {
    List<Finding> findings = new ArrayList<>();
    List<InstalledPlugin> all = plugins.all();
    long refused = all.stream().filter(plugin -> !plugin.accepted()).count();
    String detail = (all.isEmpty() ? "none" : Long.toString(all.size())) + " in " + folder;
    findings.add(
        refused == 0
            ? Finding.ok(NAME, detail)
            : Finding.note(NAME, "%s, of which %d cannot be used".formatted(detail, refused)));
    for (InstalledPlugin plugin : all) {
      plugin.refusals().forEach(refusal -> findings.add(of(refusal)));
    }
    return findings;
  }

  private static Finding of(Refusal refusal) {
    return Finding.note(
        "plugin",
        "%s is refused: %s".formatted(refusal.jar(), refusal.problem()),
        new Advice(refusal.remedy()));
  }
}
