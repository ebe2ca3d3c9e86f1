package dev.forgeway.handle.downstream;

import dev.forgeway.error.UserErrorException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filter rules of rsync (https://www.man7.org/linux/man-pages/man1/rsync.1.html#FILTER_RULES), of which the first that
 * matches decides: include and exclude, hide and show, protect and risk. Rules that read other files are none.
 */
final class SyncFilters {

    private static final Pattern RULE = Pattern.compile("([-+HSPR]|exclude|include|hide|show|protect|risk)[ _](\\S.*)");

    private final List<Rule> rules;

    /** @throws UserErrorException for a rule that is none of these */
    SyncFilters(List<String> filters) {
        this.rules = filters.stream().map(Rule::of).toList();
    }

    /** Whether upstream's side is as if it were not there. */
    boolean hides(String path, boolean isFolder) {
        return decides('h', 's', path, isFolder);
    }

    /** Whether the other side is not deleted. */
    boolean protects(String path, boolean isFolder) {
        return decides('p', 'r', path, isFolder);
    }

    /** Whether the first rule for this side that fits leaves the path out; {@code -} and {@code +} are for both sides. */
    private boolean decides(char out, char in, String path, boolean isFolder) {
        String kinds = "-+" + out + in;
        return rules.stream()
                .filter(rule -> kinds.indexOf(rule.kind()) >= 0 && rule.matches(path, isFolder))
                .findFirst()
                .map(rule -> rule.kind() == '-' || rule.kind() == out)
                .orElse(false);
    }

    /**
     * One rule.
     *
     * @param kind {@code -+hspr}
     * @param isAnchored whether the pattern begins where the transfer begins
     * @param isWhole whether the pattern is about paths, and not about the last part alone
     */
    private record Rule(char kind, Glob glob, boolean isAnchored, boolean isWhole, boolean isOfFolders) {

        private static Rule of(String filter) {
            Matcher rule = RULE.matcher(filter.strip());
            if (!rule.matches()) {
                throw new UserErrorException(
                        "files_to_sync: the filter '" + filter + "' is none that Forgeway knows, like '- *.orig'");
            }
            String name = rule.group(1).toLowerCase(Locale.ROOT);
            char kind = name.equals("exclude") ? '-' : name.equals("include") ? '+' : name.charAt(0);
            String pattern = rule.group(2);
            boolean isAnchored = pattern.startsWith("/");
            boolean isOfFolders = pattern.endsWith("/");
            String plain = pattern.replaceFirst("^/", "").replaceFirst("/$", "");
            return new Rule(
                    kind, new Glob(plain), isAnchored, plain.contains("/") || plain.contains("**"), isOfFolders);
        }

        /** A folder is also meant by what stands for all that is in it ({@code folder/***}). */
        boolean matches(String path, boolean isFolder) {
            if (isOfFolders && !isFolder) {
                return false;
            }
            if (isAnchored) {
                return glob.matches(path) || (isFolder && glob.matches(path + "/"));
            }
            if (!isWhole) {
                return glob.matches(path.substring(path.lastIndexOf('/') + 1));
            }
            String end = path;
            while (!glob.matches(end) && !(isFolder && glob.matches(end + "/"))) {
                int slash = end.indexOf('/');
                if (slash < 0) {
                    return false;
                }
                end = end.substring(slash + 1);
            }
            return true;
        }
    }
}
