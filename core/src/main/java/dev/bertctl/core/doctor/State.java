// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

/** How grave a finding is. */
public enum State {
  /** As it should be. */
  OK,
  /** Worth knowing; runs work. */
  NOTE,
  /** Runs fail, or those of a kind. */
  PROBLEM
}
