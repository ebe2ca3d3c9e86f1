package dev.forgeway.service.copr;

/**
 * A build as Copr describes it.
 *
 * @param state Copr's word: pending, starting, importing, running, succeeded, failed, canceled, skipped, forked
 * @param url the page of the build
 */
public record CoprBuild(String id, String state, String owner, String project, String url) {}
