/** A client of those who receive webhooks from us. */
@NullMarked
package dev.forgeway.service.webhook;

import org.jspecify.annotations.NullMarked;
