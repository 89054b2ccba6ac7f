package org.rollcall.source.ldap;

import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.Filter;
import org.jspecify.annotations.Nullable;

import org.rollcall.source.LdapDirectory.Account;
import org.rollcall.source.LdapDirectory.Settings;

/// The names by which a person is searched or bound.
///
/// Active Directory accepts three forms in a bind, and guesses which one it is given (MS-ADTS 5.1.1.1.1): a distinguished name,
/// `DOMAIN
/// ame` and a user principal name. An entered name must not be able to pass for another form, so characters that no account
/// name may contain are refused before anything is sent.
final class BindName {
    private static final int LONGEST = 256;
    /// Characters that a `sAMAccountName` may not contain (MS-SAMR 3.1.1.6), and those of a distinguished name.
    private static final Pattern FORBIDDEN = Pattern.compile("[\"/\\\\\\[\\]:;|=,+*?<>]");

    private BindName() {}

    /// Whether the account has a valid name.
    static boolean isPossible(Account account) {
        String sam = account.samAccountName();
        String principal = account.userPrincipalName();
        return (isGiven(sam) || isGiven(principal)) && isPlain(sam) && isPlain(principal);
    }

    private static boolean isGiven(@Nullable String name) {
        return name != null && !name.isBlank();
    }

    private static boolean isPlain(@Nullable String name) {
        return name == null || name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
    }

    /// The filter that finds the person. The account name is preferred if known: the two directories may have different user
    /// principal names for the person. Values are sent as values, not within a text, so they cannot alter the filter.
    static Filter filter(Account account) {
        String sam = account.samAccountName();
        return isGiven(sam)
                ? Filter.createEqualityFilter("sAMAccountName", String.valueOf(sam).strip())
                : Filter.createEqualityFilter("userPrincipalName", String.valueOf(account.userPrincipalName()).strip());
    }

    /// The name to bind where nothing is searched: `DOMAIN
    /// ame` if the domain is set, else `name@suffix` if a suffix is set, else the user principal name.
    ///
    /// @return null: there is no valid name
    static @Nullable String direct(Settings settings, Account account) {
        String sam = account.samAccountName();
        String principal = account.userPrincipalName();
        String domain = settings.domain();
        String suffix = settings.upnSuffix();
        if (isGiven(sam) && (isGiven(domain) || isGiven(suffix))) {
            String name = String.valueOf(sam).strip();
            if (name.indexOf('@') >= 0 || FORBIDDEN.matcher(name).find()) {
                return null;
            }
            return isGiven(domain)
                    ? String.valueOf(domain).strip() + "\\" + name
                    : name + "@" + withoutAt(String.valueOf(suffix).strip());
        }
        if (!isGiven(principal)) {
            return null;
        }
        String name = String.valueOf(principal).strip();
        int at = name.indexOf('@');
        return at <= 0 || at != name.lastIndexOf('@') || at == name.length() - 1 || FORBIDDEN.matcher(name).find()
                ? null
                : name;
    }

    private static String withoutAt(String suffix) {
        return suffix.startsWith("@") ? suffix.substring(1) : suffix;
    }
}
