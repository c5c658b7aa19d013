// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a model, which stays open until it is given back. */
public final class Lease implements AutoCloseable {

  private final ServedModel model;
  private final Runnable giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();

  Lease(ServedModel model, Runnable giveBack) {
    this.model = model;
    this.giveBack = giveBack;
  }

  /** The model. */
  public ServedModel model() {
    return model;
  }

  /** Gives it back; a second time does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
