package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forgeway.event.Project;
import java.util.List;

/**
 * A GraphQL request with any number of questions of one kind, each under an alias of its own
 * (https://graphql.org/learn/queries/#aliases). Names, commits and numbers travel as variables only.
 */
final class GitHubQuery {

    /** What is asked for in a repository. */
    enum Kind {
        COMMIT("GitObjectID!", "object(oid:$key%s){... on Commit{%s}}"),
        EXPRESSION("String!", "object(expression:$key%s){... on Commit{oid %s}}"),
        PULL_REQUEST(
                "Int!",
                "pullRequest(number:$key%s){number headRefOid headRefName baseRefName"
                        + " headRepository{name owner{login}} labels(first:100){nodes{name}} commits(last:1){nodes{commit{oid %s}}}}");

        private final String type;
        private final String selection;

        Kind(String type, String selection) {
            this.type = type;
            this.selection = selection;
        }
    }

    private final Kind kind;
    private final String files;
    private final ObjectNode variables = JsonNodeFactory.instance.objectNode();
    private final StringBuilder declared = new StringBuilder();
    private final StringBuilder asked = new StringBuilder();
    private int count;

    /** @param names the files that are read at each commit, first to last as {@code f0}, {@code f1} … */
    GitHubQuery(Kind kind, List<String> names) {
        this.kind = kind;
        StringBuilder selected = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            variables.put("p" + i, names.get(i));
            declared.append("$p").append(i).append(":String!,");
            selected.append(" f").append(i).append(":file(path:$p").append(i);
            selected.append("){object{... on Blob{text isBinary isTruncated}}}");
        }
        this.files = selected.toString().strip();
    }

    /** Under which name the answer to a question stands; the first has the field's own. */
    static String alias(int question) {
        return "repository" + suffix(question);
    }

    private static String suffix(int question) {
        return question == 0 ? "" : Integer.toString(question);
    }

    void add(Project project, Object key) {
        String suffix = suffix(count);
        variables.put("owner" + suffix, project.namespace()).put("name" + suffix, project.name());
        variables.putPOJO("key" + suffix, key);
        declared.append("$owner%s:String!,$name%s:String!,$key%s:%s,".formatted(suffix, suffix, suffix, kind.type));
        asked.append(count == 0 ? "" : " " + alias(count) + ":");
        asked.append("repository(owner:$owner%s,name:$name%s){".formatted(suffix, suffix));
        asked.append(kind.selection.formatted(suffix, files)).append('}');
        count++;
    }

    ObjectNode request() {
        String query = "query(" + declared.substring(0, declared.length() - 1) + "){" + asked + "}";
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("query", query);
        request.set("variables", variables);
        return request;
    }
}
