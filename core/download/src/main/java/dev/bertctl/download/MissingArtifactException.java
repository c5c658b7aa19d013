// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

/** A jar that cannot be had from any Maven repository; the message is the resolver's reason. */
public final class MissingArtifactException extends Exception {

  private static final long serialVersionUID = 1L;

  MissingArtifactException(String message, Throwable cause) {
    super(message, cause);
  }
}
