// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

/**
 * A value given on the command line. Lists are separated by commas.
 *
 * @param key such as {@code train.epochs} or {@code tasks.nli.train.epochs}
 * @param value as it was typed
 * @param origin how the user gave it, for messages, such as {@code --set train.epochs=1}
 */
public record Assignment(String key, String value, String origin) {

  /**
   * Reads the argument of {@code --set}.
   *
   * @throws ConfigException if it is not of the form {@code key=value}
   */
  public static Assignment parse(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw new ConfigException(
          "--set %s: write it as key=value, such as --set train.epochs=1".formatted(argument));
    }
    return new Assignment(
        argument.substring(0, equals).strip(),
        argument.substring(equals + 1).strip(),
        "--set " + argument);
  }
}
