// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import dev.bertctl.download.WebAddress;

/** Keeps secrets out of what is said of a failure, whoever says it. */
final class Secrets {

  /** A shorter one would be found within words. */
  private static final int SHORTEST = 8;

  private Secrets() {}

  /** A text without what addresses in it may hide, and without the hub's token. */
  static String hidden(String text) {
    String token = System.getenv().getOrDefault("HF_TOKEN", "").strip();
    String shown = WebAddress.withoutSecrets(text);
    return token.length() < SHORTEST ? shown : shown.replace(token, "(HF_TOKEN)");
  }
}
