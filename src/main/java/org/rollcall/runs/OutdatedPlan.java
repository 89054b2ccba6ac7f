package org.rollcall.runs;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The error if the directory changed after planning.
public final class OutdatedPlan {
    private static final String CODE = "plan.outdated";

    private OutdatedPlan() {}

    public static boolean is(RollcallException e) {
        return e.code().equals(CODE);
    }

    public static RollcallException refusal() {
        return new RollcallException(ErrorKind.CONFLICT, CODE,
                Words.of("sync.plan.outdated"), Words.of("sync.plan.outdated.importApplying.remedy"));
    }
}
