package dev.forgeway.forge.pagure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.forge.Permission;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may do what (https://pagure.io/api/0/#projects, "Project information"; #groups, "Group information"). */
final class PagureAccess {

    /** Where the operators allow no private projects, as packit's ogr has it, so that nobody has to be asked. */
    private static final Set<String> ALL_PUBLIC = Set.of(
            "src.fedoraproject.org", "src.stg.fedoraproject.org", "pagure.io", "stg.pagure.io", "git.centos.org");

    private static final Pattern GROUP = Pattern.compile("\\w[\\w.-]*");

    private final TokenApi api;
    private final List<String> packagerGroups;

    PagureAccess(TokenApi api, List<String> packagerGroups) {
        this.api = api;
        this.packagerGroups = List.copyOf(packagerGroups);
    }

    /** Everybody reads, and files issues; collaborators write to some branches only, which is not enough. */
    Permission permission(Target target, String account) {
        try {
            JsonNode project =
                    api.get("permission-find", PagureProjects.at(api, target).query("expand_group", 1));
            if (has(project, "owner", account) || has(project, "admin", account)) {
                return Permission.ADMIN;
            }
            return has(project, "commit", account) || isPackager(target, account) ? Permission.WRITE : Permission.READ;
        } catch (ServiceRefusedException e) {
            throw api.refused(e, PagureProjects.NEED);
        }
    }

    /** By itself, or as a member of a group. */
    private static boolean has(JsonNode project, String level, String account) {
        if (contains(project.path("access_users").path(level), account)) {
            return true;
        }
        for (JsonNode group : project.path("access_groups").path(level)) {
            if (contains(project.path("group_details").path(group.asText()), account)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPackager(Target target, String account) {
        return packagerGroups.stream().anyMatch(group -> isIn(target, group, account));
    }

    private boolean isIn(Target target, String group, String account) {
        return contains(
                api.get("group-find", api.root(target).path("group", group)).path("members"), account);
    }

    /** Who writes a package config may name a group that does not exist, or something that cannot be one. */
    boolean isMember(Target target, String group, String account) {
        if (!GROUP.matcher(group).matches()) {
            return false;
        }
        try {
            return isIn(target, group, account);
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return false;
            }
            throw api.refused(e, PagureProjects.NEED);
        }
    }

    private static boolean contains(JsonNode accounts, String account) {
        for (JsonNode one : accounts) {
            if (one.asText().equals(account)) {
                return true;
            }
        }
        return false;
    }

    /** The API does not tell it; but a private project is not there for somebody without an account. */
    boolean isPrivate(Target target) {
        if (ALL_PUBLIC.contains(target.project().host().toLowerCase(Locale.ROOT))) {
            return false;
        }
        try {
            api.getAsAnybody("project-find", PagureProjects.at(api, target));
            return false;
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return true;
            }
            throw api.refused(e, PagureProjects.NEED);
        }
    }
}
