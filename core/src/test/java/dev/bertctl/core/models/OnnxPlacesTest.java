// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.huggingface.ModelFiles;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights beside an ONNX model, and models that say of them what is not true. */
class OnnxPlacesTest {

  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String BESIDE = "model.onnx.data";

  @TempDir private Path scratch;
  private Path folder;
  private Path file;
  private Path data;

  @BeforeEach
  void names() throws IOException {
    folder = Files.createDirectory(scratch.resolve("model"));
    file = folder.resolve("model.onnx");
    data = folder.resolve(BESIDE);
  }

  /** All weights beside the model, and the first with another place than it has. */
  private void write(Map<String, String> place) throws IOException {
    ModelProto.Builder model = TinyOnnx.model(ModelFiles.withoutPooler());
    ByteString all = ByteString.EMPTY;
    for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
      if (tensor.getRawData().isEmpty()) {
        continue;
      }
      Map<String, String> entries = new LinkedHashMap<>();
      entries.put("location", BESIDE);
      entries.put("offset", Integer.toString(all.size()));
      entries.put("length", Integer.toString(tensor.getRawData().size()));
      if (tensor.getName().equals(WORDS)) {
        entries.putAll(place);
      }
      entries.values().removeIf(String::isEmpty);
      all = all.concat(tensor.getRawData());
      tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
      entries.forEach(
          (key, value) ->
              tensor.addExternalData(
                  StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    }
    Files.write(file, model.build().toByteArray());
    Files.write(data, all.toByteArray());
  }

  private Map<String, Weight> read() {
    return new OnnxWeights(file, OnnxGraph.read(file)).canonical();
  }

  private void assertRefused(String message) {
    assertEquals(message, assertThrows(UserException.class, this::read).getMessage());
  }

  @Test
  void weightsBesideTheModelAreRead() throws IOException {
    write(Map.of());
    assertEquals(ModelFiles.withoutPooler(), ModelFiles.inMemory(read()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Constant", "Identity", "Tanh", "Sqrt", "MatMul", "Gemm", "Reshape"})
  void operationsThatTakeOrGiveNothingArePassedOver(String type) throws IOException {
    ModelProto.Builder model = TinyOnnx.model(ModelFiles.withoutPooler());
    AttributeProto value =
        AttributeProto.newBuilder().setName("value").setT(TensorProto.newBuilder()).build();
    NodeProto any = NodeProto.newBuilder().setOpType(type).addAttribute(value).build();
    model.getGraphBuilder().addNode(0, any.toBuilder().addInput(WORDS).addInput(WORDS));
    model.getGraphBuilder().addNode(0, any.toBuilder().addOutput("any"));
    Files.write(file, model.build().toByteArray());
    assertEquals(ModelFiles.withoutPooler(), ModelFiles.inMemory(read()));
    OnnxArchitecture architecture = new OnnxArchitecture(file, OnnxGraph.read(file));
    assertEquals(ModelFiles.CONFIG.heads(), architecture.heads(ModelFiles.CONFIG.hiddenSize()));
    assertEquals(Activation.GELU, architecture.activation());
    assertEquals(1e-12, architecture.layerNormEpsilon());
  }

  /** Without an offset it is the file's beginning. */
  @Test
  void anOffsetThatIsNotSaidIsZero() throws IOException {
    write(Map.of("offset", ""));
    assertEquals(ModelFiles.withoutPooler(), ModelFiles.inMemory(read()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc/passwd", "a/b", "..", ".", "C:x", "a\\b", "a\0b"})
  void aLocationIsTheNameOfAFileBesideIt(String location) throws IOException {
    Files.write(scratch.resolve("secret"), new byte[1 << 12]);
    write(Map.of("location", location));
    assertRefused(
        "%s: weight %s is said to be in '%s', which is no name of a file beside it; export the model again"
            .formatted(file, WORDS, location));
  }

  @Test
  void aLinkToAnotherFolderIsNotFollowed() throws IOException {
    write(Map.of());
    Path elsewhere = scratch.resolve("elsewhere");
    Files.move(data, elsewhere);
    Files.createSymbolicLink(data, elsewhere);
    assertRefused(data + ": is a link to a file of another folder; copy the file itself there");
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    write(Map.of());
    Files.delete(data);
    assertRefused(
        file
            + ": its weights are in '"
            + BESIDE
            + "', which is not there; copy it to the same folder");
  }

  @ParameterizedTest
  @CsvSource({
    "9000000,448",
    "0,9000000",
    "448,999999999999999999",
    "999999999999999999,999999999999999999"
  })
  void aPlaceBehindTheEndIsRefused(String offset, String length) throws IOException {
    write(Map.of("offset", offset, "length", length));
    assertRefused(
        "%s: weight %s is said to take %s bytes from byte %s on, and the file has %d; the file is damaged or incomplete: fetch or copy it again"
            .formatted(data, WORDS, length, offset, Files.size(data)));
  }

  @ParameterizedTest
  @CsvSource({
    "offset,-448",
    "length,-1",
    "offset,0x10",
    "length,9223372036854775807",
    "offset,١",
    "length,1e3"
  })
  void aNumberThatIsNoneIsRefused(String key, String value) throws IOException {
    write(Map.of(key, value));
    assertRefused(
        "%s: weight %s has the %s '%s'; the file is damaged or incomplete: fetch or copy it again"
            .formatted(file, WORDS, key, value));
  }

  @Test
  void aLengthThatDoesNotFitTheShapeIsRefused() throws IOException {
    write(Map.of("length", "444"));
    assertRefused(
        "%s: weight %s of shape [14, 8] and type F32 has 444 bytes; the file is damaged or incomplete: fetch or copy it again"
            .formatted(file, WORDS));
  }

  @Test
  void weightsThatShareAPartAreRefused() throws IOException {
    write(Map.of("offset", "4"));
    assertRefused(
        "%s: two weights share a part of their numbers, from byte 448; the file is damaged or incomplete: fetch or copy it again"
            .formatted(data));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatChangesWhileItIsReadIsNoticed(boolean beside) throws IOException {
    if (beside) {
      write(Map.of());
    } else {
      Files.write(file, TinyOnnx.model(ModelFiles.withoutPooler()).build().toByteArray());
    }
    Path changed = beside ? data : file;
    Weight words = read().get(WORDS);
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1));
    assertEquals(
        changed + ": has changed while it was read; put a whole copy in its place and begin again",
        assertThrows(UserException.class, words::values).getMessage());
  }
}
