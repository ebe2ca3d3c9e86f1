package dev.forgeway.admin;

import java.util.List;

/**
 * The broker as the API tells it.
 *
 * @param diskUsed how much of the disk with its journal is used, of 1
 * @param diskLimit above which share of the disk it takes nothing, of 1
 * @param blocked the addresses to which nobody can send now; senders of webhooks are answered 503 while "deliveries" is
 *     among them
 */
public record BrokerView(double diskUsed, double diskLimit, List<String> blocked) {}
