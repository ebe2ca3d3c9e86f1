package dev.forgeway.service.koji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.util.Base64;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads answers of XML-RPC (http://xmlrpc.com/spec.md) with Koji's additions {@code nil} and {@code i8}. Values become
 * those of JSON; a time stays the text that it is. Document types, and with them entities, are refused.
 */
final class XmlRpcReader {

    private static final int DEEPEST = 64;
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;

    private XmlRpcReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /**
     * The value that a method returned.
     *
     * @throws XmlRpcFaultException when the answer is a fault
     * @throws IllegalArgumentException when it is no answer of XML-RPC
     */
    static JsonNode answer(String text) {
        try {
            return new XmlRpcReader(FACTORY.createXMLStreamReader(new StringReader(text))).answer();
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IllegalArgumentException("no answer of XML-RPC", e);
        }
    }

    private JsonNode answer() throws XMLStreamException {
        enter("methodResponse");
        xml.nextTag();
        if (xml.getLocalName().equals("fault")) {
            enter("value");
            JsonNode fault = value(0);
            throw new XmlRpcFaultException(
                    fault.path("faultCode").asInt(), fault.path("faultString").asText());
        }
        xml.require(XMLStreamConstants.START_ELEMENT, null, "params");
        enter("param");
        enter("value");
        return value(0);
    }

    private void enter(String name) throws XMLStreamException {
        xml.nextTag();
        xml.require(XMLStreamConstants.START_ELEMENT, null, name);
    }

    /** From a start of {@code value} to its end; what has no type is text. */
    private JsonNode value(int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("values within values, deeper than " + DEEPEST);
        }
        StringBuilder text = new StringBuilder();
        JsonNode typed = null;
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                typed = typed(depth);
            } else if (xml.hasText()) {
                text.append(xml.getText());
            }
        }
        return typed == null ? TextNode.valueOf(text.toString()) : typed;
    }

    private JsonNode typed(int depth) throws XMLStreamException {
        String type = xml.getLocalName();
        return switch (type) {
            case "struct" -> struct(depth);
            case "array" -> array(depth);
            case "nil" -> {
                xml.nextTag();
                yield NullNode.getInstance();
            }
            case "string", "dateTime.iso8601" -> TextNode.valueOf(xml.getElementText());
            case "int", "i1", "i2", "i4", "i8" ->
                LongNode.valueOf(Long.parseLong(xml.getElementText().strip()));
            case "boolean" -> BooleanNode.valueOf(xml.getElementText().strip().equals("1"));
            case "double", "float" ->
                DoubleNode.valueOf(Double.parseDouble(xml.getElementText().strip()));
            case "base64" -> base64(xml.getElementText());
            default -> throw new XMLStreamException("no type of XML-RPC: " + type);
        };
    }

    private static JsonNode base64(String text) throws XMLStreamException {
        try {
            return BinaryNode.valueOf(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new XMLStreamException("no Base64", e);
        }
    }

    private JsonNode array(int depth) throws XMLStreamException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        enter("data");
        while (next("value")) {
            array.add(value(depth + 1));
        }
        xml.nextTag();
        return array;
    }

    private JsonNode struct(int depth) throws XMLStreamException {
        ObjectNode struct = JsonNodeFactory.instance.objectNode();
        while (next("member")) {
            enter("name");
            String name = xml.getElementText();
            enter("value");
            struct.set(name, value(depth + 1));
            xml.nextTag();
        }
        return struct;
    }

    /** Whether another one begins; false at the end of what holds them. */
    private boolean next(String name) throws XMLStreamException {
        if (xml.nextTag() == XMLStreamConstants.END_ELEMENT) {
            return false;
        }
        xml.require(XMLStreamConstants.START_ELEMENT, null, name);
        return true;
    }
}
