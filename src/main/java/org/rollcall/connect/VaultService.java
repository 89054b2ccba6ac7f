package org.rollcall.connect;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;
import org.rollcall.vault.KeptBy;
import org.rollcall.vault.Vault;

/// Shows and changes where the key of the data folder is kept.
public final class VaultService {
    private final Vault vault;
    private final AuditService audit;

    public VaultService(Vault vault, AuditService audit) {
        this.vault = vault;
        this.audit = audit;
    }

    /// The state of the key.
    ///
    /// @param kept     `os`, `passphrase` or `keyfile`
    /// @param keeper   the same in words that follow "the key is kept by"
    /// @param settling something is still sealed under the previous key; that ends at the next start while no other process
    ///                 uses the data folder
    /// @param choices  the possibilities on this machine
    public record State(String kept, String keeper, boolean settling, List<String> choices) {}

    /// @throws RollcallException NOT_ALLOWED without the permission to change settings
    public State state(Actor actor) {
        actor.require(Permission.MANAGE_SETTINGS);
        Vault.State now = vault.state();
        return new State(now.by().word(), now.keeper(), now.settling(),
                Vault.choices().stream().map(KeptBy::word).toList());
    }

    /// Whether something is still sealed under the previous key. Needs no permission.
    public boolean isSettling() {
        return vault.state().settling();
    }

    /// Changes where the key is kept, generates a new key, and re-seals everything under it.
    ///
    /// @param to         one of the choices
    /// @param passphrase supplies the new passphrase if needed; its result is wiped
    /// @throws RollcallException NOT_ALLOWED; INPUT: no such choice, or the passphrase is too short; STORAGE: the key store is
    ///                           not available
    public void change(Actor actor, String to, Supplier<char[]> passphrase) {
        actor.require(Permission.MANAGE_SETTINGS);
        KeptBy kept = keptBy(to);
        String before = vault.state().by().word();
        try {
            vault.change(kept, passphrase::get);
        } catch (RollcallException e) {
            throw audit.failed(actor, "vault.change", null, null, null, e);
        }
        audit.record(actor, "vault.change", null, null, null, Map.of("from", before, "to", kept.word()), null);
    }

    /// @throws RollcallException INPUT: no such choice
    public static KeptBy keptBy(String word) {
        return KeptBy.ofWord(word).orElseThrow(() -> RollcallException.input("vault.kept",
                Words.of("connect.vault.kept", word),
                Words.of("connect.vault.kept.remedy",
                        String.join(", ", Arrays.stream(KeptBy.values()).map(KeptBy::word).toList()))));
    }
}
