package dev.forgeway.handle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.dispatch.Job;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a package config wants its updates in Bodhi to have ({@code bodhi_extra_params} of
 * https://packit.dev/docs/configuration/downstream/bodhi_update); an argument of the job.
 *
 * @param params as Bodhi names them: texts, numbers, booleans, nulls, lists and maps of them
 */
public record UpdatePlan(Map<String, @Nullable Object> params) {

    private static final String ARGUMENT = "update";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The plan of a job; without anything where the config wants nothing. */
    public static UpdatePlan of(Job job) {
        String written = job.arguments().get(ARGUMENT);
        try {
            return new UpdatePlan(written == null ? Map.of() : JSON.readValue(written, new TypeReference<>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the plan of job " + job.id() + " cannot be read", e);
        }
    }

    /** Tells it to a job. */
    public void addTo(Map<String, String> arguments) {
        if (!params.isEmpty()) {
            arguments.put(ARGUMENT, JSON.valueToTree(params).toString());
        }
    }
}
