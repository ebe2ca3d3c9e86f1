package dev.forgeway.decide.packageconfig;

import java.util.List;

/**
 * What a package config asks for.
 *
 * @param jobs one for each job, package and trigger, in the order of the file
 * @param hints what is probably not meant but does no harm, for example unknown keys; sentences for the user
 */
public record PackageConfig(List<JobConfig> jobs, List<String> hints) {}
