package org.rollcall.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// Where the database keeps what the vault has sealed, and what each piece is bound to.
public final class SealedValues {
    /// What the password of the account is bound to that searches Active Directory.
    public static final String BIND_PASSWORD = "auth/ad";
    /// How the name of the setting begins that keeps a draft's certificate, which is bound to that name.
    public static final String DRAFT_CERTIFICATE = "import.certificate.";
    /// The setting that keeps the key which signs what goes to the audit log's webhook, and what it is bound to.
    public static final String ANCHOR_KEY = "audit.anchor.key";
    private static final String PROXY_MARK = "/#";

    private SealedValues() {}

    /// What the secret of a notification's channel is bound to.
    public static String ofChannel(long id) {
        return "notification/" + id;
    }

    /// What a proxy's user and password are bound to.
    ///
    /// @param address `http://host:port`
    public static String ofProxy(String address) {
        return "proxy/" + address;
    }

    /// Makes something of every sealed piece.
    public interface Rewrite {
        /// @return what to keep in its place; the same array: nothing changes
        byte[] anew(byte[] sealed, String boundTo);
    }

    /// Rewrites every sealed piece in one transaction: all of them or, if anything throws, none.
    ///
    /// @return how many there are
    /// @throws RollcallException STORAGE, and whatever `rewrite` throws
    public static int rewrite(DataSource database, Rewrite rewrite) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int count = all(connection, rewrite);
                connection.commit();
                return count;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw StorageErrors.translate(e);
        }
    }

    /// Rewrites one setting.
    ///
    /// @param rewrite given null where there is none, and gives null where there is to be none
    public static void rewriteSetting(DataSource database, String name, UnaryOperator<@Nullable String> rewrite) {
        try (Connection connection = database.getConnection();
                PreparedStatement read = connection.prepareStatement("select content from setting where name = ?");
                PreparedStatement change = connection
                        .prepareStatement("update setting set content = ? where name = ?");
                PreparedStatement add = connection
                        .prepareStatement("insert into setting (content, name) values (?, ?)")) {
            read.setString(1, name);
            String now = null;
            try (ResultSet rows = read.executeQuery()) {
                if (rows.next()) {
                    now = rows.getString(1);
                }
            }
            String anew = rewrite.apply(now);
            if (anew != null && !anew.equals(now)) {
                PreparedStatement write = now == null ? add : change;
                write.setString(1, anew);
                write.setString(2, name);
                write.executeUpdate();
            }
        } catch (SQLException e) {
            throw StorageErrors.translate(e);
        }
    }

    private static int all(Connection connection, Rewrite rewrite) throws SQLException {
        int count = bytes(connection, "select tenant_id, purpose, sealed from credential",
                "update credential set sealed = ? where tenant_id = ? and purpose = ?",
                row -> CredentialStore.SealedCredential.binding(row.getLong(1),
                        CredentialStore.Purpose.valueOf(row.getString(2))),
                2, rewrite);
        count += bytes(connection, "select id, sealed from notification_channel where sealed is not null",
                "update notification_channel set sealed = ? where id = ?", row -> ofChannel(row.getLong(1)), 1,
                rewrite);
        count += bytes(connection, "select id, ad_bind_password from auth_settings where ad_bind_password is not null",
                "update auth_settings set ad_bind_password = ? where id = ?", _ -> BIND_PASSWORD, 1, rewrite);
        count += texts(connection, "select id, proxy_url from tenant where proxy_url like '%" + PROXY_MARK + "%'",
                "update tenant set proxy_url = ? where id = ?", (_, text) -> proxy(text, rewrite));
        count += texts(connection, "select name, content from setting where name like '" + DRAFT_CERTIFICATE
                + "%' or name = '" + ANCHOR_KEY + "'",
                "update setting set content = ? where name = ?", (name, text) -> {
                    byte[] sealed = Base64.getDecoder().decode(text);
                    byte[] anew = rewrite.anew(sealed, name);
                    return anew == sealed ? text : Base64.getEncoder().encodeToString(anew);
                });
        return count;
    }

    private static String proxy(String url, Rewrite rewrite) {
        int mark = url.indexOf(PROXY_MARK);
        String address = url.substring(0, mark);
        byte[] sealed = Base64.getUrlDecoder().decode(url.substring(mark + PROXY_MARK.length()));
        byte[] anew = rewrite.anew(sealed, ofProxy(address));
        return anew == sealed
                ? url
                : address + PROXY_MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(anew);
    }

    private interface Binding {
        String of(ResultSet row) throws SQLException;
    }

    /// @param keys how many columns of the key come first, the sealed piece follows
    private static int bytes(Connection connection, String query, String change, Binding binding, int keys,
            Rewrite rewrite) throws SQLException {
        int count = 0;
        try (PreparedStatement read = connection.prepareStatement(query);
                PreparedStatement write = connection.prepareStatement(change);
                ResultSet rows = read.executeQuery()) {
            while (rows.next()) {
                count++;
                byte[] sealed = rows.getBytes(keys + 1);
                byte[] anew = rewrite.anew(sealed, binding.of(rows));
                if (anew != sealed) {
                    write.setBytes(1, anew);
                    for (int i = 1; i <= keys; i++) {
                        write.setObject(i + 1, rows.getObject(i));
                    }
                    write.executeUpdate();
                }
            }
        }
        return count;
    }

    private static int texts(Connection connection, String query, String change, BinaryOperator<String> rewrite)
            throws SQLException {
        int count = 0;
        try (PreparedStatement read = connection.prepareStatement(query);
                PreparedStatement write = connection.prepareStatement(change);
                ResultSet rows = read.executeQuery()) {
            while (rows.next()) {
                count++;
                String text = rows.getString(2);
                String anew = rewrite.apply(rows.getString(1), text);
                if (!anew.equals(text)) {
                    write.setString(1, anew);
                    write.setObject(2, rows.getObject(1));
                    write.executeUpdate();
                }
            }
        }
        return count;
    }
}
