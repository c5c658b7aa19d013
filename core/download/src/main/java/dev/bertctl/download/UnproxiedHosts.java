// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that {@code no_proxy} lists, which are reached without a proxy: names, which stand for
 * the hosts below them too, with or without a dot in front; addresses; ranges of addresses ({@code
 * 10.0.0.0/8}); each with a port or without; {@code *} for all. Commas or spaces separate them.
 */
final class UnproxiedHosts {

  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|.*:.*:.*");

  private final List<String> entries;

  private UnproxiedHosts(List<String> entries) {
    this.entries = entries;
  }

  static UnproxiedHosts parse(String list) {
    return new UnproxiedHosts(
        Stream.of(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  /** Whether a host is reached without a proxy. */
  boolean include(String host, int port) {
    String name = bare(host.toLowerCase(Locale.ROOT));
    return entries.stream().anyMatch(entry -> entry.equals("*") || matches(entry, name, port));
  }

  private static boolean matches(String entry, String host, int port) {
    String listed = entry;
    // A colon behind the last bracket, or the only one, begins a port.
    int colon = entry.lastIndexOf(':');
    if (colon > entry.lastIndexOf(']') && (entry.startsWith("[") || entry.indexOf(':') == colon)) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      listed = entry.substring(0, colon);
    }
    Optional<InetAddress> address = address(host);
    if (address.isPresent()) {
      return inRange(address.get(), bare(listed));
    }
    String name = bare(listed).replaceFirst("^\\*?\\.", "");
    return host.equals(name) || host.endsWith("." + name);
  }

  private static boolean inRange(InetAddress address, String range) {
    String[] parts = range.split("/", 2);
    Optional<InetAddress> first = address(parts[0]);
    if (first.isEmpty()) {
      return false;
    }
    byte[] bits = address.getAddress();
    byte[] network = first.get().getAddress();
    if (bits.length != network.length || parts.length > 1 && !parts[1].matches("\\d{1,3}")) {
      return false;
    }
    int length = parts.length > 1 ? Integer.parseInt(parts[1]) : 8 * bits.length;
    for (int bit = 0; bit < Math.min(length, 8 * bits.length); bit++) {
      int mask = 0x80 >> bit % 8;
      if ((bits[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** An address that is written out; no name is looked up. */
  private static Optional<InetAddress> address(String text) {
    try {
      return ADDRESS.matcher(text).matches()
          ? Optional.of(InetAddress.getByName(text))
          : Optional.empty();
    } catch (UnknownHostException e) {
      // Nearly an address: then it is the name of a host.
      return Optional.empty();
    }
  }

  /** Without the brackets of an IPv6 address, and the dot that ends a whole name. */
  private static String bare(String host) {
    return host.replaceAll("^\\[|]$|\\.$", "");
  }
}
