// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar in a Maven repository.
 *
 * @param group group id
 * @param artifact artifact id
 * @param version a fixed version
 */
public record MavenCoordinates(String group, String artifact, String version) {

  private static final String PART = "([A-Za-z0-9_][A-Za-z0-9_.-]*)";
  private static final Pattern FORM = Pattern.compile(PART + ":" + PART + ":" + PART);

  /**
   * Reads {@code group:artifact:version}.
   *
   * @throws UserException if it has another form or no fixed version
   */
  public static MavenCoordinates parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()
        || matcher.group(3).equals("LATEST")
        || matcher.group(3).equals("RELEASE")) {
      throw new UserException(
          "'maven:"
              + text
              + "': write maven:group:artifact:version, with a fixed version such as 1.0.0");
    }
    return new MavenCoordinates(matcher.group(1), matcher.group(2), matcher.group(3));
  }

  /** Whether the other is the same artifact, in this version or another. */
  public boolean sameArtifact(MavenCoordinates other) {
    return group.equals(other.group) && artifact.equals(other.artifact);
  }

  @Override
  public String toString() {
    return group + ":" + artifact + ":" + version;
  }
}
