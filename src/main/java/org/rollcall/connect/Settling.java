package org.rollcall.connect;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.text.Words;

/// Waits until a new registration has been replicated to all of Entra's servers: usually seconds, at worst minutes. Until then
/// their answers may be wrong.
final class Settling {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Set<String> NOT_YET = Set.of("entra.client.unknown", "entra.client.no-principal",
            "entra.certificate.unknown", "entra.secret.wrong", "graph.permission");

    private final CallControl control;

    Settling(CallControl control) {
        this.control = control;
    }

    /// Retries until it succeeds, fails permanently, or five minutes have passed.
    <T> T until(Supplier<T> attempt) {
        Duration wait = FIRST;
        Duration waited = Duration.ZERO;
        while (true) {
            try {
                return attempt.get();
            } catch (RollcallException e) {
                if (!NOT_YET.contains(e.code()) || waited.compareTo(PATIENCE) >= 0) {
                    throw e;
                }
            }
            control.pause(wait, Words.of("connect.settling.entraIsStillSpreadingThe").english());
            waited = waited.plus(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
        }
    }

    /// @throws RollcallException REFUSED `graph.permission`: the token does not have all of them yet
    static void requireGranted(VerifyReport report, Set<String> permissions) {
        if (report.permissionsKnown()) {
            report.permissions().stream()
                    .filter(line -> line.state() == PermissionLine.State.MISSING && permissions.contains(line.name()))
                    .findFirst().ifPresent(line -> {
                        throw missing(line.name());
                    });
        } else if (report.organization() == null) {
            throw missing("User.Read.All");
        }
    }

    private static RollcallException missing(String permission) {
        return new RollcallException(ErrorKind.REFUSED, "graph.permission",
                Words.of("connect.graph.permission", permission),
                Words.of("connect.graph.permission.remedy"));
    }
}
