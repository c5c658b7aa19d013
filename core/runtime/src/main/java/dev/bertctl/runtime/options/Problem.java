// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

/**
 * Something wrong in the configuration.
 *
 * @param origin where
 * @param message what is wrong and what to do
 */
public record Problem(Origin origin, String message) {

  @Override
  public String toString() {
    return origin + ": " + message;
  }
}
