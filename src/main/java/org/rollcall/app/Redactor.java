package org.rollcall.app;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Takes out of what is logged whatever could name a person or open something: libraries put values into the messages of their
/// faults that we do not write there. The one place that decides what that is.
final class Redactor {
    /// @param hints one of which stands in every line that the pattern fits: most lines have none, and looking for them costs little
    private record Rule(List<String> hints, Pattern pattern, String instead) {}

    private static final List<Rule> RULES = List.of(
            // JSON Web Tokens and what follows "Bearer" or stands behind the name of a secret.
            rule("eyJ", "eyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){1,2}", "<token>"),
            rule("earer |asic |EARER |ASIC ", "(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}", "$1 <secret>"),
            rule("=|:",
                    "(?i)\\b((?:client_|refresh_|access_|id_)?(?:secret|token|password|passphrase|assertion|code_verifier))(\"?\\s*[=:]\\s*)(?!<)\"?[^\\s\"&,;]+",
                    "$1$2<secret>"),
            // What a link asks for; its host and path say where it leads.
            rule("://", "(https?://[^\\s?#\"'<>]{1,2000})[?#][^\\s\"'<>]*", "$1?<query>"),
            // Addresses of mail and user names of Entra, also as they stand in links.
            rule("@|%40", "[^\\s<>\"'(),;:=/?&]{1,256}(?:@|%40)[^\\s<>\"'(),;:=/?&]{1,256}", "<address>"),
            rule("=",
                    "(?i)\\b(?:cn|ou|dc|uid|samaccountname|userprincipalname)=[^,;()\"]{1,256}(?:,\\s?(?:cn|ou|dc|uid|o)=[^,;()\"]{1,256})*",
                    "<name>"),
            rule("", "\\b[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\\b", "<id>"),
            // Keys, hashes, certificates.
            rule("", "\\b[A-Za-z0-9+_-]{40,}={0,2}", "<secret>"),
            rule("", "(?<![/\\w])[A-Za-z0-9+][A-Za-z0-9+/]{59,}={0,2}", "<secret>"),
            // Databases quote the values that they do not take.
            rule("(", "(?i)\\bvalues\\s*\\([^?\\n]*", "values (<values>)"),
            rule("'", "'[^'\\n]{1,4000}'(?![a-z])", "'<text>'"),
            rule("\"", "\"[^\"\\n]{1,4000}\"", "\"<text>\""),
            rule("“", "“[^”\\n]{1,4000}”", "“<text>”"),
            rule("/home/|/Users/|\\Users\\", "(/home/|/Users/|[A-Za-z]:\\\\Users\\\\)[^/\\\\\\s]+", "$1<user>"));

    private Redactor() {}

    private static Rule rule(String hints, String pattern, String instead) {
        return new Rule(hints.isEmpty() ? List.of("") : List.of(hints.split("\\|")), Pattern.compile(pattern), instead);
    }

    /// The same text, line by line, without any of it.
    static String redact(String text) {
        if (text.indexOf('\n') < 0) {
            return line(text);
        }
        return text.lines().map(Redactor::line).collect(Collectors.joining("\n", "", text.endsWith("\n") ? "\n" : ""));
    }

    private static String line(String line) {
        String left = line;
        for (Rule each : RULES) {
            if (each.hints().stream().anyMatch(left::contains)) {
                left = each.pattern().matcher(left).replaceAll(each.instead());
            }
        }
        return left;
    }
}
