package org.rollcall.audit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

import org.rollcall.domain.RollcallException;
import org.rollcall.store.AuditStore;
import org.rollcall.text.Words;
import org.rollcall.webhook.WebhookAddress;

/// A place outside of the data folder that is told the end of the audit chain now and then: number, hash and time. Whoever can
/// change the folder, with every key, cannot change what was told there before.
sealed interface AuditAnchor permits FileAnchor, SyslogAnchor, WebhookAnchor {
    /// What is meant as an address, well-formed or not, and never becomes a file of that name. A drive has one letter.
    Pattern ADDRESS = Pattern.compile("\\s*(?:[a-z][a-z0-9+.-]+://|(?:syslog(?:\\+[a-z]*)?|https?):).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    int LONGEST_ADDRESS = 2000;
    /// In bytes; HMAC-SHA256 has no use for more than 64.
    int LONGEST_KEY = 1024;

    /// The anchor that a setting means.
    ///
    /// @param text the path of a file, an address of syslog as of [SyslogAddress], or a webhook's
    /// @param key  for signing what goes to a webhook; empty: none
    /// @throws RollcallException INPUT: it is none of them, a key is given for another place than a webhook, or is far too
    ///                           long
    static AuditAnchor at(String text, byte[] key, AnchorReach reach) {
        AuditAnchor anchor = at(text, reach, key);
        if (key.length > 0 && !(anchor instanceof WebhookAnchor)) {
            throw RollcallException.input("audit.anchor-key", Words.of("audit.anchor-key"),
                    Words.of("audit.anchor-key.remedy"));
        }
        if (key.length > LONGEST_KEY) {
            throw RollcallException.input("audit.anchor-key-long", Words.of("audit.anchor-key-long", LONGEST_KEY),
                    Words.of("audit.anchor-key-long.remedy"));
        }
        return anchor;
    }

    private static AuditAnchor at(String text, AnchorReach reach, byte[] key) {
        if (!ADDRESS.matcher(text).matches()) {
            return FileAnchor.at(text);
        }
        if (text.length() > LONGEST_ADDRESS || text.chars().anyMatch(Character::isISOControl)) {
            throw SyslogAddress.malformed();
        }
        String scheme = text.strip().toLowerCase(Locale.ROOT);
        if (scheme.startsWith("http:") || scheme.startsWith("https:")) {
            return new WebhookAnchor(WebhookAddress.of(text), key, reach.patience());
        }
        return new SyslogAnchor(SyslogAddress.of(text), reach);
    }

    /// The setting's text that means this anchor.
    String place();

    /// @throws RollcallException INPUT: it may not be used with this data folder
    default void requireUsable(Path dataFolder) {}

    /// @throws RollcallException STORAGE, OFFLINE, REFUSED: the place did not take it
    void write(AuditStore.Head end, Instant at);
}
