package dev.forgeway.bus;

import java.util.Map;

/**
 * A message that is to be published.
 *
 * @param id by which subscribers know copies
 * @param headers what goes beside the body: numbers and texts
 */
@SuppressWarnings("ArrayRecordComponent")
public record Publication(String topic, String id, String contentType, Map<String, Object> headers, byte[] body) {}
