// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load.peer;

import java.util.concurrent.CompletableFuture;

/**
 * A tokenised text that waits.
 *
 * @param ids of its tokens
 * @param scores completed with a score for each label; cancelled where the client is gone
 */
record Input(long[] ids, CompletableFuture<float[]> scores) {

  Input(long[] ids) {
    this(ids, new CompletableFuture<>());
  }
}
