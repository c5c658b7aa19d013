// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.BertModel.Trained;
import dev.bertctl.runtime.graph.LossShare;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a process has done.
 *
 * @param loss its share of the loss, or the loss of its own step
 * @param gradientNorm before clipping
 * @param skipped whether nothing was updated
 * @param computed time of its own computation
 * @param exchanged time until all was exchanged
 * @param outOfMemory what memory did not suffice for; empty if it did
 */
record StepAnswer(
    LossShare loss,
    double gradientNorm,
    boolean skipped,
    Duration computed,
    Duration exchanged,
    String outOfMemory) {

  static StepAnswer of(Trained trained, Duration computed, Duration exchanged) {
    return new StepAnswer(
        new LossShare(trained.loss(), trained.losses()),
        trained.gradientNorm(),
        trained.skipped(),
        computed,
        exchanged,
        "");
  }

  /** Of a process that had nothing to do. */
  static StepAnswer idle() {
    return new StepAnswer(LossShare.NONE, 0, false, Duration.ZERO, Duration.ZERO, "");
  }

  static StepAnswer outOfMemory(String reason) {
    return new StepAnswer(LossShare.NONE, 0, false, Duration.ZERO, Duration.ZERO, reason);
  }

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeDouble(loss.loss());
      out.writeInt(loss.losses().size());
      for (Map.Entry<String, Double> one : loss.losses().entrySet()) {
        out.writeUTF(one.getKey());
        out.writeDouble(one.getValue());
      }
      out.writeDouble(gradientNorm);
      out.writeBoolean(skipped);
      out.writeLong(computed.toNanos());
      out.writeLong(exchanged.toNanos());
      out.writeUTF(outOfMemory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static StepAnswer decoded(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      double total = in.readDouble();
      Map<String, Double> losses = new LinkedHashMap<>();
      for (int count = in.readInt(); count > 0; count--) {
        losses.put(in.readUTF(), in.readDouble());
      }
      return new StepAnswer(
          new LossShare(total, losses),
          in.readDouble(),
          in.readBoolean(),
          Duration.ofNanos(in.readLong()),
          Duration.ofNanos(in.readLong()),
          in.readUTF());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
