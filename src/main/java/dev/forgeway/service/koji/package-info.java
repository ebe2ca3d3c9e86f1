/** A client of Koji's hub, over XML-RPC. No knowledge of jobs or forges. */
@NullMarked
package dev.forgeway.service.koji;

import org.jspecify.annotations.NullMarked;
