package dev.forgeway.admin;

import dev.forgeway.config.Secret;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks for the admin token at a management port that others can reach: as a bearer token, or as the password of any user
 * (RFC 7617), which browsers ask people for. Probes and Prometheus need none. Without a token nobody else gets in.
 *
 * <p>One that only this machine reaches answers to the names of this machine alone. The page of a stranger in somebody's browser
 * gets here too, once its name leads to this address (<a href="https://datatracker.ietf.org/doc/html/rfc9110#section-7.2">RFC
 * 9110, 7.2</a>: the client says by which name it asks).
 */
final class ManagementGuard extends OncePerRequestFilter {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]");

    private final String root;
    private final @Nullable Secret token;
    private final boolean isLocal;

    /**
     * @param root below which the endpoints are, without a slash at the end ({@code /actuator})
     * @param isLocal whether only this machine reaches the port
     */
    ManagementGuard(String root, @Nullable Secret token, boolean isLocal) {
        this.root = root;
        this.token = token;
        this.isLocal = isLocal;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals(root + "/prometheus") || path.equals(root + "/health") || path.startsWith(root + "/health/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isLocal) {
            if (THIS_MACHINE.contains(request.getServerName())) {
                chain.doFilter(request, response);
            } else {
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            }
        } else if (isAuthentic(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Forgeway\", charset=\"UTF-8\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    private boolean isAuthentic(@Nullable String authorization) {
        if (token == null || authorization == null) {
            return false;
        }
        String given = authorization.startsWith("Basic ") ? password(authorization) : bearer(authorization);
        return token.equals(Secret.of(given)); // in constant time
    }

    private static String bearer(String authorization) {
        return authorization.startsWith("Bearer ") ? authorization.substring("Bearer ".length()) : "";
    }

    private static String password(String authorization) {
        try {
            byte[] credentials = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
            String[] userAndPassword = new String(credentials, StandardCharsets.UTF_8).split(":", 2);
            return userAndPassword.length == 2 ? userAndPassword[1] : "";
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
