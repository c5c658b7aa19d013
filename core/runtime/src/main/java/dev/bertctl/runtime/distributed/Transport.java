// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import java.nio.ByteBuffer;

/** How the processes of a training send each other bytes. */
public interface Transport {

  /** How many processes there are. */
  int processes();

  /** Which of them this one is, from 0. */
  int rank();

  /**
   * Sends a message, and does not wait until it has come.
   *
   * @param to another process
   * @param name what the receiver asks for; a name is used again only when its message was received
   * @param bytes from position to limit; they are not changed any more
   */
  void send(int to, String name, ByteBuffer bytes);

  /**
   * Waits for a message, and takes it.
   *
   * @param from another process
   * @param name what it was sent as
   * @throws dev.bertctl.runtime.UserException if it does not come in time, naming the process
   */
  ByteBuffer receive(int from, String name);
}
