package dev.forgeway.simulator;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** XML-RPC as Koji's hub speaks it (http://xmlrpc.com/spec.md, with {@code nil} and {@code i8}), read and written as texts. */
final class KojiXml {

    /** A method and what it is called with. */
    record Call(String method, List<@Nullable Object> parameters) {}

    private KojiXml() {}

    static Call read(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Element root = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)))
                    .getDocumentElement();
            List<@Nullable Object> parameters = new ArrayList<>();
            for (Element param : elements(elements(root).get(1))) {
                parameters.add(value(elements(param).get(0)));
            }
            return new Call(elements(root).get(0).getTextContent(), parameters);
        } catch (Exception e) {
            throw new IllegalArgumentException("No call of XML-RPC: " + text, e);
        }
    }

    private static @Nullable Object value(Element value) {
        if (elements(value).isEmpty()) {
            return value.getTextContent();
        }
        Element typed = elements(value).get(0);
        return switch (typed.getTagName()) {
            case "nil" -> null;
            case "int", "i4", "i8" -> Long.valueOf(typed.getTextContent());
            case "boolean" -> typed.getTextContent().equals("1");
            case "string" -> typed.getTextContent();
            case "array" ->
                elements(elements(typed).get(0)).stream().map(KojiXml::value).toList();
            case "struct" -> struct(typed);
            default -> throw new IllegalArgumentException(typed.getTagName());
        };
    }

    private static Map<String, @Nullable Object> struct(Element struct) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Element member : elements(struct)) {
            members.put(
                    elements(member).get(0).getTextContent(),
                    value(elements(member).get(1)));
        }
        return members;
    }

    private static List<Element> elements(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The answer of a method. */
    static Response answer(@Nullable Object value) {
        return response("<params><param>" + written(value) + "</param></params>");
    }

    /** A fault, which Koji sends with status 200 as everything. */
    static Response fault(int code, String text) {
        return response("<fault>" + written(Json.object("faultCode", code, "faultString", text)) + "</fault>");
    }

    private static Response response(String content) {
        return new Response(
                200,
                Map.of("Content-Type", "text/xml"),
                "<?xml version='1.0'?>\n<methodResponse>\n" + content + "\n</methodResponse>\n");
    }

    private static String written(@Nullable Object value) {
        String typed;
        if (value == null) {
            typed = "<nil/>";
        } else if (value instanceof Boolean yes) {
            typed = "<boolean>" + (yes ? 1 : 0) + "</boolean>";
        } else if (value instanceof Number) {
            typed = "<int>" + value + "</int>";
        } else if (value instanceof List<?> list) {
            StringBuilder data = new StringBuilder("<array><data>\n");
            list.forEach(one -> data.append(written(one)).append('\n'));
            typed = data + "</data></array>";
        } else if (value instanceof Map<?, ?> map) {
            StringBuilder struct = new StringBuilder("<struct>\n");
            map.forEach((name, one) -> struct.append("<member>\n<name>" + name + "</name>\n" + written(one))
                    .append("\n</member>\n"));
            typed = struct + "</struct>";
        } else {
            typed = "<string>"
                    + value.toString()
                            .replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;")
                    + "</string>";
        }
        return "<value>" + typed + "</value>";
    }
}
