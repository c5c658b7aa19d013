// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bertctl doctor} on this machine, which runs tests and so has all that is needed. */
class DoctorIT {

  private static final PackagedApp APP = PackagedApp.built();
  private static final List<String> NATIVES = List.of("TensorFlow", "ONNX Runtime", "tokenizers");

  @TempDir(factory = BesideTheApp.class)
  Path folder;

  @Test
  void aMachineThatWillDoIsSaidTo() throws Exception {
    Result result = APP.run("doctor").success();

    assertEquals("", result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals("CHECK          STATE    FINDING", lines.get(0));
    assertTrue(
        lines.get(1).startsWith("Java           ok       " + Runtime.version() + " of "),
        lines::toString);
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("plugins        ok       none in ")),
        lines::toString);
  }

  @Test
  void theSameIsThereForPrograms() throws Exception {
    JsonNode result = APP.run("doctor", "--json").json();

    assertNotEquals("problem", result.get("state").asText());
    Map<String, JsonNode> findings = byName(result);
    for (String name : NATIVES) {
      assertEquals("ok", findings.get(name).get("state").asText(), findings::toString);
    }
    assertTrue(findings.get("Java").get("remedy").isNull());
    assertTrue(
        findings.keySet().containsAll(List.of("processor", "memory", "cache", "models", "plugins")),
        findings::toString);
    assertTrue(findings.keySet().stream().anyMatch(name -> name.startsWith("GPU")));
  }

  /** A cache that is a file cannot be written by root either. */
  @Test
  void aCacheThatCannotBeWrittenIsAProblem() throws Exception {
    Path file = Files.createFile(folder.resolve("cache"));
    PackagedApp app = APP.with("BERTCTL_CACHE", file.toString());

    Result result = app.run("doctor");

    assertEquals(1, result.exitCode());
    assertEquals("", result.err());
    assertTrue(
        result
            .out()
            .contains(
                """
                cache          problem  %1$s can be neither used nor written: %1$s is a file, not a folder
                                        set BERTCTL_CACHE to a folder of your own, or"""
                    .formatted(file)),
        result.out());
    Result json = app.run("doctor", "--json");
    assertEquals(1, json.exitCode());
    JsonNode tree = new ObjectMapper().readTree(json.out());
    assertEquals("problem", tree.get("state").asText());
    Map<String, JsonNode> findings = byName(tree);
    for (String name : NATIVES) {
      assertEquals("problem", findings.get(name).get("state").asText(), findings::toString);
      String detail = findings.get(name).get("detail").asText();
      assertTrue(detail.startsWith("native libraries are not unpacked: cannot write "), detail);
    }
    assertEquals("ok", findings.get("Java").get("state").asText(), "the others are said too");
  }

  /** What it advises helps. */
  @Test
  void aCacheOfOnesOwnIsFilled() throws Exception {
    Path cache = folder.resolve("own");
    APP.with("BERTCTL_CACHE", cache.toString()).run("doctor").success();
    assertTrue(Files.isDirectory(cache.resolve("native/tensorflow")));
  }

  @Test
  void aPluginThatIsRefusedIsNotedWithItsReason() throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Path jar = Files.writeString(plugins.resolve("irony.jar"), "no jar");

    Result result = APP.run("doctor", "--plugins", plugins.toString()).success();

    assertTrue(
        result
            .out()
            .contains(
                """
                plugins        note     1 in %s, of which 1 cannot be used
                plugin         note     %s is refused:"""
                    .formatted(plugins, jar)),
        result.out());
    Result absent = APP.run("doctor", "--plugins", folder.resolve("no").toString());
    assertEquals(1, absent.exitCode());
    assertTrue(absent.out().contains("plugins        problem  --plugins "), absent.out());
  }

  @Test
  void itsHelpSaysWhatItDoesAndCompletionKnowsIt() throws Exception {
    String help = APP.run("doctor", "--help").success().out().replaceAll("\\s+", " ");
    assertTrue(help.contains("Nothing is fetched, and no port is opened;"), help);
    assertTrue(APP.run("completion").success().out().contains("_picocli_bertctl_doctor()"));
  }

  private static Map<String, JsonNode> byName(JsonNode result) {
    Map<String, JsonNode> findings = new LinkedHashMap<>();
    result.get("findings").forEach(finding -> findings.put(finding.get("name").asText(), finding));
    return findings;
  }
}
