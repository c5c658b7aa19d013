// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.cli.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files of every kind: each is read, or refused in words that a user understands, and soon.
 * None ends in a crash, a hang, an exception's name, or in a result that is wrong though nothing
 * was said. Takes an hour or so, and is started by {@code .ci/fuzz}.
 *
 * <p>System properties: {@code fuzz.inputs} (how many), {@code fuzz.seed}, {@code fuzz.kind} (only
 * kinds whose name contains it), {@code fuzz.keep} (a folder for inputs that something was wrong
 * with).
 */
@Tag("fuzz")
class FuzzTest {

  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final String ONLY = System.getProperty("fuzz.kind", "");
  private static final Path KEEP = Path.of(System.getProperty("fuzz.keep", "target/fuzz"));

  /** Far more than any of these commands needs. */
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path root;
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void damagedFilesAreReadOrRefused() throws Exception {
    List<Kind> kinds = Kinds.in(root).stream().filter(kind -> kind.name().contains(ONLY)).toList();
    int weights = kinds.stream().mapToInt(Kind::weight).sum();
    for (Kind kind : kinds) {
      undamaged(kind);
      int inputs = Math.max(1, INPUTS * kind.weight() / weights);
      for (int i = 0; i < inputs; i++) {
        damaged(kind, i);
      }
      System.out.printf("%-45s %s%n", kind.name(), tallies.get(kind.name()));
    }
    executor.shutdownNow();
    assertEquals(List.of(), wrong, "inputs that something was wrong with are in " + KEEP);
  }

  /** What nothing is wrong with succeeds: otherwise every mutant would be refused for that. */
  private void undamaged(Kind kind) throws Exception {
    Path copy = copy(kind);
    InProcess.Outcome outcome = InProcess.run(kind.arguments(copy));
    assertEquals(0, outcome.exitCode(), kind.name() + ": " + outcome.err());
    byte[] content = Files.readAllBytes(kind.folder().resolve(kind.file()));
    assertEquals(List.of(), kind.check().complaints(copy, content, outcome.out()), kind.name());
  }

  private void damaged(Kind kind, int number) throws Exception {
    Random random = new Random(SEED * 1_000_003 + kind.name().hashCode() * 31L + number);
    Path copy = copy(kind);
    Path file = copy.resolve(kind.file());
    byte[] mutant = kind.mutation().apply(Files.readAllBytes(file), random);
    Files.write(file, mutant);
    Tally tally = tallies.computeIfAbsent(kind.name(), name -> new Tally());
    List<String> complaints;
    InProcess.Outcome outcome;
    try {
      outcome =
          executor
              .submit(() -> InProcess.run(kind.arguments(copy)))
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      complaints = Verdict.complaints(outcome);
      if (outcome.exitCode() == 0) {
        complaints.addAll(kind.check().complaints(copy, mutant, outcome.out()));
      }
      tally.count(outcome.exitCode());
    } catch (ExecutionException e) {
      outcome = new InProcess.Outcome(-1, "", e.getCause().toString());
      complaints = List.of("thrown: " + e.getCause());
    } catch (TimeoutException e) {
      keep(kind, number, mutant, "no end within %d seconds".formatted(PATIENCE_SECONDS));
      throw e;
    }
    if (!complaints.isEmpty()) {
      keep(
          kind,
          number,
          mutant,
          "%s%nexit code %d%n%s%n%s"
              .formatted(complaints, outcome.exitCode(), outcome.err(), outcome.out()));
    }
  }

  private Path copy(Kind kind) throws IOException {
    Path copy = Files.createTempDirectory(root, "input-").resolve("of");
    Templates.copy(kind.folder(), copy);
    return copy;
  }

  private void keep(Kind kind, int number, byte[] mutant, String report) throws IOException {
    String name = kind.name().replaceAll("[^A-Za-z0-9.]+", "-") + "-" + number;
    Files.createDirectories(KEEP);
    Files.write(KEEP.resolve(name), mutant);
    Files.writeString(KEEP.resolve(name + ".report"), report);
    wrong.add(name + ": " + report.lines().findFirst().orElse(""));
  }

  /** How often a kind ended how. */
  private static final class Tally {

    private int read;
    private int refused;

    void count(int exitCode) {
      if (exitCode == 0) {
        read++;
      } else {
        refused++;
      }
    }

    @Override
    public String toString() {
      return "%,6d read %,6d refused".formatted(read, refused);
    }
  }
}
