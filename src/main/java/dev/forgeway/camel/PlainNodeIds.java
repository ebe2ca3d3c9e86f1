package dev.forgeway.camel;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * Writes a route's node prefix into the ids of its nodes. Hawtio joins a diagram with the counters of its nodes by id,
 * and a diagram does not know the prefix: with it, every counter would stay at zero.
 */
@Component
class PlainNodeIds extends ModelLifecycleStrategySupport implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        ((ModelCamelContext) context).addModelLifecycleStrategy(this);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String prefix = route.getNodePrefixId();
        if (prefix == null) {
            return;
        }
        route.setNodePrefixId(null);
        write(prefix, route.getOutputs());
    }

    /** What routes share (the steps on a failure) keeps its ids; the branches of a choice have ids of their own. */
    private static void write(String prefix, List<ProcessorDefinition<?>> nodes) {
        for (ProcessorDefinition<?> node : nodes) {
            if (node.isAbstract()) {
                continue;
            }
            if (node instanceof ChoiceDefinition choice) {
                choice.getWhenClauses().forEach(when -> write(prefix, when.getOutputs()));
                if (choice.getOtherwise() != null) {
                    write(prefix, choice.getOtherwise().getOutputs());
                }
                continue;
            }
            if (node.getId() != null) {
                node.setId(prefix + node.getId());
            }
            write(prefix, node.getOutputs());
        }
    }
}
