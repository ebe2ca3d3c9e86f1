/** Jobs, their priority and their messages. What a job does is the handler's business. */
@NullMarked
package dev.forgeway.dispatch;

import org.jspecify.annotations.NullMarked;
