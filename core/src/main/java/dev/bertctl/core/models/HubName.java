// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on the Hugging Face hub.
 *
 * @param organisation user or organisation
 * @param name the model's name
 * @param revision branch, tag or commit
 */
public record HubName(String organisation, String name, String revision) {

  private static final String PART = "([A-Za-z0-9_][A-Za-z0-9_.-]*)";
  private static final Pattern FORM =
      Pattern.compile(PART + "/" + PART + "(?:@(" + PART + "(?:/" + PART + ")*))?");
  private static final Pattern REVISION = Pattern.compile(PART + "(?:/" + PART + ")*");

  /** Git's limit for names of files. */
  private static final int LONGEST_REVISION = 255;

  /**
   * Reads {@code organisation/name[@revision]}; the revision is {@code main} where none is given.
   *
   * @throws UserException if it has another form
   */
  static HubName parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new UserException(
          "model 'hf:"
              + text
              + "': write hf:organisation/name or hf:organisation/name@revision, such as"
              + " hf:google-bert/bert-base-uncased");
    }
    String revision = matcher.group(3) == null ? "main" : matcher.group(3);
    return new HubName(matcher.group(1), matcher.group(2), revision);
  }

  /** Whether a text may be the name of a branch, a tag or a commit. */
  static boolean isRevision(String text) {
    return text.length() <= LONGEST_REVISION && REVISION.matcher(text).matches();
  }

  /** Organisation and name. */
  String repository() {
    return organisation + "/" + name;
  }

  @Override
  public String toString() {
    return repository() + "@" + revision;
  }
}
