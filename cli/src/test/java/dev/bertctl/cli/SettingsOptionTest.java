// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.runtime.options.ConfigException;
import org.junit.jupiter.api.Test;

class SettingsOptionTest {

  @Test
  void theKeyEndsAtTheFirstEqualsSign() {
    assertEquals(new Assignment("a", "b=c", "--set a=b=c"), SettingsOption.assignment("a=b=c"));
    assertEquals(new Assignment("a", "b", "--set  a = b "), SettingsOption.assignment(" a = b "));
  }

  @Test
  void assignmentsNeedAnEqualsSign() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> SettingsOption.assignment("train.epochs"));
    assertEquals(
        "--set train.epochs: write it as key=value, such as --set train.epochs=1", e.getMessage());
    assertThrows(ConfigException.class, () -> SettingsOption.assignment("=1"));
  }
}
