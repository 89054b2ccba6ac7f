package org.rollcall.source;

import java.util.List;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// Verifies a password against Active Directory: LDAPS or StartTLS only, one controller after the other until one answers.
public interface LdapDirectory {
    /// The configuration of Active Directory.
    ///
    /// @param servers      `ldaps://host[:port]`, or `ldap://host[:port]` with `startTls`; tried in order
    /// @param baseDn       below which people are searched
    /// @param domain       NetBIOS name of the domain, for `DOMAIN
    /// ame`; null: not set
    /// @param upnSuffix    appended to short names that are bound as `name@suffix`; null: not set
    /// @param caPem        certificates trusted besides the platform's, PEM; null: none
    /// @param bindUser     account that searches; null: no search, people are bound by the name they entered
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

    /// The person whose password is to be verified, as Rollcall's directory knows them.
    ///
    /// @param samAccountName    null: unknown
    /// @param userPrincipalName null: unknown
    record Account(@Nullable String samAccountName, @Nullable String userPrincipalName) {}

    /// Binds as the person.
    ///
    /// @param account  to bind; for an unknown name, what was entered, so that the answer takes as long
    /// @param password never empty: a bind without a password always succeeds
    /// @return the address of the server that answered
    /// @throws SignInRefusedException with the outcome, code `49/DATA`; UNREACHABLE: no server answered
    /// @throws RollcallException      INPUT: an invalid address or CA, or an address without encryption
    /// @throws CancellationException  if the caller cancelled
    String prove(Settings settings, Account account, char[] password, SignInTrail trail, CallControl control);

    /// Connects to each server and, where there is a bind user, signs in as that one.
    ///
    /// @return the servers that answered; never empty
    /// @throws RollcallException OFFLINE: none could be reached or trusted; REFUSED: the bind user was refused
    List<String> check(Settings settings, CallControl control);
}
