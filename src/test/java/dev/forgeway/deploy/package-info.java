/** The files that Forgeway is deployed with: chart, image, broker, rules and dashboards. */
@NullMarked
package dev.forgeway.deploy;

import org.jspecify.annotations.NullMarked;
