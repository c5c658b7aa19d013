package org.example.mytask;

import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Options of the task {@code my-task}: a method an option. */
public interface MyTaskOptions {

  /** The tags in the order of the logits. */
  // 3. Name your tags.
  @Doc("The tags, in the order of the logits.")
  @WithDefault("O,NAME")
  List<String> labels();
}
