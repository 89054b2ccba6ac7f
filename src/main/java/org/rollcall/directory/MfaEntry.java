package org.rollcall.directory;

import java.util.UUID;

/// A line of the MFA registration report. Disabled people are not in it.
public record MfaEntry(UUID userId, boolean registered) {}
