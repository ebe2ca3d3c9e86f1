/** What the jobs do, one bean per handler. No Camel, no messages, no HTTP. */
@NullMarked
package dev.forgeway.handle;

import org.jspecify.annotations.NullMarked;
