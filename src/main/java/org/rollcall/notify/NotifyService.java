package org.rollcall.notify;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.Database;
import org.rollcall.store.NotificationStore;
import org.rollcall.store.SealedValues;
import org.rollcall.text.Language;
import org.rollcall.text.Words;
import org.rollcall.vault.Vault;
import org.rollcall.webhook.WebhookClient;

/// Notifies by mail and webhook: a schedule that failed, was stopped by a guard or recovered, a credential that expires or is
/// refused. One message for each subject until its state changes, across restarts; failed deliveries are retried with growing
/// delays.
public final class NotifyService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyService.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int KEY_BYTES = 32;

    private final Database database;
    private final NotificationStore store;
    private final Vault vault;
    private final AuditService audit;
    private final OpenNotices open;
    private final Map<NotifyChannel.Kind, Sender> senders;
    private final Supplier<Language> language;
    private final Clock clock;
    private final Map<Long, Wait> waiting = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService looking;

    /// No delivery is attempted before `until`.
    private record Wait(Duration length, Instant until) {}

    /// @param language of the messages; read each time, so that the service follows the setting of a window
    public NotifyService(Database database, Vault vault, AuditService audit, Supplier<Language> language, Clock clock) {
        this(database, vault, audit, language, clock, Map.of(NotifyChannel.Kind.MAIL, new MailSender(),
                NotifyChannel.Kind.WEBHOOK, new WebhookSender(WebhookClient.PATIENCE)));
    }

    NotifyService(Database database, Vault vault, AuditService audit, Supplier<Language> language, Clock clock,
            Map<NotifyChannel.Kind, Sender> senders) {
        this.database = database;
        this.store = new NotificationStore(database);
        this.vault = vault;
        this.audit = audit;
        this.open = new OpenNotices(database, clock);
        this.senders = senders;
        this.language = language;
        this.clock = clock;
    }

    /// Oldest first.
    public List<NotifyChannel> list(Actor actor) {
        actor.require(Permission.MANAGE_SETTINGS);
        return store.list();
    }

    /// A channel and its signing key.
    ///
    /// @param key generated here, to be shown once; null: it was given
    public record Added(NotifyChannel channel, @Nullable String key) {}

    /// @param secret the mail server's password, or the webhook's key; null: no password, or a key is generated
    public Added add(Actor actor, NotifyChannel.Settings settings, @Nullable String secret) {
        actor.require(Permission.MANAGE_SETTINGS);
        String made = secret == null && settings.kind() == NotifyChannel.Kind.WEBHOOK ? newKey() : null;
        String sealed = secret == null ? made : secret;
        return database.transaction(() -> {
            NotifyChannel channel = store.insert(settings, actor.name(), clock.instant());
            if (sealed != null) {
                store.setSealed(channel.id(),
                        vault.seal(sealed.getBytes(StandardCharsets.UTF_8), SealedValues.ofChannel(channel.id())));
            }
            audit.record(actor, "notify.add", "NOTIFICATION", String.valueOf(channel.id()), settings.words(), Map.of(),
                    null);
            return new Added(channel, made);
        });
    }

    private static String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    public void remove(Actor actor, long id) {
        actor.require(Permission.MANAGE_SETTINGS);
        NotifyChannel channel = find(id);
        database.transaction(() -> {
            store.delete(id);
            audit.record(actor, "notify.remove", "NOTIFICATION", String.valueOf(id), channel.settings().words(),
                    Map.of(), null);
        });
    }

    /// Sends a test message.
    ///
    /// @throws RollcallException OFFLINE, REFUSED: delivery failed; INPUT: there is no such channel
    public NotifyChannel test(Actor actor, long id) {
        actor.require(Permission.MANAGE_SETTINGS);
        NotifyChannel channel = find(id);
        var notice = new Notice("test", "", "test", Words.of("notify.notifyService.testOfNotifications"),
                Words.of("notify.notifyService.thisIsATestThat", actor.name()), clock.instant());
        try {
            send(channel, notice);
        } catch (RollcallException e) {
            store.failed(id, e.message());
            throw audit.failed(actor, "notify.test", "NOTIFICATION", String.valueOf(id), channel.settings().words(),
                    e);
        }
        audit.record(actor, "notify.test", "NOTIFICATION", String.valueOf(id), channel.settings().words(), Map.of(),
                null);
        return find(id);
    }

    private NotifyChannel find(long id) {
        return store.byId(id).orElseThrow(() -> RollcallException.input("notify.unknown",
                Words.of("notify.unknown", id), Words.of("notify.unknown.remedy"))
                .onCommandLine(Words.of("notify.unknown.remedy.cli")));
    }

    private void send(NotifyChannel channel, Notice notice) {
        byte[] secret = store.sealed(channel.id())
                .map(sealed -> vault.open(sealed, SealedValues.ofChannel(channel.id())))
                .orElse(new byte[0]);
        java.util.Objects.requireNonNull(senders.get(channel.settings().kind())).send(channel.settings(), secret,
                notice, language.get());
        store.sent(channel.id(), clock.instant());
    }

    /// Sends pending messages, now and every minute, on its own thread. Called by the process that runs the schedules.
    public synchronized void start() {
        if (looking == null) {
            looking = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("notifications").factory());
            looking.scheduleWithFixedDelay(this::tellQuietly, 0, LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /// Sends at once instead of within a minute.
    public synchronized void wake() {
        if (looking != null) {
            try {
                looking.execute(this::tellQuietly);
            } catch (RejectedExecutionException e) {
                LOG.debug("Notifications have ended", e);
            }
        }
    }

    public synchronized void stop() {
        if (looking != null) {
            looking.shutdownNow();
            looking = null;
        }
    }

    private void tellQuietly() {
        try {
            tell();
        } catch (RuntimeException e) {
            LOG.warn("What is to be told could not be looked up", e);
        }
    }

    /// The present notices, whether there is a channel or not. For the desktop of the data folder's owner.
    public List<Notice> open() {
        return open.list();
    }

    /// Sends new notices to all channels.
    void tell() {
        List<NotifyChannel> channels = store.list();
        if (channels.isEmpty()) {
            return;
        }
        List<Notice> notices = open.list();
        for (NotifyChannel channel : channels) {
            Wait wait = waiting.get(channel.id());
            // A delay longer than the maximum was stored before the clock was set back.
            if (wait == null || !wait.until().isAfter(clock.instant())
                    || wait.until().isAfter(clock.instant().plus(LONGEST_WAIT))) {
                tell(channel, notices);
            }
        }
    }

    private void tell(NotifyChannel channel, List<Notice> notices) {
        try {
            Map<String, String> told = store.told(channel.id());
            for (Notice notice : notices) {
                if (!notice.fingerprint().equals(told.remove(notice.matter()))) {
                    send(channel, notice);
                    store.setTold(channel.id(), notice.matter(), notice.fingerprint(), clock.instant());
                }
            }
            for (String over : told.keySet()) {
                Notice recovered = over.startsWith(OpenNotices.SCHEDULE) ? open.recovered(over) : null;
                if (recovered != null) {
                    send(channel, recovered);
                }
                store.setTold(channel.id(), over, null, clock.instant());
            }
            waiting.remove(channel.id());
        } catch (RollcallException e) {
            Wait before = waiting.get(channel.id());
            Duration length = before == null ? FIRST_WAIT : before.length().multipliedBy(2);
            Duration shorter = length.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : length;
            waiting.put(channel.id(), new Wait(shorter, clock.instant().plus(shorter)));
            LOG.warn("A notification to channel {} was not delivered: {}", channel.id(), e.message());
            store.failed(channel.id(), e.message());
        }
    }

    @Override
    public void close() {
        stop();
    }
}
