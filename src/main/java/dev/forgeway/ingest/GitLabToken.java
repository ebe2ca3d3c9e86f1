package dev.forgeway.ingest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.forgeway.event.Project;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that packit hands out for GitLab's header {@code X-Gitlab-Token}: a JSON Web Token (RFC 7519), signed with
 * HS256 and nothing else, that names the {@code namespace} and maybe the {@code repo_name} it was made for
 * (https://packit.dev/docs/guide#gitlab).
 */
public final class GitLabToken {

    /** The library takes no shorter key; RFC 2104 fills keys with zeros anyway, so that these change nothing. */
    private static final int KEY_LENGTH = 32;

    private final byte[] key;
    private final Clock clock;

    public GitLabToken(String secret, Clock clock) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        this.key = Arrays.copyOf(bytes, Math.max(bytes.length, KEY_LENGTH));
        this.clock = clock;
    }

    /**
     * Whether it is one of our tokens and covers the project: a token without a repository covers all that its
     * namespace holds, subgroups too.
     *
     * @param project null to ask only whether it is one of ours
     */
    boolean covers(String token, @Nullable Project project) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(new MACVerifier(key))) {
                return false;
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            return isValidNow(claims) && covers(claims, project);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return false;
        }
    }

    /** A token that covers one project, as packit hands it out. */
    public String issue(String namespace, String name) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .claim("namespace", namespace)
                .claim("repo_name", name)
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java runtime has HS256", e);
        }
        return token.serialize();
    }

    private boolean isValidNow(JWTClaimsSet claims) {
        Date now = Date.from(clock.instant());
        Date expires = claims.getExpirationTime();
        Date begins = claims.getNotBeforeTime();
        return (expires == null || expires.after(now)) && (begins == null || !begins.after(now));
    }

    private static boolean covers(JWTClaimsSet claims, @Nullable Project project) throws ParseException {
        String namespace = claims.getStringClaim("namespace");
        String name = claims.getStringClaim("repo_name");
        if (namespace == null || namespace.isBlank()) {
            return false;
        }
        if (project == null) {
            return true;
        }
        return name == null
                ? ForgeSecrets.covers(namespace, project.namespace())
                : namespace.equals(project.namespace()) && name.equals(project.name());
    }
}
