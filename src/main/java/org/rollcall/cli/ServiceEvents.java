package org.rollcall.cli;

import org.rollcall.schedule.ScheduleEvent;

/// Is told what happens in a service, on threads of the service.
public interface ServiceEvents {
    /// It runs what is due from now on.
    void ready();

    /// How a schedule's turn ended.
    void turn(ScheduleEvent event);

    /// It was told to stop and cancels what is going on.
    void stopping();
}
