package org.rollcall.cli;

import org.rollcall.domain.Actor;

/// A signed-in call.
record Session(Workspace workspace, Actor actor, Output out, Invocation invocation) {}
