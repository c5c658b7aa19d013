// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a job of a training, out of the many words that Spark has for it.
 *
 * @param message which process failed, and what is known of it
 * @param process the one that is lost, or that others waited for in vain
 */
record JobFailure(String message, Optional<Peer> process) {

  private static final Pattern LOST =
      Pattern.compile("ExecutorLostFailure \\(executor (\\S+) .*?\\) Reason: (.*)");

  private static final Pattern OURS =
      Pattern.compile(Pattern.quote(UserException.class.getName()) + ": (.*)");

  /**
   * Reads what Spark says.
   *
   * @param peers the processes
   */
  static JobFailure of(Throwable failure, List<Peer> peers) {
    String text = String.valueOf(failure.getMessage());
    Matcher lost = LOST.matcher(text);
    if (lost.find()) {
      Optional<Peer> process =
          peers.stream().filter(peer -> peer.executor().equals(lost.group(1))).findFirst();
      return new JobFailure(
          lost(process.map(Peer::toString).orElse("executor " + lost.group(1)), lost.group(2)),
          process);
    }
    Matcher ours = OURS.matcher(text);
    if (ours.find()) {
      String message = ours.group(1);
      return new JobFailure(
          message, peers.stream().filter(peer -> SparkTransport.blames(message, peer)).findFirst());
    }
    return new JobFailure(text.lines().findFirst().orElse(failure.toString()), Optional.empty());
  }

  /** In Spark's words, where it knows why the process has ended. */
  JobFailure with(Optional<String> reason) {
    return reason
        .map(known -> new JobFailure(lost(process.orElseThrow().toString(), known), process))
        .orElse(this);
  }

  private static String lost(String process, String reason) {
    return "%s was lost: %s".formatted(process, reason);
  }
}
