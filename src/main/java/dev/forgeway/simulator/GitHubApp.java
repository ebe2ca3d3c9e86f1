package dev.forgeway.simulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The GitHub App of a simulated GitHub: checks its JSON web tokens
 * (https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app)
 * and issues installation tokens.
 */
final class GitHubApp {

    private static final String BAD_ISSUED_AT =
            "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
    private static final String BAD_EXPIRATION =
            "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";

    static final String SLUG = "forgeway-simulated";

    private record Token(long installation, Instant expiresAt) {}

    /** The length of the PKCS#8 frame around the PKCS#1 bytes of any 2048 bit RSA key. */
    private static final int PKCS8_FRAME = 26;

    private static final Duration LONGEST_VALIDITY = Duration.ofMinutes(10);
    /** GitHub and the caller may disagree about the time. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private final long id = 424_242;
    private final KeyPair keys;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private volatile Duration tokenLifetime = Duration.ofHours(1);
    private volatile @Nullable String personalToken;

    GitHubApp() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.keys = generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    long id() {
        return id;
    }

    String privateKeyPem() {
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_FRAME, pkcs8.length);
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(pkcs1);
        return "-----BEGIN RSA PRIVATE KEY-----\n" + lines + "\n-----END RSA PRIVATE KEY-----\n";
    }

    void tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
    }

    void personalToken(String token) {
        personalToken = token;
    }

    void revokeTokens() {
        tokens.clear();
    }

    /** Issues a token; the answer's expiry is in whole seconds, as GitHub's. */
    Map<String, @Nullable Object> issueToken(long installation) {
        String token = "ghs_" + UUID.randomUUID().toString().replace("-", "");
        Instant expiresAt = Instant.now().plus(tokenLifetime);
        tokens.put(token, new Token(installation, expiresAt));
        return Json.object(
                "token",
                token,
                "expires_at",
                Instant.ofEpochSecond(expiresAt.getEpochSecond()).toString(),
                "permissions",
                Json.object(
                        "checks", "write",
                        "contents", "read",
                        "issues", "write",
                        "metadata", "read",
                        "pull_requests", "write",
                        "statuses", "write"),
                "repository_selection",
                "all");
    }

    /** Says who calls, or refuses. */
    GitHubCaller caller(Request request) {
        String authorization = request.header("authorization");
        if (authorization == null || !authorization.matches("(?i)(bearer|token) \\S+")) {
            throw authorization == null
                    ? GitHubErrors.refusal(401, "Requires authentication")
                    : GitHubErrors.refusal(401, "Bad credentials");
        }
        String credential = authorization.substring(authorization.indexOf(' ') + 1);
        if (credential.equals(personalToken)) {
            return new GitHubCaller(GitHubCaller.Kind.PERSON, 0, "simulated-person");
        }
        Token token = tokens.get(credential);
        if (token != null && Instant.now().isBefore(token.expiresAt())) {
            return new GitHubCaller(GitHubCaller.Kind.INSTALLATION, token.installation(), SLUG + "[bot]");
        }
        if (token == null && credential.chars().filter(c -> c == '.').count() == 2) {
            verify(credential);
            return new GitHubCaller(GitHubCaller.Kind.APP, 0, SLUG);
        }
        throw GitHubErrors.refusal(401, "Bad credentials");
    }

    private void verify(String jwt) {
        JWTClaimsSet claims = signedClaims(jwt);
        if (!Long.toString(id).equals(claims.getIssuer())) {
            throw GitHubErrors.refusal(404, "Integration not found");
        }
        Instant now = Instant.now();
        if (claims.getIssueTime() == null || claims.getIssueTime().toInstant().isAfter(now.plus(LEEWAY))) {
            throw GitHubErrors.refusal(401, BAD_ISSUED_AT);
        }
        if (claims.getExpirationTime() == null
                || claims.getExpirationTime().toInstant().isBefore(now)) {
            throw GitHubErrors.refusal(401, BAD_EXPIRATION);
        }
        if (claims.getExpirationTime()
                .toInstant()
                .isAfter(now.plus(LONGEST_VALIDITY).plusSeconds(1))) {
            throw GitHubErrors.refusal(401, "'Expiration time' claim ('exp') is too far in the future");
        }
    }

    private JWTClaimsSet signedClaims(String jwt) {
        try {
            SignedJWT signed = SignedJWT.parse(jwt);
            RSASSAVerifier verifier = new RSASSAVerifier((RSAPublicKey) keys.getPublic());
            if (signed.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256) && signed.verify(verifier)) {
                return signed.getJWTClaimsSet();
            }
        } catch (ParseException | JOSEException e) {
            throw GitHubErrors.refusal(401, "A JSON web token could not be decoded");
        }
        throw GitHubErrors.refusal(401, "A JSON web token could not be decoded");
    }
}
