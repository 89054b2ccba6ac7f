package org.rollcall.sample;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import org.rollcall.sample.SamplePeople.Person;

/// Only the identity half behind HTTPS, with six people: small enough to know everyone by name.
final class LoopbackServer implements AutoCloseable {
    static final String TENANT = "c0ffee00-1111-4222-8333-444455556666";
    static final String CLIENT = "11111111-2222-4333-8444-555566667777";
    static final String SECRET = "abc~Sample.Secret_0123456789-ABCDEFGHIJK";
    static final String PASSWORD = "Correct-Horse-1";
    static final String ADA = "ada@contoso.example";
    static final String BO = "bo@contoso.example";
    static final String OFF = "off@contoso.example";
    static final String MFA = "mfa@contoso.example";
    static final String GUEST = "gus_fabrikam.example#EXT#@contoso.onmicrosoft.com";

    /// Ada is the Global Administrator; Bo is nobody special; the others are what their names say.
    private static final List<Person> PEOPLE = List.of(
            new Person("a0000000-0000-4000-8000-000000000001", ADA, "Ada Admin", true, false, false, true),
            new Person("a0000000-0000-4000-8000-000000000002", BO, "Bo Boberg", true, false, false, false),
            new Person("a0000000-0000-4000-8000-000000000003", OFF, "Off Duty", false, false, false, false),
            new Person("a0000000-0000-4000-8000-000000000004", MFA, "Mia Factor", true, false, true, false),
            new Person("a0000000-0000-4000-8000-000000000005", GUEST, "Gus Guest", true, true, false, false));

    final SampleClock clock = new SampleClock();
    final SampleIdentity identity;
    final SSLContext trust;
    private final HttpsServer server;
    private final AtomicReference<String> origin = new AtomicReference<>("");

    LoopbackServer() throws IOException, GeneralSecurityException {
        KeyStore store = serverCertificate();
        trust = SSLContext.getInstance("TLS");
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        trust.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(trust));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        origin.set("https://localhost:" + server.getAddress().getPort());
        identity = new SampleIdentity(
                SampleIdentity.Settings.of(this::origin, TENANT, "Contoso",
                        List.of("contoso.example", "contoso.onmicrosoft.com"), CLIENT, SECRET, PASSWORD),
                clock, new SamplePeople() {
                    @Override
                    public Optional<Person> byUserName(String name) {
                        return PEOPLE.stream().filter(p -> p.userPrincipalName().equalsIgnoreCase(name)).findFirst();
                    }

                    @Override
                    public Optional<Person> byObjectId(String id) {
                        return PEOPLE.stream().filter(p -> p.objectId().equals(id)).findFirst();
                    }
                });
        server.createContext("/", this::serve);
        server.start();
    }

    String origin() {
        return String.valueOf(origin.get());
    }

    String authority() {
        return origin() + "/" + TENANT + "/";
    }

    HttpClient http() {
        return HttpClient.newBuilder().sslContext(trust).build();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new SampleRequest(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                    query(exchange.getRequestURI().getRawQuery()), exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            SampleResponse answer;
            try {
                answer = identity.handleLogin(request);
                if (answer == null) {
                    answer = identity.handleRegistration(request, identity.authenticate(request));
                }
            } catch (GraphFault fault) {
                var error = JsonNodeFactory.instance.objectNode();
                error.putObject("error").put("code", fault.code()).put("message", fault.getMessage());
                answer = SampleResponse.json(fault.status(), error);
            }
            if (answer == null) {
                answer = SampleResponse.empty(404);
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body() == null ? -1 : 0);
            if (answer.body() != null) {
                answer.body().write(exchange.getResponseBody());
            }
        }
    }

    private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
        var map = new LinkedHashMap<String, String>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int eq = pair.indexOf('=');
                if (eq > 0) {
                    map.put(URLDecoder.decode(pair.substring(0, eq), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(eq + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return map;
    }

    private static KeyStore serverCertificate() throws IOException, GeneralSecurityException {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            var name = new X500Name("CN=localhost");
            var builder = new JcaX509v3CertificateBuilder(name, BigInteger.ONE,
                    Date.from(Instant.now().minus(Duration.ofDays(1))),
                    Date.from(Instant.now().plus(Duration.ofDays(9))), name, pair.getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            var certificate = new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", pair.getPrivate(), new char[0],
                    new java.security.cert.Certificate[]{ certificate });
            store.setCertificateEntry("ca", certificate);
            return store;
        } catch (org.bouncycastle.operator.OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
