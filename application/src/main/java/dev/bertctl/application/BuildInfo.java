// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import dev.bertctl.runtime.tensorflow.TensorFlowBuild;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} shows. TensorFlow's version is that of its jar: it is not loaded. */
public final class BuildInfo implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    List<String> lines = new ArrayList<>();
    Properties build = read(BuildInfo.class.getResource("build.properties"));
    lines.add("bertctl " + build.getProperty("version") + " (" + build.getProperty("commit") + ")");
    ClassLoader loader = BuildInfo.class.getClassLoader();
    for (TensorFlowBuild tensorFlow : TensorFlowLine.builds(loader)) {
      lines.add(
          "TensorFlow %s (%s-%s)"
              .formatted(tensorFlow.version(), tensorFlow.flavor(), tensorFlow.platform()));
    }
    lines.add(
        "Java %s (%s, %s)"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
    lines.add(
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    return lines.toArray(new String[0]);
  }

  private static Properties read(URL file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = file.openStream()) {
      properties.load(in);
    }
    return properties;
  }
}
