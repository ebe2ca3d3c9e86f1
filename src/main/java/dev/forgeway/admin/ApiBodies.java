package dev.forgeway.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are longer than any order, before one of them is read: whoever sends them need not be known, and
 * the routes read all of a body into memory.
 */
@Component
public class ApiBodies extends OncePerRequestFilter {

    private static final int LONGEST = 64 * 1024;

    private final ApiErrors errors;

    public ApiBodies(ApiErrors errors) {
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !ApiErrors.isAsked(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Problem problem = refusal(request);
        if (problem == null) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.CONNECTION, "close");
            errors.write(response, problem);
        }
    }

    private static @Nullable Problem refusal(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            return Problem.of(HttpServletResponse.SC_LENGTH_REQUIRED, "say how long the body is (Content-Length)");
        }
        return request.getContentLengthLong() > LONGEST
                ? Problem.of(
                        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the longest body has " + LONGEST + " bytes")
                : null;
    }
}
