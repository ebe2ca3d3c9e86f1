package dev.forgeway.admin;

import java.util.Map;

/**
 * A queue as the API tells it.
 *
 * @param messages those that wait, are worked on, or are scheduled
 * @param oldestSeconds how long the oldest of those that do not wait for their time has been there
 * @param scheduled those that wait for their time
 * @param consumers who works on it
 * @param priorities how many of those that wait have which priority (0 to 9), of the first ten thousand; empty where
 *     priorities mean nothing
 */
public record QueueView(
        String name,
        long messages,
        double oldestSeconds,
        long scheduled,
        long consumers,
        Map<String, Long> priorities) {}
