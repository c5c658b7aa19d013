// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.Utils;
import scala.Option;
import scala.Tuple2;

/**
 * Sends messages to other executors, and takes theirs.
 *
 * <p>It is made of Spark's network library as Spark's block transfer service is, and with its
 * settings: authentication, encryption, TLS, and what begins with {@code spark.shuffle.io}. It
 * stands beside that service because Spark has no other way from executor to executor: executors
 * serve no RPC, and of each block that one puts into another's memory the driver is told, by a call
 * that is waited for.
 */
final class MessageService implements AutoCloseable {

  /** The setting of the port where messages come; any free one unless given. */
  static final String PORT = "spark.bertctl.port";

  private static final String SETTINGS = "shuffle";

  private static MessageService ofExecutor;

  private final Inbox inbox = new Inbox();
  private final TransportContext context;
  private final TransportClientFactory clients;
  private final TransportServer server;

  /**
   * @param address to listen on
   */
  MessageService(SparkConf conf, SecurityManager security, String address) {
    TransportConf transport =
        SparkTransportConf.fromSparkConf(
            conf, SETTINGS, 0, Option.empty(), Option.apply(security.getRpcSSLOptions()));
    List<TransportServerBootstrap> asServer = List.of();
    List<TransportClientBootstrap> asClient = List.of();
    if (security.isAuthenticationEnabled()) {
      asServer = List.of(new AuthServerBootstrap(transport, security));
      asClient = List.of(new AuthClientBootstrap(transport, conf.getAppId(), security));
    }
    context = new TransportContext(transport, new InboxHandler(inbox));
    clients = context.createClientFactory(asClient);
    server = listening(conf, address, asServer);
  }

  private TransportServer listening(
      SparkConf conf, String address, List<TransportServerBootstrap> bootstraps) {
    // Where several executors are on a machine, the ports after that which was given are taken.
    return Utils.<TransportServer>startServiceOnPort(
            conf.getInt(PORT, 0),
            port -> {
              TransportServer started = context.createServer(address, (Integer) port, bootstraps);
              return new Tuple2<>(started, started.getPort());
            },
            conf,
            "bertctl")
        ._1();
  }

  /**
   * That of this executor, which stays open as long as it lives.
   *
   * @param deadline for what is sent to be acknowledged
   */
  static synchronized MessageService ofExecutor(Duration deadline) {
    if (ofExecutor == null) {
      SparkEnv environment = SparkEnv.get();
      SparkConf conf =
          environment
              .conf()
              .clone()
              .set("spark.%s.io.connectionTimeout".formatted(SETTINGS), deadline.toSeconds() + "s");
      // Where Spark's block manager listens.
      BlockManagerId here = environment.blockManager().blockManagerId();
      String address =
          here.isDriver() ? conf.get("spark.driver.bindAddress", here.host()) : here.host();
      ofExecutor = new MessageService(conf, environment.securityManager(), address);
    }
    return ofExecutor;
  }

  int port() {
    return server.getPort();
  }

  Inbox inbox() {
    return inbox;
  }

  /**
   * Sends a message.
   *
   * @param bytes from position to limit; they are not changed any more
   * @return when it is in the inbox of the other
   */
  CompletableFuture<Void> send(Endpoint to, MessageHead head, ByteBuffer bytes) {
    CompletableFuture<Void> delivered = new CompletableFuture<>();
    try {
      clients
          .createClient(to.peer().host(), to.port())
          .uploadStream(
              new NioManagedBuffer(head.encoded()),
              new NioManagedBuffer(bytes),
              new RpcResponseCallback() {
                @Override
                public void onSuccess(ByteBuffer nothing) {
                  delivered.complete(null);
                }

                @Override
                public void onFailure(Throwable cause) {
                  delivered.completeExceptionally(cause);
                }
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a message was sent to " + to.peer());
    } catch (IOException | RuntimeException e) {
      delivered.completeExceptionally(e);
    }
    return delivered;
  }

  @Override
  public void close() {
    server.close();
    clients.close();
    context.close();
  }
}
