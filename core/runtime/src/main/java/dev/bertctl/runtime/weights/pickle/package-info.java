// SPDX-License-Identifier: Apache-2.0
/**
 * Python's pickles as files of weights use them. A pickle is a program; here it can make tensors,
 * NumPy arrays, containers, numbers and texts, and nothing else: there is no way from a name in a
 * file to code other than {@link dev.bertctl.runtime.weights.pickle.PickleCall}.
 */
package dev.bertctl.runtime.weights.pickle;
