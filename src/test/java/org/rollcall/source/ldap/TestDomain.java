package org.rollcall.source.ldap;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldif.LDIFException;
import org.jspecify.annotations.Nullable;

/// A domain controller in memory that answers binds as Active Directory does: by any of the three names, with data codes.
public final class TestDomain implements AutoCloseable {
    public static final String BASE = "dc=corp,dc=example";
    public static final String SEARCHER = "cn=searcher," + BASE;

    public final List<String> binds = new CopyOnWriteArrayList<>();
    final List<String> filters = new CopyOnWriteArrayList<>();
    /// By the DN's common name: what a right or wrong password is answered with.
    public final Map<String, LDAPException> answers = new HashMap<>();
    volatile @Nullable LDAPException searchAnswer;
    private final InMemoryDirectoryServer server;

    public TestDomain(TestAuthority authority, String host) throws LDAPException {
        this(authority, host, true);
    }

    TestDomain(TestAuthority authority, String host, boolean withPlain) throws LDAPException {
        var config = new InMemoryDirectoryServerConfig(BASE);
        config.setSchema(null);
        config.addInMemoryOperationInterceptor(new ActiveDirectory());
        var context = authority.server(host);
        var loopback = InetAddress.getLoopbackAddress();
        var listeners = new ArrayList<InMemoryListenerConfig>();
        listeners.add(InMemoryListenerConfig.createLDAPSConfig("tls", loopback, 0, context.getServerSocketFactory(),
                context.getSocketFactory()));
        if (withPlain) {
            listeners.add(InMemoryListenerConfig.createLDAPConfig("plain", loopback, 0, context.getSocketFactory()));
        }
        config.setListenerConfigs(listeners);
        server = new InMemoryDirectoryServer(config);
        add("dn: " + BASE, "objectClass: domain", "dc: corp");
        add("dn: " + SEARCHER, "objectClass: person", "cn: searcher", "userPassword: look-it-up");
        person("ada", "Ada-1");
        person("bo", "Bo-1");
        server.startListening();
    }

    public void person(String name, String password) throws LDAPException {
        person(name, name + "@corp.example", password);
    }

    /// Somebody whose principal name is not made of the account name.
    public void person(String name, String principal, String password) throws LDAPException {
        add("dn: cn=" + name + "," + BASE, "objectClass: person", "cn: " + name, "sAMAccountName: " + name,
                "userPrincipalName: " + principal, "userPassword: " + password);
    }

    void twin(String sam) throws LDAPException {
        add("dn: cn=twin of " + sam + "," + BASE, "objectClass: person", "cn: twin of " + sam,
                "sAMAccountName: " + sam, "userPassword: Twin-1");
    }

    private void add(String... ldif) throws LDAPException {
        try {
            server.add(ldif);
        } catch (LDIFException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public String tls() {
        return "ldaps://localhost:" + server.getListenPort("tls");
    }

    public String plain() {
        return "ldap://localhost:" + server.getListenPort("plain");
    }

    /// What Active Directory says for a data code.
    public static LDAPException data(String code) {
        return new LDAPException(ResultCode.INVALID_CREDENTIALS,
                "80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data " + code + ", v4563");
    }

    @Override
    public void close() {
        server.shutDown(true);
    }

    private final class ActiveDirectory extends InMemoryOperationInterceptor {
        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind) throws LDAPException {
            String name = bind.getRequest().getBindDN();
            binds.add(name);
            String lower = name.toLowerCase(Locale.ROOT);
            String common = lower.startsWith("cn=")
                    ? lower.substring(3, Math.max(3, lower.indexOf(',')))
                    : lower.startsWith("corp\\")
                            ? lower.substring(5)
                            : lower.endsWith("@corp.example") ? lower.substring(0, lower.indexOf('@')) : null;
            if (common == null) {
                throw data("52e");
            }
            LDAPException answer = answers.get(common);
            if (answer != null) {
                throw answer;
            }
            bind.setRequest(new SimpleBindRequest("cn=" + common + "," + BASE,
                    bind.getRequest().getPassword().getValue()));
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest search) throws LDAPException {
            filters.add(search.getRequest().getFilter().toString());
            LDAPException answer = searchAnswer;
            if (answer != null) {
                throw answer;
            }
        }
    }
}
