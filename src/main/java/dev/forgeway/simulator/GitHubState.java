package dev.forgeway.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The repositories of a simulated GitHub, and who may see them. Names are not case sensitive. */
final class GitHubState {

    private final Map<String, GitHubRepository> repositories = new ConcurrentHashMap<>();
    private final Map<String, Long> installations = new ConcurrentHashMap<>();
    private final AtomicLong lastInstallation = new AtomicLong(51_000_000);
    private final AtomicLong lastId = new AtomicLong(2_900_000_000L);

    GitHubRepository add(String fullName, boolean isPrivate) {
        int slash = fullName.indexOf('/');
        if (slash <= 0 || slash == fullName.length() - 1) {
            throw new IllegalArgumentException("Not owner/name: " + fullName);
        }
        String owner = fullName.substring(0, slash);
        GitHubRepository repository =
                new GitHubRepository(owner, fullName.substring(slash + 1), isPrivate, installation(owner));
        GitHubRepository before = repositories.putIfAbsent(key(fullName), repository);
        return before == null ? repository : before;
    }

    long nextId() {
        return lastId.incrementAndGet();
    }

    long installation(String owner) {
        return installations.computeIfAbsent(
                owner.toLowerCase(Locale.ROOT), added -> lastInstallation.incrementAndGet());
    }

    boolean hasInstallation(long id) {
        return installations.containsValue(id);
    }

    /** For tests: the repository must be there. */
    GitHubRepository get(String fullName) {
        return find(fullName).orElseThrow(() -> new IllegalArgumentException("No repository " + fullName));
    }

    Optional<GitHubRepository> find(String fullName) {
        return Optional.ofNullable(repositories.get(key(fullName)));
    }

    /** The repository of the path, if the caller may see it. What may not be seen is not found. */
    GitHubRepository visible(Request request, GitHubCaller caller) {
        return find(request.parameter("owner") + "/" + request.parameter("repo"))
                .filter(caller::sees)
                .orElseThrow(GitHubErrors::notFound);
    }

    /** The repository of the path, if the caller may write there. */
    GitHubRepository writable(Request request, GitHubCaller caller) {
        GitHubRepository repository = visible(request, caller);
        if (!caller.mayWrite(repository)) {
            throw GitHubErrors.refusal(403, "Resource not accessible by integration");
        }
        return repository;
    }

    private static String key(String fullName) {
        return fullName.toLowerCase(Locale.ROOT);
    }
}
