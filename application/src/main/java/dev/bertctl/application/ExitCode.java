// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

/** What the process answers to the shell. */
public final class ExitCode {

  /** All that was asked for is done. */
  public static final int DONE = 0;

  /** The command was understood but failed. */
  public static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  public static final int USAGE = 2;

  /** The user has interrupted the command: 128 and the number of the signal. */
  public static final int INTERRUPTED = 130;

  /** The command was told to terminate: 128 and the number of the signal. */
  public static final int TERMINATED = 143;

  private ExitCode() {}
}
