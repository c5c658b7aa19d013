// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load.peer;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a classifier's ONNX file. */
@Command(
    name = "peer",
    description =
        "Serves FOLDER/model.onnx (with tokenizer.json and config.json) at POST /predict.",
    mixinStandardHelpOptions = true)
public final class PeerCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FOLDER")
  private Path folder;

  @Option(names = "--port", defaultValue = "8090", description = "Port (${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--threads", description = "That compute one batch; all processors unless given.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--max-concurrent", defaultValue = "512", description = "Inputs at once.")
  private int concurrent;

  @Option(names = "--max-batch-tokens", defaultValue = "16384", description = "Padding included.")
  private int batchTokens;

  @Option(names = "--max-length", defaultValue = "512", description = "Tokens of an input.")
  private int length;

  /** Only picocli makes one. */
  public PeerCommand() {}

  @Override
  public Integer call() throws IOException, OrtException, InterruptedException {
    try (OnnxClassifier model = new OnnxClassifier(folder, threads, length);
        BatchQueue queue = new BatchQueue(model, concurrent, batchTokens);
        Peer peer = new Peer(model, queue, port)) {
      System.err.printf("http://localhost:%d/predict, %d threads%n", peer.port(), threads);
      Thread.currentThread().join();
    }
    return 0;
  }
}
