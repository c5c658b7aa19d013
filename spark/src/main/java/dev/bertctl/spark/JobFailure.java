// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.LostProcessException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What became of a job of a training, out of the many words that Spark has for it. */
final class JobFailure {

  private static final Pattern LOST =
      Pattern.compile("ExecutorLostFailure \\(executor (\\S+) .*?\\) Reason: (.*)");

  private static final Pattern OURS =
      Pattern.compile(Pattern.quote(UserException.class.getName()) + ": (.*)");

  private JobFailure() {}

  /**
   * The process that was lost, with Spark's reason.
   *
   * @param peers the processes
   */
  static LostProcessException of(Throwable failure, List<Peer> peers) {
    String text = String.valueOf(failure.getMessage());
    Matcher lost = LOST.matcher(text);
    if (lost.find()) {
      String executor = lost.group(1);
      String place =
          peers.stream()
              .filter(peer -> peer.executor().equals(executor))
              .findFirst()
              .map(Peer::toString)
              .orElse("executor " + executor);
      return new LostProcessException("%s was lost: %s".formatted(place, lost.group(2)));
    }
    Matcher ours = OURS.matcher(text);
    return new LostProcessException(
        ours.find() ? ours.group(1) : text.lines().findFirst().orElse(failure.toString()));
  }
}
