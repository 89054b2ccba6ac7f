package org.rollcall.signin;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.Authority;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.text.Words;

/// The permissions of somebody as long as the way by which they signed in is enabled.
final class OpenWay implements Authority {
    private final Authority person;
    private final SignInMode mode;
    private final @Nullable Long tenantId;
    private final AuthSettingsStore settings;

    OpenWay(Authority person, SignInMode mode, @Nullable Long tenantId, AuthSettingsStore settings) {
        this.person = person;
        this.mode = mode;
        this.tenantId = tenantId;
        this.settings = settings;
    }

    @Override
    public Set<Permission> permissions() {
        AuthSettings now = settings.get();
        if (!now.isOn(mode) || (mode.isEntra() && !now.isEntraOnFor(tenantId))) {
            throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "signin.ended",
                    Words.of("signin.ended", OutsideSignIn.words(mode)), Words.of("signin.ended.remedy"));
        }
        return person.permissions();
    }

    @Override
    public Set<Permission> lastKnown() {
        return person.lastKnown();
    }

    @Override
    public void refused(Actor actor, RollcallException why) {
        person.refused(actor, why);
    }
}
