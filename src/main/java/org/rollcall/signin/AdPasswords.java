package org.rollcall.signin;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AdSettings;
import org.rollcall.source.LdapDirectory;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.SealedValues;
import org.rollcall.vault.Vault;

/// Stores the sealed password of the account that searches Active Directory.
final class AdPasswords {
    private final AuthSettingsStore settings;
    private final Vault vault;

    AdPasswords(AuthSettingsStore settings, Vault vault) {
        this.settings = settings;
        this.vault = vault;
    }

    void seal(char @Nullable [] password) {
        if (password == null || password.length == 0) {
            settings.putBindPassword(null);
            return;
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        var plain = new byte[encoded.remaining()];
        encoded.get(plain);
        settings.putBindPassword(vault.seal(plain, SealedValues.BIND_PASSWORD));
        Arrays.fill(plain, (byte) 0);
        encoded.clear();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
    }

    /// The configuration for the adapter, with the password in clear text.
    LdapDirectory.Settings opened(AdSettings ad) {
        byte[] sealed = settings.bindPassword();
        return settings(ad,
                sealed == null
                        ? null
                        : new String(vault.open(sealed, SealedValues.BIND_PASSWORD), StandardCharsets.UTF_8));
    }

    static LdapDirectory.Settings settings(AdSettings ad, @Nullable String bindPassword) {
        return new LdapDirectory.Settings(ad.servers(), ad.startTls(), ad.baseDn(), ad.domain(), ad.upnSuffix(),
                ad.caPem(), ad.bindUser(), bindPassword);
    }
}
