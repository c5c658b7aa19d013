// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection if a request's header does not come whole in time: counted from when the
 * connection is opened, later from the first byte that comes while no request is under way. It sees
 * bytes alone, before they are decrypted and parsed, and is told of requests by {@link
 * RequestHeaders}. Used by the connection's event loop alone.
 */
final class HeaderTimeout extends ChannelInboundHandlerAdapter {

  private final Duration longest;
  private ChannelHandlerContext context;
  private Future<?> closing;
  private int requests;
  private boolean served;
  private boolean over;

  HeaderTimeout(Duration longest) {
    this.longest = longest;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    begin();
    active.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext read, Object message) {
    if (requests == 0 && !over) {
      begin();
    }
    read.fireChannelRead(message);
  }

  /**
   * That a client has gone before its first request is no news, and there is nobody behind this
   * handler yet who would know what to do: the connection is closed. It is logged otherwise, with a
   * stack trace each.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable failure) {
    if (failure instanceof IOException && !served) {
      caught.close();
    } else {
      caught.fireExceptionCaught(failure);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    cancel();
    inactive.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    cancel();
  }

  private void begin() {
    if (closing == null) {
      closing =
          context
              .executor()
              .schedule(() -> context.close(), longest.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void cancel() {
    if (closing != null) {
      closing.cancel(false);
      closing = null;
    }
  }

  /** A request's header is there. */
  void requestBegan() {
    served = true;
    requests++;
    cancel();
  }

  /** Its response is written, or given up. */
  void requestEnded() {
    requests--;
  }

  /** Waits for no header any more: between HTTP/2's requests come frames that begin none. */
  void end() {
    served = true;
    over = true;
    cancel();
  }

  /** Does something in the connection's event loop. */
  void run(Runnable work) {
    if (context.executor().inEventLoop()) {
      work.run();
    } else {
      context.executor().execute(work);
    }
  }
}
