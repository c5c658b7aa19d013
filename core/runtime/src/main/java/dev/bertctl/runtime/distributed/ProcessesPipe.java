// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.UserException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Processes} that another program of this machine has, through its standard input and
 * output: this side asks, {@link #serve} answers.
 */
public final class ProcessesPipe implements Processes {

  private static final int BEGIN = 1;
  private static final int CARRY_OUT = 2;
  private static final int COLLECT = 3;
  private static final int CLOSE = 4;

  private static final int DONE = 0;
  private static final int LOST = 1;
  private static final int FAILED = 2;

  /** What {@link DataOutputStream#writeUTF} takes in any case. */
  private static final int LONGEST_MESSAGE = 20_000;

  private final DataInputStream in;
  private final DataOutputStream out;

  /**
   * @param in what the program answers
   * @param out what it is asked
   */
  public ProcessesPipe(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  @Override
  public List<ProcessFacts> begin(Path folder) {
    return asked(
        () -> {
          out.writeByte(BEGIN);
          out.writeUTF(folder.toAbsolutePath().toString());
        },
        () -> {
          List<ProcessFacts> facts = new ArrayList<>();
          for (int count = in.readInt(); count > 0; count--) {
            facts.add(new ProcessFacts(in.readUTF(), in.readLong()));
          }
          return facts;
        });
  }

  @Override
  public List<byte[]> carryOut(List<byte[]> orders) {
    return asked(
        () -> {
          out.writeByte(CARRY_OUT);
          write(orders, out);
        },
        () -> read(in));
  }

  @Override
  public void collect(Path file) {
    asked(
        () -> {
          out.writeByte(COLLECT);
          out.writeUTF(file.toAbsolutePath().toString());
        },
        () -> file);
  }

  /** Lets the program end, if it is still there. */
  @Override
  public void close() {
    try {
      out.writeByte(CLOSE);
      out.close();
    } catch (IOException gone) {
      return;
    }
  }

  private <T> T asked(Sending question, Reading<T> answer) {
    try {
      question.send();
      out.flush();
      int status = in.readByte();
      return switch (status) {
        case DONE -> answer.read();
        case LOST -> throw new LostProcessException(in.readUTF());
        default -> throw new UserException(in.readUTF());
      };
    } catch (IOException e) {
      throw new UserException(
          "the program that trains in other processes has ended; its messages say why", e);
    }
  }

  /**
   * Answers the other side until it has no more questions, or is gone.
   *
   * @param processes what is asked
   * @throws IOException if answers cannot be written
   */
  public static void serve(InputStream questions, OutputStream answers, Processes processes)
      throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(questions));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(answers));
    for (int kind = in.read(); kind != CLOSE && kind >= 0; kind = in.read()) {
      try {
        answer(kind, in, out, processes);
      } catch (LostProcessException e) {
        failed(LOST, e, out);
      } catch (UserException e) {
        failed(FAILED, e, out);
      }
      out.flush();
    }
  }

  private static void answer(
      int kind, DataInputStream in, DataOutputStream out, Processes processes) throws IOException {
    switch (kind) {
      case BEGIN -> {
        List<ProcessFacts> facts = processes.begin(Path.of(in.readUTF()));
        out.writeByte(DONE);
        out.writeInt(facts.size());
        for (ProcessFacts one : facts) {
          out.writeUTF(one.place());
          out.writeLong(one.checksum());
        }
      }
      case CARRY_OUT -> {
        List<byte[]> done = processes.carryOut(read(in));
        out.writeByte(DONE);
        write(done, out);
      }
      case COLLECT -> {
        processes.collect(Path.of(in.readUTF()));
        out.writeByte(DONE);
      }
      default -> throw new IOException("no question is of kind " + kind);
    }
  }

  private static void failed(int status, Exception failure, DataOutputStream out)
      throws IOException {
    String message = String.valueOf(failure.getMessage());
    out.writeByte(status);
    out.writeUTF(message.substring(0, Math.min(LONGEST_MESSAGE, message.length())));
  }

  private static void write(List<byte[]> all, DataOutputStream out) throws IOException {
    out.writeInt(all.size());
    for (byte[] one : all) {
      out.writeInt(one.length);
      out.write(one);
    }
  }

  private static List<byte[]> read(DataInputStream in) throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      byte[] one = new byte[in.readInt()];
      in.readFully(one);
      all.add(one);
    }
    return all;
  }

  @FunctionalInterface
  private interface Sending {
    void send() throws IOException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }
}
