// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.Accumulators.Accumulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Variables, one for each trained parameter, that take the mean over all processes.
 *
 * @param load puts this process' share of the mean into the accumulators
 * @param store takes the mean out of them, of a table in the rows that are fed
 */
record Averaged(List<Op> load, List<Op> store) {

  static Averaged of(
      Ops tf,
      Map<Parameter, Accumulator> accumulators,
      Map<Parameter, Operand<TInt32>> rows,
      Function<Parameter, Operand<?>> handles,
      Operand<TFloat32> share) {
    List<Op> load = new ArrayList<>();
    List<Op> store = new ArrayList<>();
    accumulators.forEach(
        (parameter, accumulator) -> {
          Operand<?> handle = handles.apply(parameter);
          load.add(
              tf.assignVariableOp(
                  accumulator.handle(),
                  tf.math.mul(tf.readVariableOp(handle, TFloat32.class), share)));
          Operand<TInt32> some = rows.get(parameter);
          store.add(
              some == null
                  ? tf.assignVariableOp(handle, accumulator.sum())
                  : tf.resourceScatterUpdate(
                      handle, some, tf.gather(accumulator.sum(), some, tf.constant(0))));
        });
    return new Averaged(load, store);
  }

  /**
   * The trained weights, and each kind of the optimizer's slots.
   *
   * @param rows of tables of which only these are averaged
   */
  static List<Averaged> all(
      Ops tf,
      Map<Parameter, Accumulator> accumulators,
      Map<Parameter, Operand<TInt32>> rows,
      List<Optimizer.Slot> slots,
      Operand<TFloat32> share) {
    List<Averaged> all = new ArrayList<>();
    all.add(of(tf, accumulators, rows, Parameter::handle, share));
    Map<String, Map<Parameter, Operand<?>>> byPrefix = new LinkedHashMap<>();
    for (Optimizer.Slot slot : slots) {
      String prefix = slot.name().substring(0, slot.name().indexOf('/'));
      byPrefix
          .computeIfAbsent(prefix, one -> new LinkedHashMap<>())
          .put(slot.parameter(), slot.handle());
    }
    byPrefix.values().forEach(handles -> all.add(of(tf, accumulators, rows, handles::get, share)));
    return all;
  }
}
