// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that would harm who lets Python load them, or that want more than they are. */
class HostilePickleTest {

  private static final String AGAIN = "; the file is damaged or incomplete: fetch or copy it again";
  private static final String NO_DICT =
      "it holds no dict of weights by name, neither as a whole nor under state_dict,"
          + " model_state_dict, model; save the model's state_dict()";
  private static final String TOO_MANY =
      "its pickle has more than 1000000 operations, which no weights need" + AGAIN;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "posix, system",
    "os, system",
    "builtins, eval",
    "builtins, getattr",
    "__builtin__, exec",
    "torch, load",
    "torch.hub, load",
    "torch.nn.modules.container, Sequential",
    "torch._utils, _rebuild_sparse_tensor",
    "numpy, load",
    "numpy.core.multiarray, frombuffer",
    "collections, OrderedDict.__class__",
    "collections.OrderedDict, __init__",
    "argparse, Namespace"
  })
  void otherNamesAreRefused(String module, String name) {
    String refused =
        "its pickle names "
            + module
            + "."
            + name
            + ", which is neither a tensor nor a plain container; nothing of it was run: save the"
            + " model's state_dict() instead";
    assertRefused(refused, pickle -> pickle.name(module, name).op('(').text("id").ops("tR"));
    // The same by protocol 4, by an instance, and by a class that the pickle never uses.
    assertRefused(refused, pickle -> pickle.text(module).text(name).op(0x93).ops(")R"));
    assertRefused(refused, pickle -> pickle.ops("(i" + module + "\n" + name + "\n"));
    assertRefused(refused, pickle -> pickle.ops("}").name(module, name).op('0'));
  }

  static Stream<Arguments> damaged() {
    return Stream.of(
        of(
            "its pickle has the operation 0x6f at byte 19, which weights are not saved with",
            pickle -> pickle.op('(').name("builtins", "list").ops(")o")),
        of(
            "its pickle has the operation 0x81 at byte 28, which weights are not saved with",
            pickle -> pickle.name("collections", "OrderedDict").op(')', 0x81)),
        of(
            "its pickle has the operation 0x82 at byte 2, which weights are not saved with",
            pickle -> pickle.op(0x82, 1)),
        of(
            "its pickle has the operation 0x50 at byte 2, which weights are not saved with",
            pickle -> pickle.ops("Pstorage\n")),
        of("its pickle calls what is no function", pickle -> pickle.text("eval").ops(")R")),
        of("its pickle calls what is no function", pickle -> pickle.ops("])R")),
        of(
            "its pickle calls what is no function",
            pickle -> pickle.name("torch", "FloatStorage").ops(")R")),
        of(
            "its pickle calls what is no function",
            pickle -> pickle.name("collections", "OrderedDict").ops("}R")),
        of("its pickle sets the state of what has none", pickle -> pickle.ops("]}b")),
        of(
            "its pickle sets the state of what has none",
            pickle -> pickle.name("collections", "OrderedDict").ops("}b")),
        of("its pickle names something by what is no text", pickle -> pickle.ops("NN").op(0x93)),
        of(
            "its pickle passes unfit arguments to numpy.ndarray",
            pickle -> pickle.name("numpy", "ndarray").ops(")R")),
        of(
            "its pickle passes unfit arguments to _codecs.encode",
            pickle -> pickle.name("_codecs", "encode").op('(').text("é€").text("latin1").ops("tR")),
        of(
            "its pickle passes unfit arguments to _codecs.encode",
            pickle -> pickle.name("_codecs", "encode").op('(').text("x").text("zlib").ops("tR")),
        of("its pickle passes unfit arguments to a storage", pickle -> pickle.ops(")Q")),
        of(
            "its pickle passes unfit arguments to a storage",
            pickle -> pickle.storage("FloatStorage", "0", -1)),
        of(
            "its pickle passes unfit arguments to a storage",
            pickle -> pickle.storage("FloatStorage", "0", Long.MAX_VALUE / 2)),
        of(
            "its pickle describes storage 0 in two ways",
            pickle ->
                pickle.storage("FloatStorage", "0", 1).storage("HalfStorage", "0", 2).op('0')),
        of(
            "its pickle passes unfit arguments to torch._utils._rebuild_tensor_v2",
            pickle -> pickle.tensor("0", 1, -1, List.of(1), List.of(1))),
        of(
            "its pickle passes unfit arguments to torch._utils._rebuild_tensor_v2",
            pickle -> pickle.tensor("0", 1, 0, List.of(1), List.of(-1))),
        of(
            "its pickle passes unfit arguments to torch._utils._rebuild_tensor_v2",
            pickle -> pickle.tensor("0", 1, 0, List.of(1), List.of())),
        of(
            "its pickle has a tensor of 9 dimensions; those of weights are 8 at most",
            pickle -> pickle.tensor("0", 1, 0, List.of(1, 1, 1, 1, 1, 1, 1, 1, 1), List.of(1))),
        of("its pickle takes a value where there is none", pickle -> pickle.op('0')),
        of("its pickle takes a value where there is none", pickle -> pickle.op('t')),
        of("its pickle takes a value where there is none", pickle -> pickle.ops("N(0")),
        of("its pickle adds items to what is no container", pickle -> pickle.ops("NNa")),
        of("its pickle adds items to what is no container", pickle -> pickle.ops("]NNs")),
        of("its pickle has a key without a value", pickle -> pickle.ops("}(Nu")),
        of("its pickle recalls a value that it has not kept", pickle -> pickle.op('h', 7)),
        of("its pickle does not end in one value", pickle -> pickle),
        of("its pickle does not end in one value", pickle -> pickle.ops("NN")),
        of("its pickle does not end in one value", pickle -> pickle.ops("N(")),
        of(
            "its pickle has an integer of 256 bytes",
            pickle -> pickle.op(0x8b).u32(256).raw(new byte[256])),
        of("its pickle has an integer of 4294967295 bytes", pickle -> pickle.op(0x8b).u32(-1)),
        of(
            "at byte 7 it announces 4294967295 bytes, 4 are left",
            pickle -> pickle.op('X').u32(-1).ops("abc")),
        of(
            "at byte 7 it announces 4294967295 bytes, 4 are left",
            pickle -> pickle.op('B').u32(-1).ops("abc")),
        of(
            "at byte 11 it announces 18446744073709551615 bytes, 4 are left",
            pickle -> pickle.op(0x8d).u64(-1).ops("abc")),
        of(
            "at byte 11 it announces 9223372036854775807 bytes, 4 are left",
            pickle -> pickle.op(0x96).u64(Long.MAX_VALUE).ops("abc")),
        of(
            "at byte 11 it announces 4611686018427387904 bytes, 4 are left",
            pickle -> pickle.op(0x95).u64(1L << 62).ops("abc")),
        of(
            "its pickle has a name of more than 1024 bytes",
            pickle -> pickle.ops("c" + "x".repeat(2000) + "\nx\n")));
  }

  private static Arguments of(String problem, UnaryOperator<TestPickle> content) {
    return Arguments.of(problem, content);
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void nonsenseIsDamaged(String problem, UnaryOperator<TestPickle> content) {
    assertRefused(problem + AGAIN, content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 255})
  void otherProtocolsAreUnknown(int protocol) {
    byte[] pickle = new TestPickle().op('N').end();
    pickle[1] = (byte) protocol;
    assertRefused("its pickle has the protocol " + protocol + "; 2 to 5 are known" + AGAIN, pickle);
  }

  @Test
  void aPickleThatBreaksOffIsDamaged() {
    byte[] pickle = new TestPickle().tensor("0", 1, 0, List.of(1), List.of(1)).end();
    for (int length = 2; length < pickle.length; length++) {
      byte[] part = Arrays.copyOf(pickle, length);
      UserException error = assertThrows(UserException.class, () -> read(part));
      assertTrue(error.getMessage().endsWith(AGAIN), error.getMessage());
    }
    assertRefused("it breaks off at byte 3" + AGAIN, Arrays.copyOf(pickle, 3));
    assertRefused(
        "it does not begin as a pickle of protocol 2 or later" + AGAIN, "(dp0".getBytes(UTF_8));
  }

  @Test
  void valuesThatContainThemselvesAreNeverFollowed() {
    assertRefused(NO_DICT, pickle -> pickle.ops("]").op('q', 0, 'h', 0).ops("a"));
    assertRefused(
        NO_DICT, pickle -> pickle.ops("}").op('q', 0).text("state_dict").op('h', 0).ops("s"));
    // As a key, which Python would have to hash.
    assertRefused(NO_DICT, pickle -> pickle.ops("}]").op('q', 0, 'h', 0).ops("aNs"));
  }

  @Test
  void nestingIsNotFollowed() {
    int depth = 100_000;
    assertRefused(NO_DICT, pickle -> pickle.ops("]".repeat(depth) + "a".repeat(depth - 1)));
    assertRefused(NO_DICT, pickle -> pickle.ops("(".repeat(depth) + "t".repeat(depth)));
    assertRefused(
        NO_DICT, pickle -> pickle.ops(")").raw("\u0085".repeat(depth).getBytes(ISO_8859_1)));
  }

  /** Ten times itself, a thousand times over: 10^1000 values for whoever would unfold it. */
  @Test
  void valuesThatMultiplyAreNotUnfolded() {
    TestPickle lists = new TestPickle().ops("]").op('q', 0);
    TestPickle dicts = new TestPickle().ops("}").op('q', 0);
    for (int level = 0; level < 1000; level++) {
      lists.ops("0(").raw("h\0".repeat(10).getBytes(UTF_8)).ops("l").op('q', 0);
      dicts.ops("0}(").text("a").op('h', 0).text("model").op('h', 0).ops("u").op('q', 0);
    }
    assertRefused(NO_DICT, lists.end());
    assertRefused(NO_DICT, dicts.end());
  }

  @Test
  void aShortPickleCannotHaveMuchCopied() {
    String pairs = ("(" + "NN" + "t").repeat(1000);
    TestPickle dicts = new TestPickle().ops("](" + pairs + "e").op('q', 0, '0');
    TestPickle tuples = new TestPickle().ops("](" + pairs + "e").op('q', 0, '0');
    for (int copy = 0; copy < 2000; copy++) {
      dicts.name("collections", "OrderedDict").op('h', 0, 0x85, 'R');
      tuples.name("builtins", "tuple").op('h', 0, 0x85, 'R');
    }
    assertRefused(TOO_MANY, dicts.end());
    assertRefused("its pickle does not end in one value" + AGAIN, tuples.end());
  }

  @Test
  void aTextIsNotEncodedOverAndOver() {
    TestPickle pickle = new TestPickle().text("é".repeat(1 << 20)).op('q', 0, '0', '(');
    pickle.name("_codecs", "encode").op('(', 'h', 0).text("latin1").op('t', 'q', 1, '0', 'q', 2);
    for (int copy = 0; copy < 100_000; copy++) {
      pickle.op('h', 2, 'h', 1, 'R');
    }
    assertRefused(NO_DICT, pickle.op('t').end());
  }

  @Test
  void operationsAreCounted() {
    assertRefused(TOO_MANY, pickle -> pickle.ops("N0".repeat(500_001)));
    assertRefused(NO_DICT, pickle -> pickle.ops("N0".repeat(499_999)).ops("N"));
  }

  @Test
  void placesInTheMemoTakeNoMoreThanTheirValues() {
    assertRefused(
        NO_DICT, pickle -> pickle.op('N', 'r').u32(0x7fffffff).op('j').u32(0x7fffffff).ops("0"));
  }

  /** What takes the most for each of its bytes, in a pickle that is as long as may be. */
  static Stream<byte[]> greedy() {
    int most = 900_000;
    TestPickle tensors = new TestPickle().ops("](").tensor("0", 1, 0, List.of(), List.of());
    tensors.name("torch._utils", "_rebuild_tensor").op('q', 0, '0');
    tensors.tuple(List.of(1, 1, 1, 1, 1, 1, 1, 1)).op('q', 1, '0');
    tensors.op('(').storage("FloatStorage", "0", 1).op('K', 0, 'h', 1, 'h', 1, 't', 'q', 2, '0');
    tensors.raw("h\0h\2R".repeat(most / 3).getBytes(ISO_8859_1));
    return Stream.of(
        new TestPickle().ops("N").raw("\u0094".repeat(most).getBytes(ISO_8859_1)).end(),
        new TestPickle().ops("]".repeat(most) + "0".repeat(most)).end(),
        new TestPickle().ops("}".repeat(most)).end(),
        new TestPickle().ops("(".repeat(most)).end(),
        new TestPickle().ops("(lN".repeat(most / 3)).end(),
        new TestPickle().ops("(").raw("}NNs".repeat(most / 4).getBytes(UTF_8)).ops("t").end(),
        tensors.ops("e").end());
  }

  @ParameterizedTest
  @MethodSource("greedy")
  void memoryIsBoundedByThePickle(byte... pickle) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    Path file = Files.write(folder.resolve("weights"), pickle);
    long before = threads.getThreadAllocatedBytes(id);
    assertThrows(UserException.class, () -> PaddleFile.weights(file));
    long allocated = threads.getThreadAllocatedBytes(id) - before;
    // Tensors take the most, about 170 times the pickle's own length.
    assertTrue(allocated < (1 << 20) + 200L * pickle.length, allocated + " bytes");
  }

  private void assertRefused(String problem, UnaryOperator<TestPickle> content) {
    assertRefused(problem, content.apply(new TestPickle()).end());
  }

  private void assertRefused(String problem, byte... pickle) {
    UserException error =
        assertTimeoutPreemptively(
            PATIENCE, () -> assertThrows(UserException.class, () -> read(pickle)));
    assertEquals(folder.resolve("weights") + ": " + problem, error.getMessage());
  }

  private void read(byte... pickle) throws IOException {
    PaddleFile.weights(Files.write(folder.resolve("weights"), pickle));
  }
}
