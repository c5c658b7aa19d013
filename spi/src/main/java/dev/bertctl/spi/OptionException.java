// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

/**
 * An option whose value cannot be used; the host adds the file and line it came from.
 *
 * <p>{@code new OptionException("stride", "is 200, and max-length 128; give less")} is shown as
 * {@code app.yaml:9: is 200, and max-length 128; give less}.
 */
public final class OptionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The option's name within the task's section. */
  private final String option;

  /**
   * @param option the option's name within the task's section, such as {@code labels}
   * @param message what is wrong and what to do
   */
  public OptionException(String option, String message) {
    super(message);
    this.option = option;
  }

  /** {@return the option's name within the task's section} */
  public String option() {
    return option;
  }
}
