// SPDX-License-Identifier: Apache-2.0
import { element } from "./dom.js";

/** A field that has something wrong in it. */
export class FieldProblem extends Error {}

/**
 * The fields of a row: those that the model says it needs, those of its example, and, folded, those
 * that it can do without. A list has one entry a line; anything deeper is JSON.
 */
export class RowForm {
  #fields = new Map();

  /**
   * @param {Element} place where the fields go
   * @param {object} model its description
   */
  constructor(place, model) {
    const example = model.example?.row ?? {};
    const columns = new Map(model.columns.map((column) => [column.name, column]));
    const needed = model.columns.filter((column) => column.required).map((column) => column.name);
    const shown = new Set([...needed, ...Object.keys(example)]);
    const optional = [...columns.keys()].filter((name) => !shown.has(name));
    place.replaceChildren();
    for (const name of shown) {
      place.append(this.#field(name, columns.get(name), example[name], needed.length === 0));
    }
    if (optional.length > 0) {
      place.append(
        element(
          "details",
          { class: "optional" },
          element("summary", {}, "More fields (optional)"),
          ...optional.map((name) => this.#field(name, columns.get(name), undefined, false)),
        ),
      );
    }
    if (shown.size + optional.length === 0) {
      place.append(this.#whole());
    }
  }

  #field(name, column, example, requireExample) {
    const kind = kindOf(column, example);
    const required = column?.required ?? requireExample;
    const id = `field-${this.#fields.size}`;
    // What a row needs says by its name what it is.
    const description = column?.required ? null : column?.description;
    const hint = [description, kind.hint].filter(Boolean).join(" ");
    const input = kind.input(example);
    const attributes = { id, name, required, spellcheck: "false" };
    if (hint) {
      attributes["aria-describedby"] = `${id}-hint`;
    }
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false) {
        input.setAttribute(key, value === true ? "" : value);
      }
    }
    this.#fields.set(name, { input, kind });
    return element(
      "div",
      { class: "field" },
      element("label", { for: id }, name),
      hint ? element("p", { class: "hint", id: `${id}-hint` }, hint) : null,
      input,
    );
  }

  /** Where nothing is known of what the model reads. */
  #whole() {
    const input = element("textarea", { id: "field-row", rows: 6, required: true, spellcheck: "false" });
    input.setAttribute("aria-describedby", "field-row-hint");
    this.#fields.set(null, { input, kind: JSON_KIND });
    return element(
      "div",
      { class: "field" },
      element("label", { for: "field-row" }, "Row"),
      element("p", { class: "hint", id: "field-row-hint" }, "A JSON object, one key a column."),
      input,
    );
  }

  /** Fills the fields with a row; those that it does not have become empty. */
  fill(row) {
    for (const [name, { input, kind }] of this.#fields) {
      const value = name === null ? row : row[name];
      input.value = value === undefined ? "" : kind.write(value);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /**
   * The row, without the fields that are empty.
   *
   * @throws {FieldProblem} naming the field that cannot be read
   */
  row() {
    const row = {};
    for (const [name, { input, kind }] of this.#fields) {
      if (input.value.trim() === "") {
        continue;
      }
      const value = read(name ?? "row", input, kind);
      if (name === null) {
        return value;
      }
      row[name] = value;
    }
    return row;
  }
}

function read(name, input, kind) {
  try {
    return kind.read(input.value);
  } catch (e) {
    input.focus();
    throw new FieldProblem(`${name}: ${e.message}`);
  }
}

const LONG = 60;

const TEXT_KIND = {
  hint: "",
  input: (example) => element("textarea", { rows: String(example ?? "").length > LONG ? 4 : 2 }),
  write: String,
  read: (text) => text,
};

const NUMBER_KIND = {
  hint: "",
  input: () => element("input", { type: "text", inputmode: "decimal" }),
  write: String,
  read: (text) => {
    const value = Number(text);
    if (!Number.isFinite(value)) {
      throw new Error(`“${text}” is no number`);
    }
    return value;
  },
};

const LIST_KIND = {
  hint: "One a line.",
  input: (example) => element("textarea", { rows: Math.min(8, Math.max(3, example.length)) }),
  write: (list) => list.join("\n"),
  read: (text) => text.split("\n").filter((line) => line.trim() !== ""),
};

const JSON_KIND = {
  hint: "JSON.",
  input: () => element("textarea", { rows: 4 }),
  write: (value) => JSON.stringify(value, null, 2),
  read: (text) => JSON.parse(text),
};

function kindOf(column, example) {
  if (Array.isArray(example) && example.every((entry) => typeof entry === "string")) {
    return LIST_KIND;
  }
  if (example !== null && typeof example === "object") {
    return JSON_KIND;
  }
  return column?.type === "number" || typeof example === "number" ? NUMBER_KIND : TEXT_KIND;
}
