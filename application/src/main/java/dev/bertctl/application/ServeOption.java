// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option of {@code bertctl serve} as far as it is completed. The command line, which the server
 * is no part of, knows them by a file that a test of the server writes.
 *
 * @param names all of them, such as {@code -p} and {@code --port}
 * @param value what its value is called in help; empty if it has none
 * @param candidates all values there are; none if that is not known
 */
public record ServeOption(List<String> names, String value, List<String> candidates) {

  /** The file, beside this class. */
  public static final String FILE = "serve-options.json";

  private static final Set<String> OF_FILES = Set.of("FILE", "DIR");

  /** Copies the lists. */
  public ServeOption {
    names = List.copyOf(names);
    candidates = List.copyOf(candidates);
  }

  /** Those of the server's command line. */
  public static List<ServeOption> of(CommandSpec serve) {
    return serve.options().stream()
        .filter(option -> !option.hidden())
        .map(ServeOption::of)
        .toList();
  }

  private static ServeOption of(OptionSpec option) {
    List<String> candidates = new ArrayList<>();
    if (option.completionCandidates() != null) {
      option.completionCandidates().forEach(candidates::add);
    }
    String value = option.arity().max() == 0 ? "" : option.paramLabel();
    return new ServeOption(List.of(option.names()), value, candidates);
  }

  /** Those of the file. */
  public static List<ServeOption> recorded() {
    try (InputStream file = ServeOption.class.getResourceAsStream(FILE)) {
      return List.of(new ObjectMapper().readValue(file, ServeOption[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The option for picocli, to be completed and not to be parsed. */
  public OptionSpec spec() {
    OptionSpec.Builder option = OptionSpec.builder(names.toArray(new String[0]));
    if (value.isEmpty()) {
      return option.build();
    }
    option.arity("1").paramLabel(value).type(OF_FILES.contains(value) ? Path.class : String.class);
    return (candidates.isEmpty() ? option : option.completionCandidates(candidates)).build();
  }
}
