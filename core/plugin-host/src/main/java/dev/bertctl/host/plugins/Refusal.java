// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import java.nio.file.Path;

/**
 * Why a plugin is not used.
 *
 * @param jar the jar, or the folder, at fault
 * @param problem what is wrong with it, a sentence about "it"
 * @param remedy what to do about it
 */
public record Refusal(Path jar, String problem, String remedy) {

  /** The same refusal of a jar that has moved, or is shown by another name. */
  Refusal of(Path otherJar) {
    return new Refusal(otherJar, problem, remedy);
  }

  @Override
  public String toString() {
    return "plugin " + jar + " is refused: " + problem + "; " + remedy;
  }
}
