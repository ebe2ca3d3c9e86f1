package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** The vectors that the senders' documentation, their own tests and RFC 4231 publish. */
class HmacSignatureTest {

    private static final String DOCUMENTED = "It's a Secret to Everybody";
    private static final String PAGURE = "{\"i\": 1, \"msg\": {\"pagure_instance\": \"http://localhost.localdomain/\","
            + " \"payload\": [\"a\", \"b\", \"c\"], \"project_fullname\": \"test\"},"
            + " \"msg_id\": \"2018-not_so_random\", \"timestamp\": 2, \"topic\": \"topic\"}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GitHub | HmacSHA256 | sha256= | It's a Secret to Everybody | Hello, World! | 757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "GitHub, older | HmacSHA1 | sha1= | It's a Secret to Everybody | Hello, World! | 01dc10d0c83e72ed246219cdd91669667fe2ca59",
                "Gitea and Forgejo | HmacSHA256 | `` | It's a Secret to Everybody | Hello, World! | 757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "Bitbucket | HmacSHA256 | sha256= | It's a Secret to Everybody | Hello World! | a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
                "RFC 4231, case 2 | HmacSHA256 | `` | Jefe | what do ya want for nothing? | 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                "JSON of a form | HmacSHA256 | `` | secret | {\"ref\":\"refs/heads/main\"} | d8f89f0618acd61fe621aa4e64078c0e2bca15d0b578b7f3eb734f55883c5320",
                "form | HmacSHA256 | sha256= | secret | payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%7D | a3ec1fe0bd564ad2a8006d8045549e9afd1b18ef3596f5657aafcd2d7db60c0d"
            })
    void acceptsWhatIsPublished(
            String sender, String algorithm, String prefix, String secret, String body, String digits) {
        HmacSignature signature = new HmacSignature(algorithm, prefix, List.of(secret));

        assertThat(signature.matches(Requests.bytes(body), prefix + digits)).isTrue();
        assertThat(signature.matches(Requests.bytes(body + " "), prefix + digits))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "HmacSHA1, 74b12f0b25bf7767014a0c0de9f3c10191e943d8",
        "HmacSHA256, f3d757796554466eac49a5282b24ee32a1ecfb65dedd6c6231fb207240a9fe58"
    })
    void acceptsTheExampleOfPagure(String algorithm, String digits) {
        HmacSignature signature = new HmacSignature(algorithm, "", List.of("aaabbbccc"));

        assertThat(signature.matches(Requests.bytes(PAGURE), digits)).isTrue();
    }

    @Test
    void acceptsEachOfItsSecretsAndNoOther() {
        HmacSignature both = new HmacSignature("HmacSHA256", "sha256=", List.of("new", "old"));
        byte[] body = Requests.bytes("{}");

        assertThat(both.matches(body, "sha256=" + Requests.sha256("new", "{}"))).isTrue();
        assertThat(both.matches(body, "sha256=" + Requests.sha256("old", "{}"))).isTrue();
        assertThat(both.matches(body, "sha256=" + Requests.sha256("older", "{}")))
                .isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void refusesEverythingWithoutASecretOrWithoutASignature(String given) {
        byte[] body = Requests.bytes("{}");

        assertThatThrownBy(() -> new HmacSignature("HmacSHA256", "", List.of()).verify(body, given))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> new HmacSignature("HmacSHA256", "", List.of(DOCUMENTED)).verify(body, given))
                .isInstanceOf(UnauthenticatedException.class);
    }
}
