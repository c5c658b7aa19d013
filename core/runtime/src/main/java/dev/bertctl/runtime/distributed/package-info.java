// SPDX-License-Identifier: Apache-2.0
/**
 * Training in several processes that make each step together: how they sum up their gradients, and
 * what they are told. How bytes come from one to the other is not known here: {@link
 * dev.bertctl.runtime.distributed.Transport}.
 */
package dev.bertctl.runtime.distributed;
