// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;

/**
 * An executor that trains.
 *
 * @param executor its id, which no other of the application has
 * @param host where it runs
 */
record Peer(String executor, String host) implements Serializable {

  /** This process. */
  static Peer here() {
    return of(SparkEnv.get().blockManager().blockManagerId());
  }

  static Peer of(BlockManagerId manager) {
    return new Peer(manager.executorId(), manager.host());
  }

  @Override
  public String toString() {
    return "executor %s on %s".formatted(executor, host);
  }
}
