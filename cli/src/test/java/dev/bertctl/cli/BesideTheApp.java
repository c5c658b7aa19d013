// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Temporary folders on the file system of the packaged application, whose files can be linked. */
final class BesideTheApp implements TempDirFactory {

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
      throws IOException {
    return Files.createTempDirectory(PackagedApp.builtFolder().getParent(), "test-");
  }
}
