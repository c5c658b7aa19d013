package org.example.mytask;

import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Options of the task {@code my-task}: a method an option. */
public interface MyTaskOptions {

  /** The labels in the order of the logits. */
  // 3. Name your labels.
  @Doc("The labels, in the order of the logits.")
  @WithDefault("food,service,price")
  List<String> labels();
}
