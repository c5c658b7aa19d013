// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import dev.bertctl.runtime.UserException;

/** A task name that no plugin has, or that several claim. */
public final class UnknownTaskException extends UserException {

  private static final long serialVersionUID = 1L;

  UnknownTaskException(String message) {
    super(message);
  }
}
