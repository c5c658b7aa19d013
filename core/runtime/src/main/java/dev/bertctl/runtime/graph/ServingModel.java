// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.packing.Vocabulary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.train.Restore;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * A task's model as a SavedModel, which TensorFlow Serving and every TensorFlow loads: the
 * signature {@code serving_default} takes {@code input_ids}, {@code attention_mask} and {@code
 * token_type_ids}, int32 [B,T] (of models that choose [B,C,T]), and gives the head's outputs by
 * name: one row a feature, a token or a choice; of a language model one for each token; of spans
 * {@code start_logits} and {@code end_logits} [B,T].
 */
public final class ServingModel {

  private static final String SIGNATURE = "serving_default";
  private static final String METHOD = "tensorflow/serving/predict";
  private static final String TAG = "serve";
  private static final String VARIABLES = "variables";

  private final Graph graph;
  private final Ops tf;
  private final ServingInputs inputs = new ServingInputs();
  private final BertGraph definition;
  private final Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();

  private ServingModel(
      Graph graph, String task, BertConfig config, Head head, Vocabulary vocabulary) {
    this.graph = graph;
    this.tf = Ops.create(graph);
    this.definition =
        new BertGraph(task, graph, config, head, vocabulary, Parameters::trained, inputs::create);
    definition
        .inference()
        .outputs()
        .forEach(
            (name, values) -> {
              if (SpanOutputs.are(head.architecture(), values.layout(), columns(values.values()))) {
                addEnds(values.values());
              } else {
                addOutput(name, values);
              }
            });
  }

  private static long columns(Operand<?> output) {
    Shape shape = output.shape();
    return shape.isUnknown() ? Shape.UNKNOWN_SIZE : shape.asArray()[shape.numDimensions() - 1];
  }

  /** As transformers has them. */
  private void addEnds(Operand<TFloat32> logits) {
    List<? extends Operand<TFloat32>> ends =
        tf.unstack(logits, 2L, Unstack.axis(2L)).output(); // [B,T] each
    outputs.put(SpanOutputs.START, tf.withName(SpanOutputs.START).identity(ends.get(0)));
    outputs.put(SpanOutputs.END, tf.withName(SpanOutputs.END).identity(ends.get(1)));
  }

  /** Of positions, which are all tokens here, the rows are told apart by sequence. */
  private void addOutput(String name, HeadOutput.Values values) {
    Operand<TFloat32> output = values.values();
    if (values.layout() == Layout.PER_POSITION) {
      Operand<TInt32> columns =
          tf.gather(tf.shape(output), tf.constant(new int[] {1}), tf.constant(0));
      output =
          tf.reshape(output, tf.concat(List.of(inputs.perSequence(), columns), tf.constant(0)));
    }
    outputs.put(name, tf.withName(name).identity(output));
  }

  /**
   * Writes a model.
   *
   * @param folder must exist and be empty
   * @param task name of the task, for errors about its head
   * @param config the architecture that it is built with
   * @param pretrained its weights
   * @return what became of each weight
   * @throws UserException if a weight is missing, the head cannot be built, or a file not be
   *     written
   */
  public static WeightAccount write(
      Path folder,
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      PretrainedModel pretrained) {
    TensorFlowEngine.load();
    try (Graph graph = new Graph()) {
      return new ServingModel(graph, task, config, head, vocabulary).write(folder, pretrained);
    }
  }

  private WeightAccount write(Path folder, PretrainedModel pretrained) {
    List<Parameter> parameters = List.copyOf(definition.parameters().all());
    List<ParameterSpec> specs = parameters.stream().map(Parameter::spec).toList();
    WeightAccount account = ModelWeights.account(specs, pretrained);
    Variables variables = new Variables(graph);
    variables.declare(parameters);
    Saver saver = saver(parameters, variables);
    // Nothing is added to the graph behind this: it is what is saved.
    MetaGraphDef definition = metaGraph(saver);
    Path files = folder.resolve(VARIABLES);
    FileTree.create(files);
    try (Session session = ComputeDevice.CPU.session(graph)) {
      VariableValues values = new VariableValues(session, variables);
      values.assign(ModelWeights.all(specs, account, pretrained, 0));
      try (SessionRun run = new SessionRun(session)) {
        run.feed(saver.file(), TString.scalarOf(files.resolve(VARIABLES).toString()))
            .target(saver.save())
            .run();
      }
    }
    write(folder.resolve("saved_model.pb"), definition);
    return account;
  }

  private Saver saver(List<Parameter> parameters, Variables variables) {
    String[] names = parameters.stream().map(Parameter::name).toArray(String[]::new);
    String[] whole = Collections.nCopies(names.length, "").toArray(String[]::new);
    List<Operand<?>> values = new ArrayList<>();
    List<Class<? extends TType>> types = new ArrayList<>();
    for (Parameter parameter : parameters) {
      values.add(variables.all().get(parameter.name()).read());
      types.add(TFloat32.class);
    }
    Ops scope = tf.withSubScope("save");
    Operand<TString> file = scope.withName("Const").constant(VARIABLES);
    Op save = scope.train.save(file, tf.array(names), tf.array(whole), values);
    Operand<TString> saved =
        scope.withName("control_dependency").withControlDependencies(List.of(save)).identity(file);
    Restore restore = scope.train.restore(file, tf.array(names), tf.array(whole), types);
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      assigned.add(
          tf.assignVariableOp(
              parameters.get(i).handle(), restore.tensors().get(i).expect(TFloat32.class)));
    }
    Op all = scope.withName("restore_all").withControlDependencies(assigned).noOp();
    return new Saver(file, saved, all);
  }

  private MetaGraphDef metaGraph(Saver saver) {
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(METHOD);
    inputs.placeholders().forEach((name, input) -> signature.putInputs(name, info(input)));
    outputs.forEach((name, output) -> signature.putOutputs(name, info(output)));
    return MetaGraphDef.newBuilder()
        .setMetaInfoDef(
            MetaGraphDef.MetaInfoDef.newBuilder()
                .addTags(TAG)
                .setTensorflowVersion(TensorFlowEngine.load()))
        .setGraphDef(HeadDefinition.definition(graph))
        .setSaverDef(
            SaverDef.newBuilder()
                .setFilenameTensorName(name(saver.file()))
                .setSaveTensorName(name(saver.saved()))
                .setRestoreOpName(saver.restore().op().name())
                .setVersion(SaverDef.CheckpointFormatVersion.V2))
        .putSignatureDef(SIGNATURE, signature.build())
        .build();
  }

  private static TensorInfo info(Operand<?> operand) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    if (operand.shape().isUnknown()) {
      shape.setUnknownRank(true);
    } else {
      for (long size : operand.shape().asArray()) {
        shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
      }
    }
    return TensorInfo.newBuilder()
        .setName(name(operand))
        .setDtype(TensorFlowLine.dataType(operand))
        .setTensorShape(shape)
        .build();
  }

  private static String name(Operand<?> operand) {
    return operand.op().name() + ":" + operand.asOutput().index();
  }

  private static void write(Path file, MetaGraphDef definition) {
    try (OutputStream out = Files.newOutputStream(file)) {
      SavedModel.newBuilder()
          .setSavedModelSchemaVersion(1)
          .addMetaGraphs(definition)
          .build()
          .writeTo(out);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  /**
   * What saves the variables and reads them again.
   *
   * @param file where they are; fed
   * @param saved is computed when they are saved
   * @param restore reads them
   */
  private record Saver(Operand<TString> file, Operand<TString> saved, Op restore) {

    Op save() {
      return saved;
    }
  }
}
