package org.rollcall.source.entra;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.MsalClientException;
import com.microsoft.aad.msal4j.MsalServiceException;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.text.Words;

/// Waits for msal4j's result, checking for cancellation, and translates its errors.
///
/// @param application the token is for an application, so a browser is no remedy
record TokenWait(TokenHttp http, String authorityUrl, boolean application) {
    private static final long CANCEL_CHECK_MILLIS = 200;

    TokenWait(TokenHttp http, String authorityUrl) {
        this(http, authorityUrl, false);
    }

    /// As [#result(CompletableFuture,CallControl)], up to `limit`.
    ///
    /// @throws TransientFault if a retry may help
    IAuthenticationResult result(CompletableFuture<IAuthenticationResult> future, CallControl control,
            Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        return result(future, control, () -> {
            if (System.nanoTime() - end >= 0) {
                throw new RollcallException(ErrorKind.OFFLINE, "network.slow",
                        Words.of("directory.network.slow", http.host()),
                        Words.of("directory.network.slow.remedy"), Map.of("host", http.host()), null);
            }
        });
    }

    /// Waits for a person, without a timeout.
    ///
    /// @throws TransientFault if a retry may help
    IAuthenticationResult result(CompletableFuture<IAuthenticationResult> future, CallControl control) {
        return result(future, control, () -> {});
    }

    private IAuthenticationResult result(CompletableFuture<IAuthenticationResult> future, CallControl control,
            Runnable look) {
        while (true) {
            try {
                return future.get(CANCEL_CHECK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                try {
                    control.checkCancelled();
                    look.run();
                } catch (CancellationException | RollcallException cancelled) {
                    stop(future);
                    throw cancelled;
                }
            } catch (InterruptedException e) {
                stop(future);
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            } catch (ExecutionException e) {
                throw translate(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    /// msal4j stops polling and listening when its future is done.
    private void stop(CompletableFuture<IAuthenticationResult> future) {
        future.cancel(true);
        http.cancel();
    }

    private RuntimeException translate(Throwable failure) {
        CancellationException cancelled = NetworkErrors.find(failure, CancellationException.class);
        if (cancelled != null) {
            return cancelled;
        }
        // Our own exception, thrown inside the HTTP client and wrapped by msal4j.
        TransientFault fault = NetworkErrors.find(failure, TransientFault.class);
        if (fault != null) {
            return fault;
        }
        RollcallException known = NetworkErrors.find(failure, RollcallException.class);
        if (known != null) {
            return known;
        }
        String text = String.valueOf(failure.getMessage());
        if (failure instanceof MsalServiceException service) {
            if ("authorization_declined".equals(service.errorCode())) {
                return refused("entra.consent.declined", Words.of("directory.entra.consent.declined.tokenWait"),
                        Words.of("directory.entra.consent.declined.remedy"));
            }
            return AadErrors.of(text, service.errorCode(), authorityUrl, http.clockDifference(), application);
        }
        if (AadErrors.number(text) > 0) {
            return AadErrors.of(text, null, authorityUrl, http.clockDifference(), application);
        }
        if (failure instanceof MsalClientException client && "code_expired".equals(client.errorCode())) {
            return refused("entra.code.expired", Words.of("directory.entra.code.expired.tokenWait"),
                    Words.of("directory.entra.code.expired.remedy"));
        }
        if (failure instanceof MsalClientException client && client.errorCode() != null
                && (client.errorCode().equals("invalid_authorization_result")
                        || client.errorCode().equals("authorization_timeout"))) {
            return refused("entra.browser.ended", Words.of("directory.entra.browser.ended"),
                    Words.of("directory.entra.browser.ended.remedy"));
        }
        return new RollcallException(ErrorKind.REFUSED, "entra.answer",
                Words.of("directory.entra.answer"),
                Words.of("directory.entra.answer.remedy"),
                Map.of("error", failure.getClass().getSimpleName()), failure);
    }

    private static RollcallException refused(String code, Words message, Words remedy) {
        return new RollcallException(ErrorKind.REFUSED, code, message, remedy);
    }
}
