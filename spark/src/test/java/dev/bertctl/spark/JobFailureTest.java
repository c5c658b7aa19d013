// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobFailureTest {

  private static final Peer FIRST = new Peer("1", "host-1");
  private static final Peer LAST = new Peer("11", "host-11");
  private static final List<Peer> PEERS = List.of(FIRST, LAST);

  @Test
  void sparkNamesAnExecutorThatEnded() {
    JobFailure failure =
        failure(
            "Job aborted due to stage failure: Could not recover from a failed barrier ResultStage."
                + " Most recent failure reason: Stage failed because barrier task ResultTask(1, 0)"
                + " finished unsuccessfully.\nExecutorLostFailure (executor 11 exited caused by one"
                + " of the running tasks) Reason: Command exited with code 137");
    assertEquals(
        "executor 11 on host-11 was lost: Command exited with code 137", failure.message());
    assertEquals(Optional.of(LAST), failure.process());
  }

  @Test
  void aProcessNamesOneThatItCannotSendTo() {
    JobFailure failure =
        failure(
            "Stage failed.\ndev.bertctl.runtime.UserException: executor 1 on host-1 cannot be"
                + " reached: Connection from host-1/10.0.0.1:4040 closed\n\tat a.b.C.d(C.java:1)");
    assertEquals(
        "executor 1 on host-1 cannot be reached: Connection from host-1/10.0.0.1:4040 closed",
        failure.message());
    assertEquals(Optional.of(FIRST), failure.process());
    assertEquals(
        "executor 1 on host-1 was lost: Command exited with code 137",
        failure.with(Optional.of("Command exited with code 137")).message());
    assertEquals(failure, failure.with(Optional.empty()));
  }

  @Test
  void aProcessThatCouldNotTakePartIsNotToBlame() {
    JobFailure failure =
        failure(
            "dev.bertctl.runtime.UserException: executor 1 on host-1 is not one of the processes"
                + " that have begun\n\tat a.b.C.d(C.java:1)");
    assertEquals(
        "executor 1 on host-1 is not one of the processes that have begun", failure.message());
    assertEquals(Optional.empty(), failure.process());
  }

  private static JobFailure failure(String message) {
    return JobFailure.of(new IllegalStateException(message), PEERS);
  }
}
