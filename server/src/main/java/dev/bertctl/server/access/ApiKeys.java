// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.access;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that let requests in; only their SHA-256 is kept. */
final class ApiKeys {

  /** Environment variable with a key, or several, separated by commas. */
  static final String VARIABLE = "BERTCTL_API_KEY";

  private static final String SCHEME = "Bearer ";

  private final List<byte[]> digests;

  private ApiKeys(Stream<String> keys) {
    this.digests =
        keys.map(String::strip).filter(key -> !key.isEmpty()).map(ApiKeys::digest).toList();
  }

  /**
   * Reads the keys.
   *
   * @param variable the value of {@link #VARIABLE}
   * @param file a key a line; empty lines and those that begin with # are passed over
   * @throws UserException if the file cannot be read, or one of both was given and has no key
   */
  static ApiKeys of(Optional<String> variable, Optional<Path> file) {
    List<String> keys = new ArrayList<>();
    variable.ifPresent(value -> keys.addAll(List.of(value.split(","))));
    file.ifPresent(path -> keys.addAll(lines(path)));
    ApiKeys all = new ApiKeys(keys.stream());
    if (all.digests.isEmpty() && (variable.isPresent() || file.isPresent())) {
      throw new UserException(
          "%s: no API key in it; give one, or leave it out to let everybody in"
              .formatted(file.map(Path::toString).orElse(VARIABLE)));
    }
    return all;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UserException("%s: the API keys cannot be read: %s".formatted(file, e), e);
    }
  }

  /** Whether requests need a key. */
  boolean areNeeded() {
    return !digests.isEmpty();
  }

  /**
   * Whether a request may pass.
   *
   * @param authorization the value of its header Authorization; null without one
   */
  boolean letIn(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return !areNeeded();
    }
    byte[] given = digest(authorization.substring(SCHEME.length()).strip());
    boolean known = false;
    for (byte[] digest : digests) {
      // All of them, and each to its end: how long it takes tells nothing.
      known |= MessageDigest.isEqual(digest, given);
    }
    return known || !areNeeded();
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
