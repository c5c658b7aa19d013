// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import java.nio.file.Path;
import java.util.List;

/**
 * Processes that train a model together, wherever they run. What they are told and what they answer
 * are bytes of {@link StepOrder} and {@link StepAnswer}; each holds a {@link TrainingProcess}.
 */
public interface Processes extends AutoCloseable {

  /**
   * Begins, or begins again after a process was lost: each opens the model.
   *
   * @param folder what {@link TrainingFolder} wrote
   * @return the processes that there are, which may be others than before
   * @throws LostProcessException if one ends or does not answer
   * @throws dev.bertctl.runtime.UserException if there are none, or one cannot open the model
   */
  List<ProcessFacts> begin(Path folder);

  /**
   * Has each process carry out an order, all at the same time.
   *
   * @param orders one for each
   * @return what each answers
   * @throws LostProcessException if one ends or does not answer
   */
  List<byte[]> carryOut(List<byte[]> orders);

  /**
   * Writes the variables of the model, which all have alike.
   *
   * @param file a safetensors file that is not there yet
   * @throws LostProcessException if a process ends or does not answer
   */
  void collect(Path file);

  @Override
  void close();

  /**
   * A process.
   *
   * @param place the machine it runs on, and what tells it from others there
   * @param checksum of its model's variables
   */
  record ProcessFacts(String place, long checksum) {}
}
