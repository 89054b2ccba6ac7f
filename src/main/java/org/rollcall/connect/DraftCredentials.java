package org.rollcall.connect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Connection.Credential;
import org.rollcall.store.SealedValues;
import org.rollcall.store.SettingStore;
import org.rollcall.vault.Vault;

/// Stores the certificate of a tenant that is being connected, including its sealed key: the public half is uploaded to the
/// portal meanwhile, which may take days and a restart of the program.
public final class DraftCredentials {
    private static final String KEY = SealedValues.DRAFT_CERTIFICATE;
    private static final String MADE = "made";
    private static final String CHOSEN = "chosen";
    private static final String PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----";

    private final SettingStore settings;
    private final Vault vault;

    /// A certificate with its key.
    ///
    /// @param made generated here, not read from a file
    public record Kept(NewCredential credential, boolean made) {}

    public DraftCredentials(SettingStore settings, Vault vault) {
        this.settings = settings;
        this.vault = vault;
    }

    /// Stores it, replacing an earlier one.
    ///
    /// @param draft the draft's id
    /// @throws IllegalArgumentException if it is no certificate, the only kind that is stored
    public void keep(Actor actor, String draft, NewCredential credential, boolean made) {
        actor.require(Permission.MANAGE_TENANTS);
        if (!(credential.credential() instanceof Credential.Certificate(String certificate, String key))) {
            throw new IllegalArgumentException("not a certificate: " + credential.credential());
        }
        String text = String.join("\n", made ? MADE : CHOSEN, Objects.toString(credential.thumbprint(), ""),
                Objects.toString(credential.expiresAt(), ""), certificate + key);
        settings.put(KEY + draft, Base64.getEncoder()
                .encodeToString(vault.seal(text.getBytes(StandardCharsets.UTF_8), KEY + draft)));
    }

    /// @return empty if there is none, or it can no longer be opened
    public Optional<Kept> kept(Actor actor, String draft) {
        actor.require(Permission.MANAGE_TENANTS);
        return settings.get(KEY + draft).flatMap(sealed -> open(sealed, draft));
    }

    private Optional<Kept> open(String sealed, String draft) {
        try {
            String[] parts = new String(vault.open(Base64.getDecoder().decode(sealed), KEY + draft),
                    StandardCharsets.UTF_8).split("\n", 4);
            int key = parts[3].indexOf(PRIVATE_KEY);
            var certificate = new Credential.Certificate(parts[3].substring(0, key), parts[3].substring(key));
            return Optional.of(new Kept(new NewCredential(certificate, parts[1].isEmpty() ? null : parts[1],
                    parts[2].isEmpty() ? null : Instant.parse(parts[2])), parts[0].equals(MADE)));
        } catch (RollcallException e) {
            // The data folder was restored without its key file; a new certificate is quickly generated.
            return Optional.empty();
        }
    }

    /// Called once it is stored with its tenant or no longer wanted.
    public void forget(Actor actor, String draft) {
        actor.require(Permission.MANAGE_TENANTS);
        settings.remove(KEY + draft);
    }
}
