// SPDX-License-Identifier: Apache-2.0

/** A text as one word of a POSIX shell. */
export function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * The command that sends the same request.
 *
 * @param {string} url
 * @param {object[]} rows
 * @param {boolean} needsKey the key itself is not shown
 */
export function curl(url, rows, needsKey) {
  return [
    `curl ${quoted(url)}`,
    needsKey ? `-H "Authorization: Bearer $BERTCTL_API_KEY"` : null,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify({ rows }))}`,
  ]
    .filter(Boolean)
    .join(" \\\n  ");
}
