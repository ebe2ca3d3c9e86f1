/** The REST API for people and operators. Reads the store, changes nothing behind its back. */
@NullMarked
package dev.forgeway.admin;

import org.jspecify.annotations.NullMarked;
