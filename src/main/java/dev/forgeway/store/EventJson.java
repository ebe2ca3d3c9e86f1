package dev.forgeway.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.forgeway.event.Build;
import dev.forgeway.event.CheckRerunEvent;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.CoprBuildEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.EventType;
import dev.forgeway.event.InstallationEvent;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.KojiBuildEvent;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.KojiTaskEvent;
import dev.forgeway.event.KojiWork;
import dev.forgeway.event.LogAnalysisEvent;
import dev.forgeway.event.NewUpstreamVersionEvent;
import dev.forgeway.event.PipelineEvent;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.event.PullRequestFlagEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.event.ScanEvent;
import dev.forgeway.event.TestingFarmResultEvent;
import dev.forgeway.event.UpstreamPackage;
import dev.forgeway.event.VmImageEvent;
import dev.forgeway.metrics.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The JSON of events and of everything else that the store keeps as JSON: {@code type} is the wire name of the event
 * type, instants are ISO 8601, and what does not apply is absent. Text that cannot be read is a defect and throws
 * {@link UncheckedIOException}.
 */
@Component
public class EventJson {

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Event.class, TypedByWireName.class)
            .addMixIn(Build.class, BuildNames.class)
            .addMixIn(KojiWork.class, BuildNames.class)
            .addMixIn(NewUpstreamVersionEvent.class, PackageName.class)
            .addMixIn(PushEvent.class, StoredPush.class)
            .addMixIn(CommitCommentEvent.class, StoredCommitComment.class)
            .registerSubtypes(
                    new NamedType(PullRequestEvent.class, EventType.PULL_REQUEST.wireName()),
                    new NamedType(PullRequestCommentEvent.class, EventType.PULL_REQUEST_COMMENT.wireName()),
                    new NamedType(IssueCommentEvent.class, EventType.ISSUE_COMMENT.wireName()),
                    new NamedType(CommitCommentEvent.class, EventType.COMMIT_COMMENT.wireName()),
                    new NamedType(PushEvent.class, EventType.PUSH.wireName()),
                    new NamedType(ReleaseEvent.class, EventType.RELEASE.wireName()),
                    new NamedType(InstallationEvent.class, EventType.INSTALLATION.wireName()),
                    new NamedType(CheckRerunEvent.class, EventType.CHECK_RERUN.wireName()),
                    new NamedType(PipelineEvent.class, EventType.PIPELINE.wireName()),
                    new NamedType(PullRequestFlagEvent.class, EventType.PULL_REQUEST_FLAG.wireName()),
                    new NamedType(CoprBuildEvent.class, EventType.COPR_BUILD.wireName()),
                    new NamedType(KojiTaskEvent.class, EventType.KOJI_TASK.wireName()),
                    new NamedType(KojiBuildEvent.class, EventType.KOJI_BUILD.wireName()),
                    new NamedType(KojiTagEvent.class, EventType.KOJI_TAG.wireName()),
                    new NamedType(TestingFarmResultEvent.class, EventType.TESTING_FARM_RESULT.wireName()),
                    new NamedType(NewUpstreamVersionEvent.class, EventType.NEW_UPSTREAM_VERSION.wireName()),
                    new NamedType(ScanEvent.class, EventType.SCAN.wireName()),
                    new NamedType(LogAnalysisEvent.class, EventType.LOG_ANALYSIS.wireName()),
                    new NamedType(VmImageEvent.class, EventType.VM_IMAGE.wireName()))
            .build();

    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON, or null for null. */
    public @Nullable String writeNullable(@Nullable Object value) {
        return value == null ? null : write(value);
    }

    public <T> T read(String json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Event readEvent(String json) {
        return read(json, Event.class);
    }

    public JsonNode readTree(String json) {
        return read(json, JsonNode.class);
    }

    /** The elements of one array, or of several arrays one after another; nothing for null and for empty text. */
    public <T> List<T> readList(@Nullable String json, Class<T> type) {
        if (json == null || json.isEmpty()) {
            return List.of();
        }
        ObjectReader array = mapper.readerForListOf(type);
        List<T> elements = new ArrayList<>();
        try (JsonParser arrays = mapper.createParser(json)) {
            while (arrays.nextToken() != null) {
                elements.addAll(array.<List<T>>readValue(arrays));
            }
            return elements;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The members of an object, in their order. */
    public Map<String, String> readMap(String json) {
        try {
            return mapper.readerForMapOf(String.class).readValue(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Steps as one array that can be appended to others; empty text for none. */
    String writeSteps(List<Step> steps) {
        return steps.isEmpty() ? "" : write(steps);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface TypedByWireName {}

    private interface PackageName {

        @JsonProperty("package")
        UpstreamPackage pkg();
    }

    /** What a push tells beside the push itself is needed for the decision only, and can be long. */
    @JsonIgnoreProperties(
            value = {"branch", "defaultBranch", "changedFiles", "mergedPullRequest"},
            allowSetters = true)
    private interface StoredPush {}

    @JsonIgnoreProperties(
            value = {"branch", "tag", "defaultBranch"},
            allowSetters = true)
    private interface StoredCommitComment {}

    private interface BuildNames {

        @JsonProperty("package")
        String packageName();
    }
}
