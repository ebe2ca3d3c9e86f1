/** Clients of build and test services, one package each. */
@NullMarked
package dev.forgeway.service;

import org.jspecify.annotations.NullMarked;
