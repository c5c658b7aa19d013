// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import dev.bertctl.runtime.UserException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An HTTP proxy.
 *
 * @param host its name or address
 * @param port its port
 * @param credentials what it is to be told, if anything
 */
record ProxyAddress(String host, int port, Optional<Credentials> credentials) {

  /** What curl takes where the variable names no port. */
  private static final int USUAL_PORT = 1080;

  /**
   * Who asks.
   *
   * @param user name of the user
   * @param password may be empty
   */
  record Credentials(String user, String password) {

    /** As HTTP's header has them (RFC 7617). */
    String basic() {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * Reads {@code [http://][user[:password]@]host[:port]}; special characters in user and password
   * are percent-encoded.
   *
   * @param variable the environment variable with the address, for errors
   * @throws UserException if it is no address, or that of another kind of proxy
   */
  static ProxyAddress parse(String variable, String value) {
    String address = value.contains("://") ? value : "http://" + value;
    try {
      URI uri = new URI(address);
      if (!"http".equalsIgnoreCase(uri.getScheme())) {
        throw unusable(variable, "it names a proxy of the kind %s".formatted(uri.getScheme()));
      }
      if (uri.getHost() == null) {
        throw unusable(variable, "it is no address of a host");
      }
      if (uri.getPort() > WebAddress.HIGHEST_PORT) {
        throw unusable(variable, "its port is more than " + WebAddress.HIGHEST_PORT);
      }
      return new ProxyAddress(
          uri.getHost().replaceAll("[\\[\\]]", ""),
          uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
          Optional.ofNullable(uri.getRawUserInfo()).map(ProxyAddress::credentials));
    } catch (URISyntaxException e) {
      // Neither the value nor the reason is shown: a password may be in them.
      throw unusable(variable, "it is no address of a host");
    }
  }

  private static UserException unusable(String variable, String why) {
    return new UserException(
        "the environment variable %s cannot be used: %s; write http://host:port or http://user:password@host:port (special characters as %%40 and so on), or name hosts that are reached without a proxy in no_proxy"
            .formatted(variable, why));
  }

  private static Credentials credentials(String userInfo) {
    String[] parts = userInfo.split(":", 2);
    return new Credentials(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
  }

  /** A plus is a plus here, unlike in forms. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  InetSocketAddress socket() {
    return new InetSocketAddress(host, port);
  }

  /** For messages; without credentials. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
