// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.NoOpRpcHandler;

/** Puts what other executors send into an inbox. */
final class InboxHandler extends NoOpRpcHandler {

  private final Inbox inbox;

  InboxHandler(Inbox inbox) {
    this.inbox = inbox;
  }

  @Override
  public StreamCallbackWithID receiveStream(
      TransportClient sender, ByteBuffer head, RpcResponseCallback callback) {
    MessageHead decoded = MessageHead.decoded(head);
    return inbox.takes(decoded) ? new Receiving(decoded) : new Dropping(decoded.name());
  }

  /** A message that comes piece by piece. */
  private final class Receiving implements StreamCallbackWithID {

    private final MessageHead head;
    private final ByteBuffer bytes;

    Receiving(MessageHead head) {
      this.head = head;
      this.bytes = ByteBuffer.allocate(head.size());
    }

    @Override
    public String getID() {
      return head.name();
    }

    @Override
    public void onData(String id, ByteBuffer piece) {
      bytes.put(piece);
    }

    @Override
    public void onComplete(String id) {
      inbox.put(head, bytes.flip());
    }

    /** Its sender is told, or is lost: then Spark and those that send to it say so. */
    @Override
    public void onFailure(String id, Throwable cause) {}
  }

  /**
   * A message of a training that is over. It is not refused: that would close the connection, on
   * which messages of the training that followed may be under way.
   */
  private record Dropping(String getID) implements StreamCallbackWithID {

    @Override
    public void onData(String id, ByteBuffer piece) {}

    @Override
    public void onComplete(String id) {}

    @Override
    public void onFailure(String id, Throwable cause) {}
  }
}
