// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.options.TaskOptions;
import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists whose items have keys of their own, in settings and in a plugin's options. */
class ListOfObjectsTest {

  @TempDir private Path folder;

  @Test
  void eachItemIsBoundWithItsDefaults() throws IOException {
    TaskConfig<Options> config =
        load(
            """
            model: m
            train:
              parameter-groups:
                - {match: "bert.embeddings.*", frozen: true}
                - match: "*.bias"
                  weight-decay: 0
                  learning-rate: 1e-5
            rules:
              - {name: "a, b", words: [x, "y,z"], file: r.txt, weights: {low: 0.5}, steps: [{size: 3}, {size: 4}]}
              - name: second
            """);

    List<ParameterGroupSettings> groups = config.settings().train().parameterGroups();
    assertEquals(2, groups.size());
    assertEquals("bert.embeddings.*", groups.get(0).match());
    assertTrue(groups.get(0).frozen());
    assertEquals(Optional.empty(), groups.get(0).learningRate());
    assertEquals("*.bias", groups.get(1).match());
    assertEquals(Optional.of(0.0), groups.get(1).weightDecay());
    assertEquals(Optional.of(1e-5), groups.get(1).learningRate());
    List<Rule> rules = config.options().rules();
    assertEquals("a, b", rules.get(0).name());
    assertEquals(List.of("x", "y,z"), rules.get(0).words());
    assertEquals(Optional.of(folder.resolve("r.txt")), rules.get(0).file());
    assertEquals(Map.of("low", 0.5), rules.get(0).weights());
    assertEquals(List.of(3, 4), rules.get(0).steps().stream().map(Step::size).toList());
    assertEquals(List.of("one", "two"), rules.get(1).words());
    assertEquals(List.of(), rules.get(1).steps());
  }

  @Test
  void withoutItemsTheListIsEmpty() throws IOException {
    TaskConfig<Options> config = load("model: m\n");

    assertEquals(List.of(), config.settings().train().parameterGroups());
    assertEquals(List.of(), config.options().rules());
    assertEquals(Optional.empty(), config.options().more());
  }

  @Test
  void theSectionsListReplacesTheWholeOne() throws IOException {
    TaskConfig<Options> config =
        load(
            """
            model: m
            train: {parameter-groups: [{match: a, frozen: true}, {match: b}]}
            tasks: {listing: {train: {parameter-groups: [{match: c}]}}}
            """);

    assertEquals(
        List.of("c false"), groups(config), "neither the second item nor frozen are left over");
  }

  @Test
  void theFilesListReplacesTheTasksOwnDefault() throws IOException {
    Map<String, String> defaults =
        Map.of("train.parameter-groups[0].match", "a", "train.parameter-groups[1].match", "b");

    assertEquals(List.of("a false", "b false"), groups(load(defaults, "model: m\n")));
    TaskConfig<Options> config =
        load(defaults, "model: m\ntrain: {parameter-groups: [{match: c}]}\n");
    assertEquals(List.of("c false"), groups(config));
    assertEquals(
        List.of("c false"),
        groups(AppConfig.of(config.values(), "saved", new Plugin(defaults), List.of())),
        "and so do saved values");
  }

  @Test
  void assignmentsChangeAnItemOrAddOne() throws IOException {
    String yaml = "model: m\ntrain: {parameter-groups: [{match: a}, {match: b, frozen: true}]}\n";

    assertEquals(
        List.of("a true", "b true", "c false"),
        groups(
            load(
                yaml,
                "train.parameter-groups[0].frozen=true",
                "tasks.listing.train.parameter-groups[2].match=c")));
    assertEquals(
        List.of("d true"),
        groups(
            load(
                "model: m\n",
                "train.parameter-groups[0].frozen=true",
                "train.parameter-groups[0].match=d")));
  }

  @Test
  void itemsAreCountedWithoutGaps() {
    assertProblems(
        "model: m\ntrain: {parameter-groups: [{match: a}]}\n",
        List.of("train.parameter-groups[2].match=c", "rules[0].steps[1].size=2", "rules[0].name=n"),
        "--set train.parameter-groups[2].match=c: 'train.parameter-groups[2]' is given, but no"
            + " 'train.parameter-groups[1]'; items are counted from 0, without gaps",
        "--set rules[0].steps[1].size=2: 'rules[0].steps[1]' is given, but no 'rules[0].steps[0]';"
            + " items are counted from 0, without gaps");
    assertProblems(
        "model: m\n",
        List.of("train.parameter-groups[-1].match=c", "train.parameter-groups[].match=c"),
        "--set train.parameter-groups[-1].match=c: unknown key 'train.parameter-groups[-1].match';"
            + " did you mean 'train.parameter-groups[0].match'?",
        "--set train.parameter-groups[].match=c: unknown key 'train.parameter-groups[].match'; did"
            + " you mean 'train.parameter-groups[0].match'?");
  }

