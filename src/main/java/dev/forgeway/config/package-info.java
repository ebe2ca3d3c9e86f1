/** Settings, validated at start. No logic of any room. */
@NullMarked
package dev.forgeway.config;

import org.jspecify.annotations.NullMarked;
