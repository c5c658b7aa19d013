// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * A build of TensorFlow's native libraries that is on the class path.
 *
 * @param version TensorFlow's, with what else tells its files from those of other builds
 * @param flavor cpu, or cu and the version of CUDA it needs, as cu121
 * @param platform operating system and processor, as JavaCPP calls them: linux-x86_64
 * @param beside one of its files; the others are beside it
 * @param files names of its files
 */
public record TensorFlowBuild(
    String version, String flavor, String platform, URL beside, List<String> files) {

  private static final String DESCRIPTION = "native/lib/tensorflow.properties";

  /** Copies the list. */
  public TensorFlowBuild {
    files = List.copyOf(files);
  }

  /** Whether it computes on GPUs. It computes on the CPU as well. */
  public boolean isCuda() {
    return flavor.startsWith("cu");
  }

  /** Where one of its files is. */
  URL file(String name) {
    try {
      return new URL(beside, name);
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The builds that DJL publishes, of which several have their files in the same place.
   *
   * @param classes loads the class path
   * @param platform what they are to run on
   */
  public static List<TensorFlowBuild> ofDjl(ClassLoader classes, String platform) {
    List<TensorFlowBuild> builds = new ArrayList<>();
    classes
        .resources(DESCRIPTION)
        .map(TensorFlowBuild::described)
        .filter(build -> build.platform().equals(platform))
        .forEach(builds::add);
    return builds;
  }

  private static TensorFlowBuild described(URL description) {
    Properties properties = new Properties();
    try (InputStream content = description.openStream()) {
      properties.load(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] classifier = properties.getProperty("classifier", "-").split("-", 2);
    return new TensorFlowBuild(
        properties.getProperty("version"),
        classifier[0],
        classifier[1].replace("win-", "windows-").replace("osx-", "macosx-"),
        description,
        Arrays.stream(properties.getProperty("libraries", "").split(","))
            .filter(file -> file.contains("."))
            .toList());
  }

  /**
   * The build for a machine.
   *
   * @param gpu whether there is a GPU
   */
  static Optional<TensorFlowBuild> fitting(List<TensorFlowBuild> builds, boolean gpu) {
    return builds.stream()
        .filter(build -> build.isCuda() == gpu)
        .findFirst()
        .or(() -> builds.stream().findFirst());
  }

  /** This machine, as JavaCPP calls it. */
  public static String thisPlatform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("win") ? "windows" : system.startsWith("mac") ? "macosx" : "linux")
        + "-"
        + switch (processor) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
  }
}
