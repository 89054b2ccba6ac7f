import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Gives jpackage's launchers the class path that the archives of classes were made with: `java Launchers.java APP`. jpackage lists
/// all jars in the order in which it finds them; `rollcall.jar` names them itself.
public final class Launchers {
    private static final String LISTED = "app.classpath=";

    private Launchers() {}

    public static void main(String[] args) throws IOException {
        try (var all = Files.newDirectoryStream(Path.of(args[0]), "*.cfg")) {
            for (Path launcher : all) {
                List<String> lines = new ArrayList<>();
                for (String line : Files.readAllLines(launcher)) {
                    if (!line.startsWith(LISTED)) {
                        lines.add(line);
                    } else if (line.endsWith("rollcall.jar")) {
                        lines.add(LISTED + "$APPDIR/rollcall.jar");
                    }
                }
                Files.write(launcher, lines);
            }
        }
    }
}
