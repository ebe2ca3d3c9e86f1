package dev.forgeway.flow;

import dev.forgeway.simulator.Faults;
import dev.forgeway.simulator.HttpSimulator;

/** Work whose call goes over HTTP. */
abstract class InterruptedCall extends InterruptedWork {

    private final HttpSimulator service;
    private int callsBefore;

    InterruptedCall(World world, Api api, HttpSimulator service) {
        super(world, api);
        this.service = service;
    }

    /** The call that is interrupted, as {@link Faults} names calls. */
    abstract String call();

    @Override
    final void hold(boolean hasEffect) {
        callsBefore = service.calls(call()).size();
        if (hasEffect) {
            service.faults().holdAnswer(call(), Faults.ALWAYS);
        } else {
            service.faults().hang(call(), Faults.ALWAYS);
        }
    }

    @Override
    final boolean isUnderWay() {
        return service.calls(call()).size() > callsBefore;
    }

    @Override
    public String toString() {
        return name + " (" + call() + ")";
    }
}
