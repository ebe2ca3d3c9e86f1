package dev.forgeway.service.koji;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes calls of XML-RPC (http://xmlrpc.com/spec.md) with Koji's two additions: {@code nil}, and {@code i8} for whole
 * numbers of more than 32 bits (https://docs.pagure.org/koji/writing_koji_code/). Values are those of JSON.
 */
final class XmlRpcWriter {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

    private final XMLStreamWriter xml;

    private XmlRpcWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** The call of a method, in UTF-8. */
    static byte[] call(String method, List<? extends JsonNode> parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new XmlRpcWriter(FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name()))
                    .write(method, parameters);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory can always be written to", e);
        }
        return bytes.toByteArray();
    }

    private void write(String method, List<? extends JsonNode> parameters) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("methodCall");
        element("methodName", method);
        xml.writeStartElement("params");
        for (JsonNode parameter : parameters) {
            xml.writeStartElement("param");
            value(parameter);
            xml.writeEndElement();
        }
        xml.writeEndDocument();
        xml.flush();
    }

    private void value(JsonNode value) throws XMLStreamException {
        xml.writeStartElement("value");
        if (value.isObject()) {
            struct(value);
        } else if (value.isArray()) {
            xml.writeStartElement("array");
            xml.writeStartElement("data");
            for (JsonNode one : value) {
                value(one);
            }
            xml.writeEndElement();
            xml.writeEndElement();
        } else if (value.isNull()) {
            xml.writeEmptyElement("nil");
        } else if (value.isBoolean()) {
            element("boolean", value.booleanValue() ? "1" : "0");
        } else if (value.isIntegralNumber()) {
            element(value.canConvertToInt() ? "int" : "i8", value.asText());
        } else if (value.isTextual()) {
            element("string", value.textValue());
        } else {
            throw new IllegalArgumentException("Koji is sent no " + value.getNodeType());
        }
        xml.writeEndElement();
    }

    private void struct(JsonNode struct) throws XMLStreamException {
        xml.writeStartElement("struct");
        for (Iterator<Map.Entry<String, JsonNode>> members = struct.fields(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            xml.writeStartElement("member");
            element("name", member.getKey());
            value(member.getValue());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
