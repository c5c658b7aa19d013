// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

/** The end of the process, which Ctrl-C, {@code kill} or an exit has begun. */
public final class Shutdown {

  private Shutdown() {}

  /**
   * Whether it has begun: whoever ends the process waits for what is to be done at the end, and
   * meanwhile all threads go on.
   */
  public static boolean isUnderWay() {
    Thread nothing = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(nothing);
    } catch (IllegalStateException underWay) {
      return true;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(nothing);
      return false;
    } catch (IllegalStateException begunMeanwhile) {
      return true;
    }
  }
}
