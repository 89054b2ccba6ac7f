package org.rollcall.connect;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.rollcall.domain.RollcallException;
import org.rollcall.store.SealedValues;
import org.rollcall.vault.Vault;

/// Seals a proxy's user name and password within its URL: `http://user:password@host:port` is stored as
/// `http://host:port/#sealed`.
final class ProxyPasswords {
    private final Vault vault;

    ProxyPasswords(Vault vault) {
        this.vault = vault;
    }

    /// @throws RollcallException INPUT: not a proxy's URL
    String seal(String url) {
        URI uri = ProxyLogin.uri(url);
        String address = ProxyLogin.origin(uri);
        String user = uri.getRawUserInfo();
        return user == null
                ? address
                : address + "/#" + Base64.getUrlEncoder().withoutPadding()
                        .encodeToString(vault.seal(user.getBytes(StandardCharsets.UTF_8),
                                SealedValues.ofProxy(address)));
    }

    String open(String stored) {
        int mark = stored.indexOf("/#");
        if (mark < 0) {
            return stored;
        }
        String address = stored.substring(0, mark);
        byte[] user = vault.open(Base64.getUrlDecoder().decode(stored.substring(mark + 2)),
                SealedValues.ofProxy(address));
        return "http://" + new String(user, StandardCharsets.UTF_8) + "@" + address.substring("http://".length());
    }
}
