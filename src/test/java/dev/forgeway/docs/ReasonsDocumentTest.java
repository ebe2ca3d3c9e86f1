package dev.forgeway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.error.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonsDocumentTest {

    @Test
    void explainsEveryReasonAndNoOther() {
        assertThat(Document.of("docs/architecture.md").below("### Reasons").firstColumn())
                .as("reasons of docs/architecture.md; add or remove the row")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Reason.values()).map(Reason::wireName).toList());
    }
}
