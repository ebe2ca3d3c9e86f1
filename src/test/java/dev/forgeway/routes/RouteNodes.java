package dev.forgeway.routes;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/** The nodes of the routes of an application. */
final class RouteNodes {

    private RouteNodes() {}

    static List<RouteDefinition> routes(CamelContext context) {
        return ((ModelCamelContext) context).getRouteDefinitions();
    }

    /** All nodes of a route that do something, those for failures included. */
    static List<ProcessorDefinition<?>> of(RouteDefinition route) {
        List<ProcessorDefinition<?>> found = new ArrayList<>();
        collect(route.getOutputs(), found);
        return found;
    }

    private static void collect(List<ProcessorDefinition<?>> nodes, List<ProcessorDefinition<?>> found) {
        for (ProcessorDefinition<?> node : nodes) {
            if (!node.isAbstract()) {
                found.add(node);
            }
            if (node instanceof ChoiceDefinition choice) {
                choice.getWhenClauses().forEach(when -> collect(when.getOutputs(), found));
                if (choice.getOtherwise() != null) {
                    collect(choice.getOtherwise().getOutputs(), found);
                }
            } else {
                collect(node.getOutputs(), found);
            }
        }
    }
}
