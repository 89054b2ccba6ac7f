package org.rollcall.app;

import java.nio.file.Path;
import java.util.List;

import org.slf4j.LoggerFactory;

import org.rollcall.cli.Workspaces;
import org.rollcall.connect.VaultService;
import org.rollcall.domain.RollcallException;
import org.rollcall.vault.KeptBy;
import org.rollcall.vault.Passphrase;
import org.rollcall.vault.Vault;

/// What is to keep the key of a data folder that is being made.
///
/// @param by         tried in this order; the last one's refusal counts
/// @param passphrase the new one, if a passphrase is to keep it
record VaultChoice(List<KeptBy> by, Passphrase passphrase) {
    static final VaultChoice KEYFILE = new VaultChoice(List.of(KeptBy.KEYFILE), Passphrase.NONE);

    static VaultChoice of(KeptBy by, Passphrase passphrase) {
        return new VaultChoice(List.of(by), passphrase);
    }

    static VaultChoice of(Workspaces.NewVault vault) {
        return vault.kept() == null ? KEYFILE : of(VaultService.keptBy(vault.kept()), vault.passphrase()::get);
    }

    /// At the first start of the window: the operating system where it can, and a file otherwise.
    static VaultChoice ofWindow() {
        return Vault.choices().contains(KeptBy.OS)
                ? new VaultChoice(List.of(KeptBy.OS, KeptBy.KEYFILE), Passphrase.NONE)
                : KEYFILE;
    }

    /// @param earlier keys under which things are sealed that come into the folder
    void make(Path folder, List<byte[]> earlier) {
        for (KeptBy each : by.subList(0, by.size() - 1)) {
            try {
                Vault.make(folder, each, passphrase, earlier);
                return;
            } catch (RollcallException e) {
                LoggerFactory.getLogger(VaultChoice.class).info("The key cannot be kept by {}", each.word(), e);
            }
        }
        Vault.make(folder, by.getLast(), passphrase, earlier);
    }
}
