package dev.forgeway.decide;

import dev.forgeway.dispatch.Job;
import java.util.List;

/** A job of which some targets are to be done again. */
public record Rerun(Job job, List<String> targets) {}
