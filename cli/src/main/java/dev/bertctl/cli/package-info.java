// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: one class a command, which reads its options, calls the core and prints the
 * result. Results go to standard output; messages, progress and logs to standard error.
 */
package dev.bertctl.cli;
