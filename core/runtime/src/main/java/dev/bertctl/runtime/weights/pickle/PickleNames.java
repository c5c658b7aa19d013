// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.ElementType;
import java.nio.file.Path;
import java.util.Optional;

/** What the names in a pickle stand for; all that are not listed here are refused. */
final class PickleNames {

  private static final int LONGEST_SHOWN = 200;

  private PickleNames() {}

  /**
   * A {@link PickleCall}, {@link StorageType} or {@link ElementType}.
   *
   * @throws UserException if the name is any other
   */
  static Object named(Path file, String module, String name) {
    String qualified = module + "." + name;
    // As NumPy 1 and Python 3 call them.
    String known =
        qualified
            .replaceFirst("^numpy\\._core\\.", "numpy.core.")
            .replaceFirst("^__builtin__\\.", "builtins.");
    return PickleCall.named(known)
        .<Object>map(call -> call)
        .or(() -> storage(known).map(StorageType::new))
        .or(() -> type(known))
        .orElseThrow(() -> refused(file, qualified));
  }

  static UserException refused(Path file, String name) {
    String shown = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
    return new UserException(
        file
            + ": its pickle names "
            + shown.replaceAll("\\p{Cntrl}", "?")
            + ", which is neither a tensor nor a plain container; nothing of it was run: save the"
            + " model's state_dict() instead");
  }

  private static Optional<ElementType> storage(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "torch.FloatStorage" -> ElementType.F32;
          case "torch.DoubleStorage" -> ElementType.F64;
          case "torch.HalfStorage" -> ElementType.F16;
          case "torch.BFloat16Storage" -> ElementType.BF16;
          case "torch.LongStorage" -> ElementType.I64;
          case "torch.IntStorage" -> ElementType.I32;
          case "torch.ShortStorage" -> ElementType.I16;
          case "torch.CharStorage" -> ElementType.I8;
          case "torch.ByteStorage", "torch.UntypedStorage", "torch.storage.UntypedStorage" ->
              ElementType.U8;
          case "torch.BoolStorage" -> ElementType.BOOL;
          default -> null;
        });
  }

  private static Optional<ElementType> type(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "torch.float32", "torch.float" -> ElementType.F32;
          case "torch.float64", "torch.double" -> ElementType.F64;
          case "torch.float16", "torch.half" -> ElementType.F16;
          case "torch.bfloat16" -> ElementType.BF16;
          case "torch.float8_e5m2" -> ElementType.F8_E5M2;
          case "torch.float8_e4m3fn" -> ElementType.F8_E4M3;
          case "torch.int64", "torch.long" -> ElementType.I64;
          case "torch.int32", "torch.int" -> ElementType.I32;
          case "torch.int16", "torch.short" -> ElementType.I16;
          case "torch.int8" -> ElementType.I8;
          case "torch.uint8" -> ElementType.U8;
          case "torch.uint16" -> ElementType.U16;
          case "torch.uint32" -> ElementType.U32;
          case "torch.uint64" -> ElementType.U64;
          case "torch.bool" -> ElementType.BOOL;
          default -> null;
        });
  }
}
