// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Spark as it is installed, with what Maven has of it: its jars without bertctl's, and a {@code
 * spark-submit} that has Spark's launcher say what to start, as Spark's own script does.
 */
final class SparkHome {

  private static final String SUBMIT =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      SPARK_HOME=$(cd "$(dirname "$0")/.." && pwd)
      export SPARK_HOME SPARK_SCALA_VERSION=%s
      mapfile -d '' -t command < <(
        "$JAVA_HOME/bin/java" -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \\
          org.apache.spark.deploy.SparkSubmit "$@" | tail -n +2)
      wait "$!"
      exec "${command[@]}"
      """;

  private SparkHome() {}

  /**
   * Makes the folder.
   *
   * @param own the folder of the jars that bertctl gives to Spark
   */
  static Path in(Path folder, Path own) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      String name = jar.getFileName().toString();
      if (name.endsWith(".jar")
          && !name.startsWith("bertctl")
          && !Files.exists(own.resolve(name))) {
        Files.createSymbolicLink(jars.resolve(name), jar);
      }
    }
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, SUBMIT.formatted(System.getProperty("bertctl.scala")));
    if (!submit.toFile().setExecutable(true)) {
      throw new IOException(submit + " cannot be made executable");
    }
    return folder;
  }
}
