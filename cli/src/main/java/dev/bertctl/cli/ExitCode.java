// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

/** What the process answers to the shell; 130 (interrupted) is the virtual machine's own. */
final class ExitCode {

  /** All that was asked for is done. */
  static final int DONE = 0;

  /** The command was understood but failed. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  private ExitCode() {}
}
