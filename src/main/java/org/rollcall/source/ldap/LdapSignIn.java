package org.rollcall.source.ldap;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import javax.net.ssl.SSLSocketFactory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.CallControl;
import org.rollcall.source.LdapDirectory;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.source.SignInTrail.Step;
import org.rollcall.source.Trust;
import org.rollcall.text.Words;

/// Binds people at Active Directory, over LDAPS or after StartTLS.
///
/// With a bind user, the person is searched below the base and bound by the distinguished name of the only match. If there is
/// no match, a bind is sent as well, so that the time does not reveal which names exist. Without a bind user the person is
/// bound by name ([BindName#direct]). A server that cannot be reached, is not trusted or reports to be busy is skipped; any
/// other answer is final, since asking the next server would count as another wrong attempt.
public final class LdapSignIn implements LdapDirectory {
    private static final int LONGEST_PASSWORD = 1_024;
    private static final String NO_ATTRIBUTES = "1.1";
    /// Results that another server may improve on.
    private static final Set<ResultCode> TRY_NEXT = Set.of(ResultCode.BUSY, ResultCode.UNAVAILABLE,
            ResultCode.SERVER_DOWN, ResultCode.CONNECT_ERROR, ResultCode.TIMEOUT, ResultCode.DECODING_ERROR,
            ResultCode.LOCAL_ERROR);

    private final Controller.Limits limits;

    public LdapSignIn() {
        this(Controller.Limits.USUAL);
    }

    LdapSignIn(Controller.Limits limits) {
        this.limits = limits;
    }

    /// An operation that runs on the first server that answers.
    private interface Question<T> {
        T ask(Controller controller, ServerAddress server) throws LDAPException;
    }

