package org.example.mytask;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.nio.file.Path;

/** What every task plugin promises, tried on the rows of samples.tsv. */
class MyTaskPluginTest extends TaskPluginContract<MyTaskOptions> {

  // 4. Put at least three rows of your data into samples.tsv, not all with the same gold value,
  // and name the column of the gold values.
  private static final Path SAMPLES = Path.of("samples.tsv");
  private static final String GOLD = "GOLD-COLUMN";

  @Override
  protected TaskPlugin<MyTaskOptions> plugin() {
    return new MyTaskPlugin();
  }

  @Override
  protected MemoryFile labelled() {
    return MemoryFile.tsv(SAMPLES);
  }

  @Override
  protected MemoryFile unlabelled() {
    return labelled().without(GOLD);
  }
}
