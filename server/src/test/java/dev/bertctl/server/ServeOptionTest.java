// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.application.ServeOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line completes the options that the server has. */
class ServeOptionTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Path FILE =
      Path.of("../application/src/main/resources/dev/bertctl/application", ServeOption.FILE);

  @Test
  void theRecordedOptionsAreThoseOfTheServer() throws IOException {
    List<ServeOption> options = ServeOption.of(Main.command().getCommandSpec());
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(FILE, JSON.writeValueAsString(options) + "\n");
    }
    assertEquals(
        options,
        List.of(JSON.readValue(FILE.toFile(), ServeOption[].class)),
        FILE
            + " is out of date: ./mvnw test -pl server -am -Dtest=ServeOptionTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true");
  }
}
