package dev.forgeway.forge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.forgeway.event.Project;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * In which projects the first of the names was found last time. There, that file can be read at once, in one request, on
 * forges that read one file at a time: whatever else is in the root, it counts. Where it is not there any more, the root
 * is listed as ever.
 */
public final class UsualConfigs {

    private static final int MOST = 20_000;

    private record Place(String project, String name) {}

    private final Cache<Place, Boolean> found =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /**
     * Finds the first of the files.
     *
     * @param first reads the first of the names alone
     * @param any finds whichever is there
     */
    public Optional<PackageConfigFile> find(
            Project project,
            List<String> names,
            Supplier<Optional<PackageConfigFile>> first,
            Supplier<Optional<PackageConfigFile>> any) {
        Place place = new Place(project.key(), names.get(0));
        if (found.getIfPresent(place) != null) {
            Optional<PackageConfigFile> usual = first.get();
            if (usual.isPresent()) {
                return usual;
            }
            found.invalidate(place);
        }
        Optional<PackageConfigFile> file = any.get();
        if (file.filter(there -> there.path().equals(place.name())).isPresent()) {
            found.put(place, true);
        }
        return file;
    }
}
