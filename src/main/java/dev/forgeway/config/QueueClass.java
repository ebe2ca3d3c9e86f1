package dev.forgeway.config;

/** How long the jobs of a handler take: seconds, or minutes and more. Each class has consumers of its own. */
public enum QueueClass {
    SHORT,
    LONG
}
