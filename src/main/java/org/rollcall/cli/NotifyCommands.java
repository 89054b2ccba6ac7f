package org.rollcall.cli;

import java.time.Clock;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.NotifyChannel.Security;
import org.rollcall.domain.RollcallException;
import org.rollcall.notify.NotifyAddresses;
import org.rollcall.notify.NotifyService;
import org.rollcall.text.Words;

@Command(name = "notify", description = "Say by mail or webhook what needs somebody.", subcommands = {
        NotifyCommands.ListChannels.class, NotifyCommands.Test.class, NotifyCommands.Remove.class,
        NotifyCommands.Webhook.class, NotifyCommands.Mail.class })
final class NotifyCommands {
    private NotifyCommands() {}

    private static Doc document(NotifyChannel channel) {
        NotifyChannel.Settings settings = channel.settings();
        Doc doc = new Doc().id("id", channel.id()).put("kind", settings.kind().name().toLowerCase(Locale.ROOT));
        if (settings.kind() == NotifyChannel.Kind.WEBHOOK) {
            doc.put("url", settings.url());
        } else {
            doc.put("server", "smtp://" + settings.host() + ":" + settings.port())
                    .put("security", settings.security().name().toLowerCase(Locale.ROOT)).put("from", settings.from())
                    .put("to", settings.to()).put("user", settings.user());
        }
        return doc.put("lastSent", channel.lastSentAt()).put("lastError", channel.lastError());
    }

    private static int answer(Session session, NotifyService.Added added, List<String> more) {
        NotifyChannel channel = added.channel();
        var lines = new java.util.ArrayList<>(
                List.of(Words.of("cli.notifyCommands.added", channel.id(), channel.settings().words()).shown()));
        lines.addAll(more);
        Doc doc = new Doc().put("notification", document(channel));
        if (added.key() != null) {
            doc.put("key", added.key());
        }
        session.out().answer(doc, lines);
        return ExitCode.DONE;
    }

    @Command(name = "list", description = "List where notifications go.")
    static final class ListChannels extends SignedInCommand {
        @Override
        int run(Session session) {
            List<NotifyChannel> channels = session.workspace().notifications().list(session.actor());
            var table = new TextTable("ID", "KIND", "TO", "LAST SENT", "LAST ERROR");
            channels.forEach(each -> table.row(Long.toString(each.id()), each.settings().kind(),
                    each.settings().words(), Text.time(each.lastSentAt()), each.lastError()));
            session.out().answer(
                    new Doc().put("notifications", channels.stream().map(NotifyCommands::document).toList()),
                    table.lines());
            return ExitCode.DONE;
        }
    }

    /// One of them, named on the command line.
    abstract static class OnChannel extends SignedInCommand {
        @Parameters(paramLabel = "ID", description = "The notification's id.")
        String id = "";

        /// @throws RollcallException INPUT: not an id
        final long number() {
            if (!id.matches("[0-9]{1,18}")) {
                throw RollcallException.input("notify.unknown", Words.of("cli.notify.unknown", id),
                        Words.of("cli.notify.unknown.remedy"));
            }
            return Long.parseLong(id);
        }
    }

    @Command(name = "test", description = "Send a test message.")
    static final class Test extends OnChannel {
        @Override
        int run(Session session) {
            NotifyChannel channel = session.workspace().notifications().test(session.actor(), number());
            session.out().answer(new Doc().put("sent", true).put("notification", document(channel)),
                    Words.of("cli.notifyCommands.sentATestTo", channel.settings().words()).shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "remove", description = "Send nothing there any more.")
    static final class Remove extends OnChannel {
        @Override
        int run(Session session) {
            session.workspace().notifications().remove(session.actor(), number());
            session.out().answer(new Doc().put("removed", id), Words.of("cli.notifyCommands.removed", id).shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "webhook", description = "Post signed JSON to an address.")
    static final class Webhook extends SignedInCommand {
        @Parameters(paramLabel = "URL", description = "https://...")
        String url = "";

        @Option(names = "--key-file", paramLabel = "F", description = "File with the key in its first line; without it one is made and shown once.")
        @Nullable
        String keyFile;

        @Override
        void check() {
            NotifyAddresses.webhook(url);
        }

        @Override
        int run(Session session) {
            String key = keyFile == null ? null : new String(Passwords.read(keyFile, Words.of("files.what.key")));
            NotifyService.Added added = session.workspace().notifications().add(session.actor(),
                    NotifyAddresses.webhook(url), key);
            return answer(session, added, added.key() == null
                    ? List.of()
                    : List.of(Words.of("cli.notifyCommands.keyShownOnlyNow", added.key()).shown()));
        }
    }

    @Command(name = "mail", description = "Send mail by an SMTP server.")
    static final class Mail extends SignedInCommand {
        @Option(names = "--server", paramLabel = "URL", required = true, description = "smtp://HOST[:PORT]")
        String server = "";

        @Option(names = "--starttls", description = "Encrypt the connection before anything is said.")
        boolean startTls;

        @Option(names = "--tls", description = "Encrypt the connection from its beginning.")
        boolean tls;

        @Option(names = "--from", paramLabel = "A", required = true, description = "The sender's address.")
        String from = "";

        @Option(names = "--to", paramLabel = "B", required = true, description = "Who gets it; may be repeated.")
        List<String> to = List.of();

        @Option(names = "--smtp-user", paramLabel = "U", description = "Signs in at the mail server.")
        @Nullable
        String user;

        @Option(names = "--smtp-password-file", paramLabel = "F", description = "File with that user's password in its first line.")
        @Nullable
        String passwordFile;

        @Option(names = "--ca-file", paramLabel = "PEM", description = "Certificates to trust besides the platform's.")
        @Nullable
        String caFile;

        @Override
        void check() {
            if (startTls && tls) {
                throw RollcallException.input("notify.security", Words.of("cli.notify.security"),
                        Words.of("cli.notify.security.remedy"));
            }
            if ((user == null) != (passwordFile == null)) {
                throw RollcallException.input("notify.user", Words.of("cli.notify.user"),
                        Words.of("cli.notify.user.remedy"));
            }
            settings();
        }

        private NotifyChannel.Settings settings() {
            return NotifyAddresses.mail(server, tls ? Security.TLS : startTls ? Security.STARTTLS : Security.NONE,
                    from, to, user, caFile == null
                            ? null
                            : new CredentialFiles(Clock.systemUTC())
                                    .certificateAuthorities(TenantCommands.path(caFile)));
        }

        @Override
        int run(Session session) {
            String password = passwordFile == null
                    ? null
                    : new String(Passwords.read(passwordFile, Words.of("files.what.password")));
            return answer(session,
                    session.workspace().notifications().add(session.actor(), settings(), password), List.of());
        }
    }
}
