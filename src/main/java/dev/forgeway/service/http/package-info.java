/** The one place for time-outs, metrics and error mapping of outbound HTTP. No knowledge of any service. */
@NullMarked
package dev.forgeway.service.http;

import org.jspecify.annotations.NullMarked;
