package org.rollcall.source.entra;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.core.requests.options.GraphClientOption;
import com.microsoft.kiota.http.middleware.RedirectHandler;
import com.microsoft.kiota.http.middleware.RetryHandler;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

import org.rollcall.source.Connection;
import org.rollcall.source.Trust;

/// The HTTP clients of one connection: the same trust, proxy and timeouts for the login service and for Graph.
///
/// Retries and redirects are disabled in both: retries belong to [Patience], where a person can watch and cancel them, and
/// redirects are not followed at all. A call to Graph has no overall timeout, since it would include the SDK's waits
/// ([Watchdog] limits it); answers of the login service are small and limited to [#SMALL].
/// ([Watchdog] looks after it); the login service's answers are small and come within [#SMALL] or not at all.
final class HttpClients {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration SMALL = Duration.ofSeconds(60);

    private HttpClients() {}

    static OkHttpClient forLogin(Connection connection, @Nullable ProxyAddress proxy) {
        return build(new OkHttpClient.Builder(), connection, proxy).newBuilder().callTimeout(SMALL).build();
    }

    /// @param underWay  sees every call as it starts
    /// @param onTheWire sees every request that is sent
    static OkHttpClient forGraph(Connection connection, @Nullable ProxyAddress proxy, Interceptor underWay,
            Interceptor onTheWire) {
        List<Interceptor> interceptors = new ArrayList<>(
                Arrays.asList(GraphClientFactory.createDefaultGraphInterceptors(new GraphClientOption())));
        interceptors.removeIf(one -> one instanceof RetryHandler || one instanceof RedirectHandler);
        interceptors.addFirst(underWay);
        return build(GraphClientFactory.create(interceptors).addNetworkInterceptor(onTheWire), connection, proxy);
    }

    private static OkHttpClient build(OkHttpClient.Builder client, Connection connection,
            @Nullable ProxyAddress proxy) {
        Trust trust = Trust.of(connection.caPem());
        client.sslSocketFactory(trust.sockets(), trust)
                .connectTimeout(CONNECT).readTimeout(IDLE).writeTimeout(IDLE).callTimeout(Duration.ZERO)
                .followRedirects(false).followSslRedirects(false);
        if (proxy != null) {
            proxy.applyTo(client);
        }
        return client.build();
    }

    static void close(OkHttpClient client) {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
