// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.options.TaskOptions;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Option interfaces that plugin authors may get wrong, or write in unusual ways. */
class PluginOptionsTest {

  @Test
  void anOptionMayNotHaveTheNameOfASetting() {
    assertRefused(SameName.class, "option 'max-length' of %s is already a setting of every run");
    assertRefused(SameGroup.class, "option 'train' of %s is already a setting of every run");
  }

  @Test
  void typesThatCannotBeBoundAreRefused() {
    assertRefused(
        MapOfGroups.class,
        "option 'windows' has a type that cannot be bound:"
            + " java.util.Map<java.lang.String, dev.bertctl.core.config.ToyPlugin$Window>; use texts,"
            + " numbers, booleans, enums, paths, lists, maps and Optionals of them, and lists of"
            + " interfaces of such");
    assertRefused(
        NoConverter.class,
        "option 'clock' has a type that cannot be bound: class java.time.Clock; use texts,"
            + " numbers, booleans, enums, paths, lists, maps and Optionals of them, and lists of"
            + " interfaces of such");
  }

  @Test
  void defaultsThatCannotBeConvertedAreRefused() {
    assertEquals(
        "the default of option 'depth' must be an integer, not 'one'",
        assertThrows(
                IllegalArgumentException.class, () -> AppConfig.checkOptions(WordForANumber.class))
            .getMessage());
  }

  @Test
  void groupsWithoutNameAreBoundAndMethodsWithCodeAreNoOptions() {
    Unusual options = TaskOptions.bind(Unusual.class, Map.of("stride", "5"), "saved");
    assertEquals(5, options.window().stride());
    assertEquals(10, options.twice());
  }

  private static void assertRefused(Class<?> options, String problem) {
    UserException e =
        assertThrows(
            UserException.class,
            () -> AppConfig.of(Map.of("model", "m"), "saved", new Plugin<>(options), List.of()));
    assertEquals(
        "the plugin of task 'wrong' (%s) cannot be used: ".formatted(Plugin.class.getName())
            + problem.formatted(options.getName()),
        e.getMessage());
  }

  interface SameName {
    int maxLength();
  }

  interface SameGroup {
    int train();
  }

  interface MapOfGroups {
    Map<String, ToyPlugin.Window> windows();
  }

  interface WordForANumber {
    @WithDefault("one")
    int depth();
  }

  interface NoConverter {
    Clock clock();
  }

  /** Public, as plugins' interfaces are. */
  public interface Unusual {
    /** A group whose options stand at the top. */
    @WithParentName
    ToyPlugin.Window window();

    /** Computed, not configured. */
    default int twice() {
      return 2 * window().stride();
    }
  }

  private record Plugin<O>(Class<O> optionsType) implements TaskPlugin<O> {

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public String summary() {
      return "Has options that cannot be.";
    }

    @Override
    public Task<?, ?> create(O options) {
      throw new AssertionError("not reached");
    }
  }
}
