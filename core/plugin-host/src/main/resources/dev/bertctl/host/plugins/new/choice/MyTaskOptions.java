package org.example.mytask;

/** Options of the task {@code my-task}: a method an option, with a default; none as yet. */
public interface MyTaskOptions {}
