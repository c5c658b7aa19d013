// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.runtime.Remedy;
import java.util.Optional;

/**
 * What was found of one subject.
 *
 * @param name the subject: Java, memory
 * @param state how grave it is
 * @param detail what was found; further lines give details
 * @param remedy what to do; empty where there is nothing to do, or where the detail says it
 */
public record Finding(String name, State state, String detail, Optional<Remedy> remedy) {

  static Finding ok(String name, String detail) {
    return new Finding(name, State.OK, detail, Optional.empty());
  }

  static Finding note(String name, String detail) {
    return new Finding(name, State.NOTE, detail, Optional.empty());
  }

  static Finding note(String name, String detail, Remedy remedy) {
    return new Finding(name, State.NOTE, detail, Optional.of(remedy));
  }

  static Finding problem(String name, String detail, Remedy remedy) {
    return new Finding(name, State.PROBLEM, detail, Optional.of(remedy));
  }
}
