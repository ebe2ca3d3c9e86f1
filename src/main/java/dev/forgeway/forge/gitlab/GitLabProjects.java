package dev.forgeway.forge.gitlab;

import dev.forgeway.event.Project;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceUri;

/** Where projects are in the API: a project is one segment, its whole path encoded or its number. */
final class GitLabProjects {

    private GitLabProjects() {}

    /** https://docs.gitlab.com/api/rest/#namespaced-paths. */
    static ServiceUri at(TokenApi api, Target target, String... path) {
        return other(api, target, path(target.project()), path);
    }

    /** The same for another project of the target's host. */
    static ServiceUri other(TokenApi api, Target target, String project, String... path) {
        return api.root(target).path("projects", project).path(path);
    }

    static String path(Project project) {
        return project.namespace() + "/" + project.name();
    }
}
