// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load.peer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sequence classifier in ONNX Runtime. */
final class OnnxClassifier implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final List<String> labels = new ArrayList<>();

  /**
   * @param folder with model.onnx, tokenizer.json and config.json, whose id2label names the labels
   * @param threads that compute an operator
   * @param length most tokens of a text; longer ones are cut
   */
  OnnxClassifier(Path folder, int threads, int length) throws IOException, OrtException {
    JsonNode config = new ObjectMapper().readTree(folder.resolve("config.json").toFile());
    JsonNode names = config.path("id2label");
    for (int i = 0; i < names.size(); i++) {
      labels.add(names.get(Integer.toString(i)).asText());
    }
    tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(folder.resolve("tokenizer.json"))
            .optTruncation(true)
            .optPadding(false)
            .optMaxLength(length)
            .build();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(folder.resolve("model.onnx").toString(), options);
    }
  }

  List<String> labels() {
    return labels;
  }

  long[] tokenise(String text) {
    return tokenizer.encode(text).getIds();
  }

  /** Scores [B,L] of a batch, which is padded to its longest. */
  float[][] scores(List<Input> batch) throws OrtException {
    int rows = batch.size();
    int longest = batch.stream().mapToInt(input -> input.ids().length).max().orElseThrow();
    long[] ids = new long[rows * longest];
    long[] mask = new long[rows * longest];
    for (int row = 0; row < rows; row++) {
      long[] own = batch.get(row).ids();
      System.arraycopy(own, 0, ids, row * longest, own.length);
      Arrays.fill(mask, row * longest, row * longest + own.length, 1);
    }
    long[] shape = {rows, longest};
    Map<String, OnnxTensor> feeds = new HashMap<>();
    try {
      feeds.put("input_ids", tensor(ids, shape));
      feeds.put("attention_mask", tensor(mask, shape));
      if (session.getInputNames().contains("token_type_ids")) {
        feeds.put("token_type_ids", tensor(new long[rows * longest], shape));
      }
      try (OrtSession.Result result = session.run(feeds)) {
        float[][] logits = (float[][]) result.get(0).getValue();
        for (float[] row : logits) {
          softmax(row);
        }
        return logits;
      }
    } finally {
      feeds.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(long[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  private static void softmax(float[] row) {
    float most = Float.NEGATIVE_INFINITY;
    for (float logit : row) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : row) {
      sum += Math.exp(logit - most);
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (Math.exp(row[i] - most) / sum);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
    tokenizer.close();
  }
}