  @Test
  void everythingWrongInItemsIsReportedAtOnceWithItsLine() {
    assertProblems(
        """
        model: m
        tasks:
          listing:
            train:
              parameter-groups:
                - match: a
                  frozn: true
                - learning-rate: 0
                  frozen: maybe
                - match:
                - {match: [x, y], weight-decay: {a: 1}}
                - match: a
                  match: b
            rules:
              - name: a
                steps:
                  - {size: big}
                  - {}
                xyzzy: 1
              - steps: [{size: 1, sizes: 2}]
        """,
        List.of("rules[0].stpes[0].size=1"),
        "app.yaml:7: unknown key 'tasks.listing.train.parameter-groups[0].frozn'; did you mean"
            + " 'train.parameter-groups[0].frozen'?",
        "app.yaml:8: 'tasks.listing.train.parameter-groups[1].learning-rate' must be a number above"
            + " 0, not '0'",
        "app.yaml:8: missing key 'tasks.listing.train.parameter-groups[1].match': Names of the"
            + " group's parameters, such as encoder.layer.0.*; * stands for any characters. Each item"
            + " needs it.",
        "app.yaml:9: 'tasks.listing.train.parameter-groups[1].frozen' must be true or false, not"
            + " 'maybe'",
        "app.yaml:10: 'tasks.listing.train.parameter-groups[2].match' has no value; give it one or"
            + " remove the key",
        "app.yaml:11: 'tasks.listing.train.parameter-groups[3].match' must be a text, not a list",
        "app.yaml:11: 'tasks.listing.train.parameter-groups[3].weight-decay' must be a number of at"
            + " least 0, not keys of its own",
        "app.yaml:13: key 'tasks.listing.train.parameter-groups[4].match' is already given in line"
            + " 12; remove one of them",
        "app.yaml:17: 'tasks.listing.rules[0].steps[0].size' must be an integer, not 'big'",
        "app.yaml:18: 'tasks.listing.rules[0].steps[1]' must have keys of its own (size)",
        "app.yaml:19: unknown key 'tasks.listing.rules[0].xyzzy'; known keys: file, name, steps,"
            + " weights, words",
        "app.yaml:20: unknown key 'tasks.listing.rules[1].steps[0].sizes'; did you mean"
            + " 'rules[1].steps[0].size'?",
        "app.yaml:20: missing key 'tasks.listing.rules[1].name': Its name. Each item needs it.",
        "--set rules[0].stpes[0].size=1: unknown key 'rules[0].stpes[0].size'; did you mean"
            + " 'rules[0].steps[0].size'?");
  }

  @Test
  void listsOfOtherThingsAreRefused() {
    String keys = "(frozen, learning-rate, match, weight-decay)";
    String list = "'train.parameter-groups' must be a list of items with keys of their own " + keys;
    assertProblems(
        "model: m\ntrain: {parameter-groups: [a, b]}\n",
        List.of("train.parameter-groups=a"),
        "app.yaml:2: " + list + ", not a list of texts",
        "--set train.parameter-groups=a: " + list + ", not a text");
    assertProblems(
        "model: m\ntrain: {parameter-groups: {match: a}}\n",
        List.of(),
        "app.yaml:2: " + list + ", not keys of its own");
    assertProblems(
        "model: m\ntrain: {parameter-groups: []}\n",
        List.of(),
        "app.yaml:2: 'train.parameter-groups' has no value; give it one or remove the key");
    assertProblems(
        """
        model: m
        train:
          parameter-groups:
            - {match: a}
            - b
            -
            - [c]
        """,
        List.of("train.parameter-groups[0]=x"),
        "app.yaml:5: 'train.parameter-groups[1]' must have keys of its own " + keys,
        "app.yaml:6: 'train.parameter-groups[2]' must have keys of its own " + keys,
        "app.yaml:7: 'train.parameter-groups[3]' must have keys of its own " + keys,
        "--set train.parameter-groups[0]=x: 'train.parameter-groups[0]' takes keys of its own "
            + keys
            + ", not a value");
  }

  @Test
  void objectsAreRefusedWhereNoneBelong() {
    assertProblems(
        """
        model: [{a: b}]
        train:
          epochs: [{match: a}]
        rules: [{name: n, words: [x, {y: z}, [w], v]}]
        xyzzy: [{a: {b: c}}]
        """,
        List.of(),
        "app.yaml:1: 'model' must be a text, not a list",
        "app.yaml:3: 'train.epochs' must be an integer of at least 1, not a list",
        "app.yaml:4: the list 'rules[0].words' may hold plain texts only",
        "app.yaml:5: unknown key 'xyzzy'; known keys: calibrate, data, device, engine, label-synonyms, max-length,"
            + " model, output, precision, quantize, train, more, rules");
    assertProblems(
        "model: m\ntasks: [{listing: {rules: [{name: n}]}}]\n",
        List.of(),
        "app.yaml:2: 'tasks' takes keys of its own, not a value");
    assertProblems(
        "model: m\ntasks: {listing: [{rules: 1}]}\n",
        List.of(),
        "app.yaml:2: 'tasks.listing' takes keys of its own, not a value");
  }