    @Override
    public String prove(Settings settings, Account account, char[] password, SignInTrail trail, CallControl control) {
        if (password.length == 0 || password.length > LONGEST_PASSWORD || contains(password, '\0')) {
            throw BindRefusals.wrongPassword();
        }
        if (!BindName.isPossible(account)) {
            throw BindRefusals.unknown();
        }
        byte[] secret = bytes(password);
        try {
            return first(settings, control, (controller, server) -> {
                trail.passed(Step.ADDRESS,
                        Words.of("directory.ldapSignIn.answersAndItsCertificateIs", server).english());
                bind(settings, account, secret, controller);
                trail.passed(Step.AUTHENTICATION,
                        Words.of("directory.ldapSignIn.activeDirectoryAcceptedThePassword").english());
                return server.toString();
            });
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static void bind(Settings settings, Account account, byte[] secret, Controller controller)
            throws LDAPException {
        String user = settings.bindUser();
        if (user == null || user.isBlank()) {
            String name = BindName.direct(settings, account);
            if (name == null) {
                throw BindRefusals.unknown();
            }
            bindPerson(controller, name, secret);
            return;
        }
        bindSearcher(settings, user, controller);
        DN found = search(settings, account, controller);
        if (found == null) {
            try {
                bindPerson(controller, new DN(new RDN("cn", UUID.randomUUID().toString()), new DN(settings.baseDn()))
                        .toString(), secret);
            } catch (SignInRefusedException e) {
                throw BindRefusals.unknown();
            }
            throw BindRefusals.unknown();
        }
        bindPerson(controller, found.toString(), secret);
    }

    private static void bindPerson(Controller controller, String name, byte[] secret) throws LDAPException {
        try {
            controller.ask(connection -> connection.bind(new SimpleBindRequest(name, secret)));
        } catch (LDAPException e) {
            if (TRY_NEXT.contains(e.getResultCode())) {
                throw e;
            }
            throw BindRefusals.of(e);
        }
    }

    private static void bindSearcher(Settings settings, String user, Controller controller) throws LDAPException {
        String password = settings.bindPassword();
        if (password == null || password.isEmpty()) {
            throw searcherRefused(null, null);
        }
        try {
            controller.ask(connection -> connection.bind(new SimpleBindRequest(user.strip(), password)));
        } catch (LDAPException e) {
            if (TRY_NEXT.contains(e.getResultCode())) {
                throw e;
            }
            throw searcherRefused(BindRefusals.of(e).directoryCode(), e);
        }
    }

    private static SignInRefusedException searcherRefused(@Nullable String code, @Nullable LDAPException cause) {
        return new SignInRefusedException(SignInOutcome.REFUSED, code,
                Words.of("directory.ldapSignIn.refused"),
                Words.of("directory.ldapSignIn.refused.remedy"), cause);
    }

    /// @return null: nobody has that name
    private static @Nullable DN search(Settings settings, Account account, Controller controller)
            throws LDAPException {
        Filter filter = BindName.filter(account);
        var request = new SearchRequest(settings.baseDn(), SearchScope.SUB, filter, NO_ATTRIBUTES);
        request.setSizeLimit(2);
        request.setFollowReferrals(false);
        List<SearchResultEntry> entries;
        try {
            entries = controller.ask(connection -> connection.search(request)).getSearchEntries();
        } catch (LDAPSearchException e) {
            if (TRY_NEXT.contains(e.getResultCode())) {
                throw e;
            }
            if (!e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                throw new SignInRefusedException(SignInOutcome.REFUSED,
                        Integer.toString(e.getResultCode().intValue()),
                        Words.of("directory.ldapSignIn.refused2", settings.baseDn()),
                        Words.of("directory.ldapSignIn.refused2.remedy"), e);
            }
            entries = e.getSearchEntries();
        }
        if (entries.size() > 1) {
            throw new SignInRefusedException(SignInOutcome.REFUSED, null,
                    Words.of("directory.ldapSignIn.refused3", settings.baseDn()),
                    Words.of("directory.ldapSignIn.refused3.remedy"), null);
        }
        return entries.isEmpty() ? null : entries.getFirst().getParsedDN();
    }

    @Override
    public List<String> check(Settings settings, CallControl control) {
        SSLSocketFactory sockets = Trust.of(settings.caPem()).sockets();
        var answered = new ArrayList<String>();
        var trouble = new ArrayList<String>();
        String user = settings.bindUser();
        for (ServerAddress server : servers(settings)) {
            try (var controller = Controller.connect(server, sockets, limits, control)) {
                controller.ask(connection -> connection.getRootDSE());
                if (user != null && !user.isBlank()) {
                    bindSearcher(settings, user, controller);
                }
                answered.add(server.toString());
            } catch (SignInRefusedException e) {
                throw new RollcallException(ErrorKind.REFUSED, "ad.bind-user",
                        Words.of("directory.ad.bind-user",
                                e.directoryCode() == null
                                        ? Words.verbatim("")
                                        : Words.of("directory.ad.bind-user.part.else", e.directoryCode())),
                        Words.of("directory.ad.bind-user.remedy"), e.details(), e);
            } catch (LDAPException e) {
                trouble.add(describe(server, e));
            }
        }
        if (answered.isEmpty()) {
            throw new RollcallException(ErrorKind.OFFLINE, "ad.unreachable", unreachable(trouble), REACH, Map.of(),
                    null);
        }
        return List.copyOf(answered);
    }

    private static final Words REACH = Words.of("directory.ldapSignIn.reach");

    private <T> T first(Settings settings, CallControl control, Question<T> question) {
        SSLSocketFactory sockets = Trust.of(settings.caPem()).sockets();
        var trouble = new ArrayList<String>();
        LDAPException last = null;
        for (ServerAddress server : servers(settings)) {
            try (var controller = Controller.connect(server, sockets, limits, control)) {
                return question.ask(controller, server);
            } catch (LDAPException e) {
                trouble.add(describe(server, e));
                last = e;
            }
        }
        throw new SignInRefusedException(SignInOutcome.UNREACHABLE, null, unreachable(trouble), REACH, last);
    }

    private static List<ServerAddress> servers(Settings settings) {
        if (settings.servers().isEmpty()) {
            throw RollcallException.input("ad.servers", Words.of("directory.ad.servers"),
                    Words.of("directory.ad.servers.remedy"));
        }
        return settings.servers().stream().map(text -> ServerAddress.parse(text, settings.startTls())).toList();
    }

    private static Words unreachable(List<String> trouble) {
        return Words.of("directory.ad.unreachable", String.join("; ", trouble));
    }

    private static String describe(ServerAddress server, LDAPException failure) {
        if (Controller.isDistrust(failure)) {
            return Words.of("directory.ldapSignIn.hasACertificateThatIs", server).english();
        }
        return server + (failure.getResultCode().equals(ResultCode.BUSY)
                || failure.getResultCode().equals(ResultCode.UNAVAILABLE)
                        ? Words.of("directory.ldapSignIn.isBusy").english()
                        : Words.of("directory.ldapSignIn.doesNotAnswer").english());
    }

    private static boolean contains(char[] text, char wanted) {
        for (char c : text) {
            if (c == wanted) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }
}
