package dev.forgeway.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlRpcTest {

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String answer(String value) {
        return "<?xml version='1.0'?>\n<methodResponse>\n <params>\n  <param>\n   " + value
                + "\n  </param>\n </params>\n</methodResponse>";
    }

    @Test
    void writesEveryKindOfValue() {
        byte[] call = XmlRpcWriter.call("build", List.of(json("""
                ["a<b&ü", {"scratch": true, "off": false, "n": null, "few": 7, "many": 5000000000}, []]""")));

        assertThat(new String(call, StandardCharsets.UTF_8))
                .endsWith("<methodCall><methodName>build</methodName><params><param><value><array><data>"
                        + "<value><string>a&lt;b&amp;ü</string></value><value><struct>"
                        + "<member><name>scratch</name><value><boolean>1</boolean></value></member>"
                        + "<member><name>off</name><value><boolean>0</boolean></value></member>"
                        + "<member><name>n</name><value><nil/></value></member>"
                        + "<member><name>few</name><value><int>7</int></value></member>"
                        + "<member><name>many</name><value><i8>5000000000</i8></value></member>"
                        + "</struct></value><value><array><data/></array></value>".replace("<data/>", "<data></data>")
                        + "</data></array></value></param></params></methodCall>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <value>plain &amp; untyped</value>                           | "plain & untyped"
            <value><string></string></value>                             | ""
            <value><![CDATA[<b>]]></value>                               | "<b>"
            <value> <int>7</int> </value>                                | 7
            <value><i4>-7</i4></value>                                   | -7
            <value><i8>5000000000</i8></value>                           | 5000000000
            <value><boolean>1</boolean></value>                          | true
            <value><double>1.5</double></value>                          | 1.5
            <value><nil/></value>                                        | null
            <value><dateTime.iso8601>20260301T12:00:00</dateTime.iso8601></value> | "20260301T12:00:00"
            <value><base64>aGVsbG8=</base64></value>                     | "aGVsbG8="
            <value><array><data> <value>a</value> <value><array><data/></array></value></data></array></value> | ["a",[]]
            <value><struct> <member><name>a</name> <value><struct/></value></member> </struct></value> | {"a":{}}
            """)
    void readsEveryKindOfValue(String value, String expected) {
        assertThat(XmlRpcReader.answer(answer(value)).toString())
                .isEqualTo(json(expected).toString());
    }

    @Test
    void readsNoValuesWithinValuesWithoutEnd() {
        String deep = "<value><array><data>".repeat(100_000) + "</data></array></value>".repeat(100_000);

        assertThatThrownBy(() -> XmlRpcReader.answer(answer(deep))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "<value><unheard/></value>",
        "<value><base64>a</base64></value>",
        "<value><struct><value/></struct></value>"
    })
    void refusesWhatIsNoValue(String value) {
        assertThatThrownBy(() -> XmlRpcReader.answer(answer(value))).isInstanceOf(IllegalArgumentException.class);
    }
}