  @Test
  void theResolvedFileAndSavedValuesGiveTheSameListAgain() throws IOException {
    TaskConfig<Options> config =
        load(
            """
            model: m
            data: {columns: {"name[0]": text}}
            train: {parameter-groups: [{match: "#*: x", learning-rate: 1e-5}, {match: "true"}]}
            rules: [{name: n, words: ["a,b", c], steps: [{size: 1}, {size: 2}], weights: {"k[1]": 2}}]
            """);
    Path resolved = Files.writeString(folder.resolve("resolved.yaml"), config.toYaml());

    TaskConfig<Options> again = AppConfig.load(resolved, new Plugin(Map.of()), List.of());

    assertEquals(config.values(), again.values());
    assertEquals(config.toYaml(), again.toYaml());
    assertTrue(
        config
            .toYaml()
            .contains(
                """
                  parameter-groups:
                  - frozen: false
                    learning-rate: 1e-5
                    match: '#*: x'
                  - frozen: false
                    match: 'true'
                """
                    .indent(0)),
        config.toYaml());
    assertEquals(
        config.values(),
        AppConfig.of(config.values(), "saved", new Plugin(Map.of()), List.of()).values());
    Options options = TaskOptions.bind(Options.class, config.optionValues(), "saved");
    assertEquals(List.of("a,b", "c"), options.rules().get(0).words());
    assertEquals(2, options.rules().get(0).steps().get(1).size());
  }

  @Test
  void whatATaskFindsMayBeAListOfObjects() throws IOException {
    TaskConfig<Options> config = load("model: m\nrules: [{name: a}, {name: b}]\n");
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("name", "found");
    rule.put("words", List.of("x,y"));
    rule.put("steps", List.of(Map.of("size", 7)));

    List<Rule> rules = config.with(Map.of("rules", List.of(rule)), "train.tsv").options().rules();

    assertEquals(1, rules.size());
    assertEquals("found", rules.get(0).name());
    assertEquals(List.of("x,y"), rules.get(0).words());
    assertEquals(7, rules.get(0).steps().get(0).size());
  }

  @Test
  void itemsAreLocated() throws IOException {
    TaskConfig<Options> config =
        load("model: m\ntrain:\n  parameter-groups:\n  - match: a\n  - match: b\n");

    assertEquals(
        folder.resolve("app.yaml") + ":5: train.parameter-groups[1].match: matches nothing",
        config.wrong("train.parameter-groups[1].match", "matches nothing").getMessage());
  }

  private static List<String> groups(TaskConfig<?> config) {
    return config.settings().train().parameterGroups().stream()
        .map(group -> group.match() + " " + group.frozen())
        .toList();
  }

  private TaskConfig<Options> load(String yaml, String... assignments) throws IOException {
    return load(Map.of(), yaml, assignments);
  }

  private TaskConfig<Options> load(Map<String, String> defaults, String yaml, String... assignments)
      throws IOException {
    Path file = Files.writeString(folder.resolve("app.yaml"), yaml);
    return AppConfig.load(
        file, new Plugin(defaults), Arrays.stream(assignments).map(Assignments::parse).toList());
  }

  private void assertProblems(String yaml, List<String> assignments, String... expected) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> load(yaml, assignments.toArray(String[]::new)));
    assertEquals(
        String.join("\n", expected),
        e.getMessage().replace(folder.resolve("app.yaml") + "", "app.yaml"));
  }

  /** Options with lists of objects. */
  public interface Options {

    /** A list of objects. */
    @Doc("The rules.")
    List<Rule> rules();

    /** One that is known to be absent. */
    @Doc("More rules.")
    Optional<List<Step>> more();
  }

  /** An item. */
  public interface Rule {

    /** Required. */
    @Doc("Its name.")
    String name();

    /** A list within. */
    @Doc("Its words.")
    @WithDefault("one,two")
    List<String> words();

    /** A path within. */
    @Doc("Its file.")
    Optional<Path> file();

    /** A map within. */
    @Doc("Its weights.")
    Map<String, Double> weights();

    /** A list of objects within one. */
    @Doc("Its steps.")
    List<Step> steps();
  }

  /** An item of an item. */
  public interface Step {

    /** Required. */
    @Doc("Its size.")
    int size();
  }

  private record Plugin(Map<String, String> defaultSettings) implements TaskPlugin<Options> {

    @Override
    public String name() {
      return "listing";
    }

    @Override
    public String summary() {
      return "Has lists of objects.";
    }

    @Override
    public Class<Options> optionsType() {
      return Options.class;
    }

    @Override
    public Task<?, ?> create(Options options) {
      throw new AssertionError("not reached");
    }
  }
}
