/** Git repositories that are cloned, changed and pushed to over HTTPS. */
@NullMarked
package dev.forgeway.service.git;

import org.jspecify.annotations.NullMarked;
