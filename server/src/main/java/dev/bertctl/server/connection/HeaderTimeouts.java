// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.connection;

import dev.bertctl.server.ServerSettings;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.arc.Arc;

/**
 * Gives each connection that a client opens its {@link HeaderTimeout}. Netty finds this class by
 * ServiceLoader, where {@link ChannelInitializerExtension#EXTENSIONS_SYSTEM_PROPERTY} says so.
 */
public final class HeaderTimeouts extends ChannelInitializerExtension {

  /** For ServiceLoader. */
  public HeaderTimeouts() {}

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    ServerSettings settings = Arc.container().instance(ServerSettings.class).get();
    channel.pipeline().addFirst(new HeaderTimeout(settings.headerTimeout()));
  }
}
