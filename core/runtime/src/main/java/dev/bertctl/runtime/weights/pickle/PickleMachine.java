// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine that a pickle is a program for (<a
 * href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">opcodes</a>), with the
 * operations of protocols 2 to 5 that weights are saved with. Nothing recurses, so values may be
 * nested as deep as they like.
 */
final class PickleMachine {

  /** A state dict has about 50 for each tensor. */
  private static final int MOST_OPERATIONS = 1_000_000;

  private static final int FIRST_PROTOCOL = 2;
  private static final int LAST_PROTOCOL = 5;

  private final FileCursor cursor;
  private final PickleStack stack;
  private final PickleObjects objects;
  private final PickleLiterals literals;
  private final Map<Integer, Object> memo = new HashMap<>();
  private int operations;

  PickleMachine(FileCursor cursor) {
    this.cursor = cursor;
    this.stack = new PickleStack(cursor.file());
    this.literals = new PickleLiterals(cursor);
    this.objects = new PickleObjects(cursor.file(), this::count);
  }

  Pickle run() {
    if (cursor.remaining() < 2 || cursor.u8() != 0x80) {
      throw damaged("it does not begin as a pickle of protocol 2 or later");
    }
    int protocol = cursor.u8();
    if (protocol < FIRST_PROTOCOL || protocol > LAST_PROTOCOL) {
      throw damaged("its pickle has the protocol " + protocol + "; 2 to 5 are known");
    }
    for (int code = cursor.u8(); code != '.'; code = cursor.u8()) {
      count(1);
      execute(code);
    }
    return new Pickle(stack.last(), objects.storages());
  }

  private void count(int done) {
    operations += done;
    if (operations > MOST_OPERATIONS) {
      throw damaged(
          "its pickle has more than " + MOST_OPERATIONS + " operations, which no weights need");
    }
  }

  private void execute(int code) {
    switch (code) {
      case '(' -> stack.mark();
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case 'h' -> stack.push(remembered(cursor.u8()));
      case 'j' -> stack.push(remembered(cursor.i32()));
      case 'q' -> memo.put(cursor.u8(), stack.top());
      case 'r' -> memo.put(cursor.i32(), stack.top());
      case 0x94 -> memo.put(memo.size(), stack.top());
      case 0x95 -> cursor.length64();
      case 'c' -> stack.push(objects.named(literals.line(), literals.line()));
      case 0x93 -> {
        Object name = stack.pop();
        stack.push(objects.named(stack.pop(), name));
      }
      case 'Q' -> stack.push(objects.storage(stack.pop()));
      case 'R' -> {
        Object arguments = stack.pop();
        stack.push(objects.call(stack.pop(), arguments));
      }
      case 'b' -> {
        Object state = stack.pop();
        objects.build(stack.top(), state);
      }
      case 'i' -> throw objects.refusedInstance(literals.line(), literals.line());
      default -> {
        if (!container(code) && !literal(code)) {
          throw damaged(
              "its pickle has the operation 0x%02x at byte %d, which weights are not saved with"
                  .formatted(code, cursor.position() - 1));
        }
      }
    }
  }

  private boolean container(int code) {
    switch (code) {
      case ']', 0x8f, ')' -> stack.push(new PickleList(List.of()));
      case '}' -> stack.push(new PickleDict());
      case 0x85 -> stack.push(new PickleList(stack.pop(1)));
      case 0x86 -> stack.push(new PickleList(stack.pop(2)));
      case 0x87 -> stack.push(new PickleList(stack.pop(3)));
      case 't', 'l', 0x91 -> stack.push(new PickleList(stack.popToMark()));
      case 'a' -> {
        List<Object> item = stack.pop(1);
        stack.top(PickleList.class).addAll(item);
      }
      case 'e', 0x90 -> {
        List<Object> items = stack.popToMark();
        stack.top(PickleList.class).addAll(items);
      }
      case 's' -> {
        List<Object> entry = stack.pop(2);
        putAll(stack.top(PickleDict.class), entry);
      }
      case 'u' -> {
        List<Object> entries = stack.popToMark();
        putAll(stack.top(PickleDict.class), entries);
      }
      case 'd' -> {
        PickleDict dict = new PickleDict();
        putAll(dict, stack.popToMark());
        stack.push(dict);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void putAll(PickleDict dict, List<Object> entries) {
    if (entries.size() % 2 != 0) {
      throw damaged("its pickle has a key without a value");
    }
    for (int i = 0; i < entries.size(); i += 2) {
      dict.put(entries.get(i), entries.get(i + 1));
    }
  }

  private boolean literal(int code) {
    Object value = literals.next(code);
    if (value == null) {
      return false;
    }
    stack.push(value);
    return true;
  }

  private Object remembered(int index) {
    Object value = memo.get(index);
    if (value == null) {
      throw damaged("its pickle recalls a value that it has not kept");
    }
    return value;
  }

  private FileException damaged(String problem) {
    return FileException.damaged(cursor.file(), problem);
  }
}
