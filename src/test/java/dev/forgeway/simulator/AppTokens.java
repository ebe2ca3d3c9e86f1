package dev.forgeway.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a GitHub App does to get in. */
final class AppTokens {

    private AppTokens() {}

    static String jwt(String issuer, String keyPem, Instant issuedAt, Instant expiresAt) throws Exception {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("iss", issuer);
        String content = encode(Json.write(Map.of("alg", "RS256", "typ", "JWT"))) + "." + encode(Json.write(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(privateKey(keyPem));
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    /** Frames the PKCS#1 bytes as PKCS#8 (RFC 5208), which is what the JDK reads. */
    static PrivateKey privateKey(String pem) throws Exception {
        byte[] pkcs1 = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        byte[] frame = HexFormat.of().parseHex("3082000002010030" + "0d06092a864886f70d0101010500" + "04820000");
        ByteBuffer pkcs8 =
                ByteBuffer.allocate(frame.length + pkcs1.length).put(frame).put(pkcs1);
        pkcs8.putShort(2, (short) (frame.length - 4 + pkcs1.length));
        pkcs8.putShort(frame.length - 2, (short) pkcs1.length);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8.array()));
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static String jwt(GitHubSimulator gitHub) throws Exception {
        Instant now = Instant.now();
        return jwt(gitHub.appId(), gitHub.privateKeyPem(), now.minusSeconds(30), now.plusSeconds(540));
    }

    static String installationToken(GitHubSimulator gitHub, String repository) throws Exception {
        Http asApp = new Http(gitHub, "Bearer " + jwt(gitHub));
        long id = asApp.get("/repos/" + repository + "/installation")
                .json()
                .path("id")
                .asLong();
        return asApp.post("/app/installations/" + id + "/access_tokens", "{}")
                .json()
                .path("token")
                .asText();
    }

    static Http caller(GitHubSimulator gitHub, String repository) throws Exception {
        return new Http(gitHub, "Bearer " + installationToken(gitHub, repository));
    }
}
