package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GraphQL request with any number of questions of one kind, each under an alias of its own
 * (https://graphql.org/learn/queries/#aliases): files at a ref of a project, and a merge request where its number is
 * given. Names, paths and refs travel as variables only.
 */
final class GitLabQuery {

    private static final String MERGE_REQUEST = "mergeRequest(iid:$iid%s){iid diffHeadSha sourceBranch targetBranch"
            + " author{username} sourceProject{fullPath} labels{nodes{title}}} ";
    private static final String FILES =
            "repository{tree(ref:$ref%s){lastCommit{sha}} blobs(ref:$ref%s,paths:$paths){nodes{path rawTextBlob}}}";

    private final ObjectNode variables;
    private final StringBuilder declared = new StringBuilder("$paths:[String!]!");
    private final StringBuilder asked = new StringBuilder();
    private int count;

    /** @param paths the files that are read at each ref */
    GitLabQuery(List<String> paths) {
        this.variables = TokenApi.object().putPOJO("paths", paths);
    }

    /** Under which name the answer to a question stands; the first has the field's own. */
    static String alias(int question) {
        return "project" + suffix(question);
    }

    private static String suffix(int question) {
        return question == 0 ? "" : Integer.toString(question);
    }

    /** @param mergeRequest its number, where it is asked for too */
    GitLabQuery add(Target target, String ref, @Nullable String mergeRequest) {
        String suffix = suffix(count);
        variables.put("project" + suffix, GitLabProjects.path(target.project())).put("ref" + suffix, ref);
        declared.append(",$project%s:ID!,$ref%s:String!".formatted(suffix, suffix));
        asked.append(count == 0 ? "" : " " + alias(count) + ":");
        asked.append("project(fullPath:$project%s){".formatted(suffix));
        if (mergeRequest != null) {
            variables.put("iid" + suffix, mergeRequest);
            declared.append(",$iid%s:String!".formatted(suffix));
            asked.append(MERGE_REQUEST.formatted(suffix));
        }
        asked.append(FILES.formatted(suffix, suffix)).append('}');
        count++;
        return this;
    }

    ObjectNode request() {
        ObjectNode request = TokenApi.object().put("query", "query(" + declared + "){" + asked + "}");
        request.set("variables", variables);
        return request;
    }
}
