package org.rollcall.connect;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.VerifyReport.MfaReport;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.DirectoryConnector;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.Organization;
import org.rollcall.source.Permissions;
import org.rollcall.text.Words;

/// Checks a connection online: token, organization, permissions, MFA report.
final class TenantVerifier {
    private final DirectoryConnector connector;

    TenantVerifier(DirectoryConnector connector) {
        this.connector = connector;
    }

    /// @throws RollcallException the directory refuses or cannot be reached; a missing permission is in the report
    VerifyReport verify(Connection connection, @Nullable String thumbprint, @Nullable Instant expiresAt,
            CallControl control) {
        try (DirectoryReader reader = connector.open(connection)) {
            Permissions permissions = reader.permissions(control);
            Organization organization = organization(reader, control);
            return new VerifyReport(organization, permissions.granted().isPresent(),
                    PermissionCatalogue.compare(permissions, organization != null), connection.credential().toString(),
                    thumbprint,
                    expiresAt, mfaReport(reader, permissions, control));
        }
    }

    private static @Nullable Organization organization(DirectoryReader reader, CallControl control) {
        try {
            return reader.organization(control);
        } catch (RollcallException e) {
            if (e.code().equals("graph.permission")) {
                return null;
            }
            throw e;
        }
    }

    private static MfaReport mfaReport(DirectoryReader reader, Permissions permissions, CallControl control) {
        if (permissions.granted().isPresent() && !permissions.has("AuditLog.Read.All")) {
            return MfaReport.NO_PERMISSION;
        }
        try {
            reader.mfaReport(null, line -> {}, control);
            return MfaReport.AVAILABLE;
        } catch (RollcallException e) {
            return switch (e.code()) {
                case "graph.permission" -> MfaReport.NO_PERMISSION;
                case "graph.no-licence" -> MfaReport.NO_LICENCE;
                case "graph.feature-missing" -> MfaReport.NOT_OFFERED;
                default -> MfaReport.UNKNOWN;
            };
        }
    }

    /// @throws RollcallException REFUSED: reading would not work
    static void requireOk(VerifyReport report) {
        if (report.ok()) {
            return;
        }
        List<PermissionLine> missing = report.missing();
        String names = missing.isEmpty()
                ? PermissionCatalogue.ORGANIZATION
                : missing.stream().map(PermissionLine::name).collect(Collectors.joining(", "));
        throw new RollcallException(ErrorKind.REFUSED, "graph.permission",
                Words.of(report.organization() == null
                        ? "connect.graph.permission.tenantVerifier.unreadable"
                        : "connect.graph.permission.tenantVerifier", names),
                Words.of("connect.graph.permission.tenantVerifier.remedy"));
    }
}
