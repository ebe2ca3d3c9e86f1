package dev.forgeway.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.http.HttpHeaders;

/**
 * What a service answered with success.
 *
 * @param body the JSON, or the text of a file; a missing node where the service sent nothing
 */
public record ServiceAnswer(int status, HttpHeaders headers, JsonNode body) {}
