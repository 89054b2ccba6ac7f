package org.rollcall.source;

import java.util.List;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// Proves a password against Active Directory: LDAPS or StartTLS only, one controller after the other until one answers.
public interface LdapDirectory {
    /// How Active Directory is reached.
    ///
    /// @param servers      `ldaps://host[:port]`, or `ldap://host[:port]` with `startTls`; tried in order
    /// @param baseDn       where people are searched
    /// @param domain       NetBIOS name of the domain, for `DOMAIN\name`; null: not said
    /// @param upnSuffix    appended to short names that are bound as `name@suffix`; null: not said
    /// @param caPem        certificates trusted besides the platform's, PEM; null: none
    /// @param bindUser     account that searches; null: nobody searches, people are bound by the name they typed
    /// @param bindPassword of `bindUser`
    record Settings(List<String> servers, boolean startTls, String baseDn, @Nullable String domain,
            @Nullable String upnSuffix, @Nullable String caPem, @Nullable String bindUser,
            @Nullable String bindPassword) {
        public Settings {
            servers = List.copyOf(servers);
        }

        @Override
        public String toString() {
            return "Active Directory at " + servers;
        }
    }

    /// The person whose password is to be proved, as the directory of Rollcall knows them.
    ///
    /// @param samAccountName    null: not known
    /// @param userPrincipalName null: not known
    record Account(@Nullable String samAccountName, @Nullable String userPrincipalName) {}

    /// Binds as the person.
    ///
    /// @param account  whom to bind; for somebody unknown here, what was typed, so that the answer takes as long
    /// @param password never empty: a bind without password succeeds for anybody
    /// @return the address of the server that answered
    /// @throws SignInRefusedException with the outcome, code `49/DATA`; UNREACHABLE: no server answered
    /// @throws RollcallException      INPUT: an address or CA that cannot be read, or one without encryption
    /// @throws CancellationException  the caller wanted to stop
    String prove(Settings settings, Account account, char[] password, SignInTrail trail, CallControl control);

    /// Connects to each server and, where there is a bind user, signs in as that one.
    ///
    /// @return the servers that answered; never empty
    /// @throws RollcallException OFFLINE: none could be reached or trusted; REFUSED: the bind user was refused
    List<String> check(Settings settings, CallControl control);
}
