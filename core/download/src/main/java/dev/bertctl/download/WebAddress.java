// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http or https address. What is shown of it, in messages as in files, has neither user and
 * password nor query and fragment, any of which may be secrets.
 *
 * @param uri with all that it has
 */
public record WebAddress(URI uri) {

  /** What Java itself throws for, whoever named it. */
  static final int HIGHEST_PORT = 65_535;

  /** In any text; one that was taken for a file's path has lost a slash. */
  private static final Pattern ADDRESS = Pattern.compile("(?i)https?:/[^\\s'\"()<>]+");

  /** A password may hold what ends an address's host, and then seems to be no password. */
  private static final Pattern CUT_PASSWORD =
      Pattern.compile("(?is)^([a-z][a-z0-9+.-]*:)?(//?)?[^/?#]*[?#].*@.*");

  private static final Pattern USER = Pattern.compile("(?is)^([a-z][a-z0-9+.-]*:)?(//?)?.*@");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with the reason, which has nothing of the address, if it is no
   *     http or https address
   */
  public static WebAddress parse(String address) {
    try {
      return of(new URI(address));
    } catch (URISyntaxException e) {
      // Its own message has the whole address.
      throw new IllegalArgumentException("no web address: " + e.getReason());
    }
  }

  /**
   * Takes an address.
   *
   * @throws IllegalArgumentException with the reason if it is no http or https address
   */
  public static WebAddress of(URI uri) {
    if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("it is no http or https address");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("it has no host");
    }
    if (uri.getPort() > HIGHEST_PORT) {
      throw new IllegalArgumentException("its port is more than " + HIGHEST_PORT);
    }
    return new WebAddress(uri);
  }

  /** Whether what is sent there can be read on the way. */
  public boolean isPlain() {
    return "http".equalsIgnoreCase(uri.getScheme());
  }

  /** Scheme, host and port. */
  public String server() {
    return uri.getScheme() + "://" + host();
  }

  /** The host, and the port if it names one. */
  String host() {
    return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /**
   * What may be shown of what was meant for an address; only the scheme where it cannot be told
   * what is a password.
   *
   * @param address perhaps malformed
   */
  public static String shown(String address) {
    Matcher cut = CUT_PASSWORD.matcher(address);
    if (cut.matches()) {
      return Objects.toString(cut.group(1), "") + "//...";
    }
    String path = address.split("[?#]", 2)[0];
    return USER.matcher(path).replaceFirst("$1$2").replaceAll("\\p{Cntrl}.*", "").strip();
  }

  /** A text of others, such as a library's message, without what addresses in it may hide. */
  public static String withoutSecrets(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(address -> Matcher.quoteReplacement(shown(address.group())));
  }

  @Override
  public String toString() {
    return server() + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }
}
