// SPDX-License-Identifier: Apache-2.0

/**
 * An element. Texts become text nodes, never markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} attributes null and false ones are left out
 * @param {...(Node|string|null)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false && value !== undefined) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The element with an id. */
export function byId(id) {
  return document.getElementById(id);
}
