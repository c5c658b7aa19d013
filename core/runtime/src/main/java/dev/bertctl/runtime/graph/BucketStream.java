// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import java.util.List;

/**
 * What one process has computed, bucket after bucket, each as soon as it is there; and takes what
 * all processes' add up to.
 */
public interface BucketStream {

  /** How many buckets there are. */
  int size();

  /**
   * The next bucket; waits for it.
   *
   * @throws java.util.concurrent.CancellationException if it will not come, as the computation
   *     failed
   */
  Bucket next();

  /**
   * Takes the sum over all processes.
   *
   * @param index which bucket's, in the order of {@link #next}, from 0
   * @param sum in slices, one after the other
   */
  void put(int index, List<Bucket> sum);
}
