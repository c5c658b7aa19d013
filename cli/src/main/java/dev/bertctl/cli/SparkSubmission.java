// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hands a job over to Spark's {@code spark-submit}, which is a process of its own. */
final class SparkSubmission {

  /** Where the launcher says that the jars for Spark are. */
  private static final String JARS = "bertctl.spark";

  private static final String JAR = "bertctl-spark-";
  private static final String SUBMIT = "spark-submit";

  /** What is handed over. */
  enum Application {
    PREDICT("dev.bertctl.spark.PredictJob", "bertctl predict"),
    TRAIN("dev.bertctl.spark.TrainJob", "bertctl run");

    private final String main;
    private final String title;

    Application(String main, String title) {
      this.main = main;
      this.title = title;
    }
  }

  private final Application application;
  private final Optional<Path> home;
  private final Optional<String> master;
  private final List<String> settings;
  private final List<Path> plugins;
  private final List<String> arguments;

  /**
   * @param application what is handed over
   * @param home Spark's folder, if it is given
   * @param master Spark's cluster manager, if it is given
   * @param settings of Spark's, KEY=VALUE
   * @param plugins jars of outside plugins and of what they need
   * @param arguments the job's, KEY=VALUE
   */
  SparkSubmission(
      Application application,
      Optional<Path> home,
      Optional<String> master,
      List<String> settings,
      List<Path> plugins,
      List<String> arguments) {
    this.application = application;
    this.home = home;
    this.master = master;
    this.settings = List.copyOf(settings);
    this.plugins = List.copyOf(plugins);
    this.arguments = List.copyOf(arguments);
  }

  /**
   * Runs the job, and waits for it. Its messages are those of Spark.
   *
   * @throws UserException if there is no Spark, or the job fails
   */
  void run() {
    int status = ChildProcess.run(command());
    if (status != 0) {
      throw new UserException(
          "the job on Spark failed (spark-submit ended with %d); its messages say why"
              .formatted(status));
    }
  }

  /**
   * What is started.
   *
   * @throws UserException if there is no Spark
   */
  List<String> command() {
    return command(
        submit(System.getenv()::get),
        Path.of(System.getProperty(JARS, "spark/target/bertctl-spark")));
  }

  /** Variables of the environment by name; null for one that is not set. */
  interface Environment {
    String get(String name);
  }

  /**
   * Spark's command.
   *
   * @throws UserException if there is none
   */
  Path submit(Environment environment) {
    Optional<Path> given =
        home.or(() -> Optional.ofNullable(environment.get("SPARK_HOME")).map(Path::of));
    if (given.isPresent()) {
      Path submit = given.get().resolve("bin").resolve(SUBMIT);
      if (!Files.isExecutable(submit)) {
        throw new UserException(
            "%s: no folder of Spark (no bin/%s); name it by --spark-home or SPARK_HOME"
                .formatted(given.get(), SUBMIT));
      }
      return submit;
    }
    return Stream.of(
            Optional.ofNullable(environment.get("PATH")).orElse("").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(SUBMIT))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "no Spark found: no %s on the PATH, and SPARK_HOME is not set; install Spark 4, and name its folder by --spark-home or SPARK_HOME"
                        .formatted(SUBMIT)));
  }

  /**
   * What is started.
   *
   * @param jars the folder of the jars for Spark
   * @throws UserException if they are not there
   */
  List<String> command(Path submit, Path jars) {
    List<Path> all = jarsIn(jars);
    Path own =
        all.stream()
            .filter(jar -> jar.getFileName().toString().startsWith(JAR))
            .findFirst()
            .orElseThrow(() -> missing(jars));
    List<String> command = new ArrayList<>(List.of(submit.toString(), "--class", application.main));
    command.addAll(List.of("--name", application.title));
    master.ifPresent(url -> command.addAll(List.of("--master", url)));
    // Quiet unless it is told otherwise.
    command.addAll(List.of("--conf", "spark.log.level=WARN"));
    settings.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.addAll(
        List.of(
            "--jars",
            Stream.concat(all.stream().filter(jar -> !jar.equals(own)), pluginsBeside(all))
                .map(jar -> jar.toAbsolutePath().toString())
                .collect(Collectors.joining(","))));
    command.add(own.toAbsolutePath().toString());
    command.addAll(arguments);
    return command;
  }

  /** Spark knows jars by their names, and a library that bertctl has as well is there once. */
  private Stream<Path> pluginsBeside(List<Path> jars) {
    Set<Path> names = jars.stream().map(Path::getFileName).collect(Collectors.toSet());
    return plugins.stream().filter(jar -> !names.contains(jar.getFileName()));
  }

  private static List<Path> jarsIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw missing(folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }

  private static UserException missing(Path folder) {
    return new UserException(
        "%s: bertctl's jars for Spark are not there; build them with ./mvnw package -pl spark -am -DskipTests"
            .formatted(folder));
  }
}
