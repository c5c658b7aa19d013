// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmissionTest {

  @TempDir Path folder;

  private static SparkSubmission submission(Optional<Path> home, List<Path> plugins) {
    return new SparkSubmission(
        SparkSubmission.Application.PREDICT,
        home,
        Optional.of("local[2]"),
        List.of("spark.executor.cores=4"),
        plugins,
        List.of("model=runs/nli", "input=s3a://data/pairs"));
  }

  private Path spark(String name) throws IOException {
    Path submit = folder.resolve(name).resolve("bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(submit, "#!/bin/sh\n");
    assertTrue(submit.toFile().setExecutable(true));
    return submit;
  }

  private static String failure(SparkSubmission submission, Map<String, String> environment) {
    return assertThrows(UserException.class, () -> submission.submit(environment::get))
        .getMessage();
  }

  @Test
  void sparkIsFoundByOptionVariableAndPath() throws IOException {
    Path given = spark("given");
    Path home = spark("home");
    Path path = spark("path");
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME", folder.resolve("home").toString(), "PATH", "/none:" + path.getParent());

    assertEquals(
        given,
        submission(Optional.of(folder.resolve("given")), List.of()).submit(environment::get));
    SparkSubmission nothingGiven = submission(Optional.empty(), List.of());
    assertEquals(home, nothingGiven.submit(environment::get));
    assertEquals(path, nothingGiven.submit(Map.of("PATH", path.getParent().toString())::get));
  }

  @Test
  void whatIsMissingIsNamed() {
    SparkSubmission nothingGiven = submission(Optional.empty(), List.of());
    assertEquals(
        "no Spark found: no spark-submit on the PATH, and SPARK_HOME is not set; install Spark 4, and name its folder by --spark-home or SPARK_HOME",
        failure(nothingGiven, Map.of("PATH", folder.toString())));
    assertEquals(
        "%s: no folder of Spark (no bin/spark-submit); name it by --spark-home or SPARK_HOME"
            .formatted(folder),
        failure(nothingGiven, Map.of("SPARK_HOME", folder.toString())));
    assertEquals(
        "%s: bertctl's jars for Spark are not there; build them with ./mvnw package -pl spark -am -DskipTests"
            .formatted(folder),
        assertThrows(
                UserException.class, () -> nothingGiven.command(Path.of("spark-submit"), folder))
            .getMessage());
  }

  @Test
  void theJobGetsAllJars() throws IOException {
    Path own = Files.createFile(folder.resolve("bertctl-spark-1.jar"));
    Path runtime = Files.createFile(folder.resolve("bertctl-runtime-1.jar"));
    Path plugin = folder.resolve("plugin.jar");
    Path sameLibrary = folder.resolve("plugin/bertctl-runtime-1.jar");

    assertEquals(
        List.of(
            "spark-submit",
            "--class",
            "dev.bertctl.spark.PredictJob",
            "--name",
            "bertctl predict",
            "--master",
            "local[2]",
            "--conf",
            "spark.log.level=WARN",
            "--conf",
            "spark.executor.cores=4",
            "--jars",
            runtime + "," + plugin,
            own.toString(),
            "model=runs/nli",
            "input=s3a://data/pairs"),
        submission(Optional.empty(), List.of(plugin, sameLibrary))
            .command(Path.of("spark-submit"), folder));
  }
}
