// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessesPipeTest {

  private ProcessesPipe pipe;
  private CompletableFuture<Void> served;
  private PipedOutputStream answers;

  @BeforeEach
  void open() throws IOException {
    PipedOutputStream questions = new PipedOutputStream();
    answers = new PipedOutputStream();
    PipedInputStream asked = new PipedInputStream(questions);
    pipe = new ProcessesPipe(new PipedInputStream(answers), questions);
    served =
        CompletableFuture.runAsync(
            () -> {
              try {
                ProcessesPipe.serve(asked, answers, new Echo());
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @AfterEach
  void close() {
    pipe.close();
    served.join();
  }

  @Test
  void questionsComeThereAndAnswersBack() {
    assertEquals(List.of(new Processes.ProcessFacts("/there", 7)), pipe.begin(Path.of("/there")));
    List<byte[]> answers = pipe.carryOut(List.of(new byte[] {1, 2}, new byte[0]));
    assertArrayEquals(new byte[] {1, 2}, answers.get(0));
    assertArrayEquals(new byte[0], answers.get(1));
  }

  @Test
  void failuresAreWhatTheyWere() {
    assertEquals(
        "gone",
        assertThrows(LostProcessException.class, () -> pipe.carryOut(List.of(new byte[] {9})))
            .getMessage());
    String long9 = "9".repeat(30_000);
    UserException e = assertThrows(UserException.class, () -> pipe.collect(Path.of(long9)));
    assertTrue(long9.startsWith(e.getMessage()), e.getMessage());
    assertEquals(1, pipe.begin(Path.of("/there")).size());
  }

  @Test
  void aProgramThatEndsIsAnError() throws IOException {
    pipe.close();
    served.join();
    answers.close();
    UserException e = assertThrows(UserException.class, () -> pipe.begin(Path.of("/there")));
    assertEquals(
        "the program that trains in other processes has ended; its messages say why",
        e.getMessage());
  }

  private static final class Echo implements Processes {

    @Override
    public List<ProcessFacts> begin(Path folder) {
      return List.of(new ProcessFacts(folder.toString(), 7));
    }

    @Override
    public List<byte[]> carryOut(List<byte[]> orders) {
      if (orders.get(0)[0] == 9) {
        throw new LostProcessException("gone");
      }
      return orders;
    }

    @Override
    public void collect(Path file) {
      throw new UserException(file.getFileName().toString());
    }

    @Override
    public void close() {}
  }
}
